"""The ordered stages: the map of the house.

    paths ──read──> Documents ──clean──> Articles ──parse──> Sentences ──code──> Reports
          ──keep──> desk ──stories, link──> Stories, Events, Claims, Discrepancies

`STAGES` names them; `Reader` runs the first four on one Document, which is what a worker does.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from foreigndesk.codebook.boilerplate import Marks, load_marks
from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.coding.attribution import attribution_spans
from foreigndesk.coding.pair import Pair, relation
from foreigndesk.coding.reading import INFERRED, Coder, Reading, journalism, mentions_of
from foreigndesk.coding.reports import reports
from foreigndesk.errors import UnreadableError
from foreigndesk.grammar.bound import bounded, endless
from foreigndesk.grammar.parse import (
    article_paragraphs,
    bare_segments,
    parse_article,
    parse_text,
    text_paragraphs,
)
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.template import Template
from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Article, Document, DocumentRef, Published, Skipped, TextAnalysis
from foreigndesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of the map: a stage's name, what it takes and gives, and the room it stands in."""

    name: str
    takes: str
    gives: str
    room: str


STAGES: tuple[Stage, ...] = (
    Stage("read", "paths", "Documents", "intake"),
    Stage("clean", "Documents", "Articles", "intake"),
    Stage("parse", "Articles", "Sentences", "grammar"),
    Stage("code", "Sentences", "Reports", "coding"),
    Stage("keep", "Articles and Reports", "a desk", "ledger"),
    Stage("stories", "Articles", "Stories", "intake"),
    Stage("link", "Reports", "Events, Claims, Discrepancies", "ledger"),
)
CODED_LANGUAGES = ("en", None)


@dataclass(frozen=True, slots=True)
class Cleaned(Document):
    """A Document whose Article was found before, to be coded anew as it is."""

    article: Article | None = None


