"""The ordered stages: the map of the house.

    paths ──read──> Documents ──clean──> Articles ──parse──> Sentences ──code──> Reports
          ──keep──> desk ──stories, link──> Stories, Events, Claims, Discrepancies

`STAGES` names them; `Reader` runs the first four on one Document, which is what a worker does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.coding.attribution import attribution_spans
from foreigndesk.coding.pair import Pair, relation
from foreigndesk.coding.reading import INFERRED, Coder, Reading, journalism, mentions_of
from foreigndesk.coding.reports import reports
from foreigndesk.errors import UnreadableError
from foreigndesk.grammar.bound import bounded, endless
from foreigndesk.grammar.parse import bare_segments, parse_article, parse_text
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
        try:
            article = self.cleaner.clean(document)
        except UnreadableError as error:
            reason = f"{error.found}; expected {error.expected}. {error.do}"
            return Skipped(document.path or document.id, "clean", reason)
        if article.language not in CODED_LANGUAGES:
            return ArticleRecord(document, article, ())
        if endless(document.text, article.segments, self.settings.max_line) is not None:
            return Skipped(document.path or document.id, "parse", self._endless())
        reading = self.reading(document.text, article)
        if article.published.edtf is None and reading.published is not None:
            article = replace(article, published=Published(reading.published, INFERRED))
        return ArticleRecord(document, article, reports(self.coder, reading))

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