class Reader:
    """Cleans, parses and codes Documents and texts; holds the loaded models of one process."""

    def __init__(self, settings: Settings, template: Template | None = None) -> None:
        self.settings = settings
        self._template = template

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook, the user's own laid over the package's."""
        return open_codebook(self.settings.codebook)

    @cached_property
    def stamp(self) -> str:
        """By what it codes: program, codebook, parser, with or without the learned model."""
        learned = "learned" if self.settings.learned else "rules"
        return f"{program()} {self.codebook.version} {self.settings.parser} {learned}"

    @cached_property
    def cleaner(self) -> Cleaner:
        """The cleaner, built at its first use."""
        return Cleaner(self.codebook, self.settings, self._template)

    @cached_property
    def parser(self) -> SpacyParser:
        """The parser, loaded at its first use."""
        return SpacyParser(self.settings.parser)

    @cached_property
    def coder(self) -> Coder:
        """The coder, built at its first use."""
        return Coder(self.codebook, learned=bool(self.settings.learned))

    def record(self, document: Document) -> ArticleRecord | Skipped:
        """A Document with its Article and Reports, or why there are none.

        An article in another language is kept, not coded.
        """
        article = self.cleaned(document)
        return article if isinstance(article, Skipped) else self.record_of(document, article)

    def cleaned(self, document: Document) -> Article | Skipped:
        """The Article of a Document, or why there is none."""
        if isinstance(document, Cleaned) and document.article is not None:
            return document.article
        try:
            return self.cleaner.clean(document)
        except UnreadableError as error:
            reason = f"{error.found}; expected {error.expected}. {error.do}"
            return Skipped(document.path or document.id, "clean", reason)

    def record_of(self, document: Document, article: Article) -> ArticleRecord | Skipped:
        """The record of the Article that was found in a Document."""
        if isinstance(document, Cleaned):
            return self._again(document, article)
        return self.coded(document, article)

    def _again(self, document: Document, article: Article) -> ArticleRecord | Skipped:
        """The record of an Article that was found before.

        Its date is inferred anew, if it was inferred. Lines that the user's own marks of
        boilerplate mark are not coded; the Article keeps them.
        """
        if article.published.basis == INFERRED:
            article = replace(article, published=Published(None, None))
        bare = without_marked(article, document.text, self._own_marks)
        found = self.coded(document, bare)
        if isinstance(found, Skipped):
            return found
        return replace(found, article=replace(article, published=found.article.published))

    @cached_property
    def _own_marks(self) -> Marks:
        own = Codebook(self.codebook.directories[1:])
        return load_marks(own)

    def coded(self, document: Document, article: Article) -> ArticleRecord | Skipped:
        """The record of an Article found in `document`, coded; one in another language is not."""
        if article.language not in CODED_LANGUAGES:
            return ArticleRecord(document, article, (), self.stamp)
        if endless(document.text, article.segments, self.settings.max_line) is not None:
            return Skipped(document.path or document.id, "parse", self._endless())
        reading = self.reading(document.text, article)
        if article.published.edtf is None and reading.published is not None:
            article = replace(article, published=Published(reading.published, INFERRED))
        return ArticleRecord(document, article, reports(self.coder, reading), self.stamp)

    def ahead(self, found: Iterable[tuple[str, Article]]) -> None:
        """Parse several Articles in one go, which is quicker than one by one (see `ahead` of the
        parser); each comes with its Document's text. Those of other languages are left out.

        It never fails: what goes wrong is tried, and told, when the Article is coded."""
        limit = self.settings.max_line
        with suppress(Exception):
            self.parser.ahead(
                paragraph
                for text, article in found
                if article.language in CODED_LANGUAGES
                and endless(text, article.segments, limit) is None
                for paragraph in article_paragraphs(article, text, limit)
            )

    def ahead_of_texts(self, texts: Iterable[str]) -> None:
        """Parse several bare texts in one go; it never fails, as `ahead`."""
        limit = self.settings.max_line
        with suppress(Exception):
            self.parser.ahead(p for text in texts for p in text_paragraphs(text, limit))

    def _endless(self) -> str:
        return (
            f"over {self.settings.max_line:,} characters without the end of a sentence; expected "
            "prose. Leave it out, or raise the setting max_line (FOREIGNDESK_MAX_LINE)."
        )

    def reading(self, text: str, article: Article) -> Reading:
        """Everything that is read in an Article of the Document's `text`."""
        sentences = bounded(parse_article(article, text, self.parser, self.settings.max_line))
        return self.coder.read(text, sentences, reference(article), journalism(article.segments))

    def reading_of_text(self, text: str, published: str | None, name: str | None) -> Reading:
        """Everything that is read in a bare text."""
        sentences = bounded(parse_text(text, self.parser, self.settings.max_line))
        document = DocumentRef(name, None, None, None, published, "given" if published else None)
        return self.coder.read(text, sentences, document, journalism(bare_segments(text)))

    def analyse(
        self,
        text: str,
        published: str | None = None,
        name: str | None = None,
        pair: Pair | None = None,
    ) -> TextAnalysis:
        """The text analysis of one bare text (a line of `code`)."""
        reading = self.reading_of_text(text, published, name)
        found = reports(self.coder, reading)
        return TextAnalysis(
            id=name,
            reports=found,
            mentions=mentions_of(reading),
            predicates=self.coder.predicates(reading),
            attributions=attribution_spans(reading.acts, list(reading.trees), text),
            times=reading.times,
            places=reading.places,
            pair=relation(self.coder, reading, pair) if pair and reading.sentences else None,
        )


@cache
def settle() -> None:
    """Tell Python's collector that what is loaded by now stays, for a process that only reads.

    It need not look at the models and the codebook again: some 8 % less time.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # modules that look for leaks at the end would find them all


@cache
def program() -> str:
    """This version of the program, with a hash of the rules by which it parses and codes."""
    digest = hashlib.sha256()
    for room in ("grammar", "coding", "codebook"):
        for file in sorted((Path(__file__).parent / room).glob("*.py")):
            digest.update(file.read_bytes())
    return f"{version('foreigndesk')} {digest.hexdigest()[:12]}"


def without_marked(article: Article, text: str, marks: Marks) -> Article:
    """The Article with those kept segments dropped that marks of boilerplate mark."""
    found = [marks.find(text[s.start : s.end]) if s.kept else None for s in article.segments]
    if not any(found):
        return article
    judged = zip(article.segments, found, strict=True)
    segments = tuple(replace(s, kept=False, kind=m.kind) if m else s for s, m in judged)
    return replace(article, segments=segments)


def reference(article: Article) -> DocumentRef:
    """How Reports point to the Document of an Article."""
    return DocumentRef(
        article.document_id,
        article.path,
        article.title,
        article.outlet,
        article.published.edtf,
        article.published.basis,
    )
