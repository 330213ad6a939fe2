"""Document to Article: which parts of a page are journalism, and what the page says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from foreigndesk.codebook.boilerplate import load_marks
from foreigndesk.codebook.load import Codebook
from foreigndesk.errors import UnreadableError
from foreigndesk.intake import head
from foreigndesk.intake.flat import judge
from foreigndesk.intake.language import ENGLISH, language, other_language
from foreigndesk.intake.layout import hints
from foreigndesk.intake.markup import judge_page
from foreigndesk.intake.page import Page, read_page
from foreigndesk.intake.published import Head, published
from foreigndesk.intake.summary import mark_summary
from foreigndesk.intake.template import Template
from foreigndesk.intake.title import find_title
from foreigndesk.intake.units import units
from foreigndesk.intake.weights import Judged
from foreigndesk.model import Article, Document, Segment
from foreigndesk.model import SegmentKind as Kind
from foreigndesk.settings import Settings

SITE_NAME = 3
"""Words of the longest title that may be the name of a site."""
SENTENCE = re.compile(r"\w{2,}[\"”’')\]]*[.!?][\"”’')\]]*\Z")


class Cleaner:
    """Turns Documents into Articles, by the boilerplate marks of a codebook.

    `template` holds the furniture that a first pass over the pile has shown (`template.learn`).
    """

    def __init__(
        self, codebook: Codebook, settings: Settings, template: Template | None = None
    ) -> None:
        self._marks = load_marks(codebook)
        self._hint = hints(self._marks)
        self._settings = settings
        self._template = template or Template()

    def clean(self, document: Document) -> Article:
        """The article in a document. Raises UnreadableError where nothing of it is journalism."""
        page = read_page(document.markup, self._hint) if document.markup else Page()
        found, span = judge(units(document.text), self._marks, self._template.of(document))
        if page.body:
            span = judge_page(found, page) or span
        article = _found(document, page, found, span)
        if article is None and document.markup is None and document.title:
            article = _found(document, page, found, _as_given(found))
        if article is None:
            raise _no_article(document)
        return article


def _found(
    document: Document, page: Page, found: list[Judged], span: tuple[int, int] | None
) -> Article | None:
    """The article at `span`, None if there is none that tells anything."""
    if span is None:
        return None
    named = document.title or page.title
    title = _mark_title(found, span, named)
    if title is None and document.title is None and _weak(page.title):
        page = replace(page, title=None)
        title = _mark_title(found, span, None)
    head.mark_standfirst(found, title, span)
    mark_summary(found, title, span, page.layout)
    article = _article(document, page, Head(found, title, span))
    return article if _tells(article.text) else None


def _weak(title: str | None) -> bool:
    """Whether a title in the markup that no line of the page repeats may be the site's name."""
    return title is not None and len(title.split()) <= SITE_NAME


def _as_given(found: list[Judged]) -> tuple[int, int] | None:
    """A record's text in which no article is told apart: its sentences, as they were given."""
    places = [n for n, item in enumerate(found) if SENTENCE.search(item.unit.text)]
    for n in places:
        found[n].kept, found[n].kind, found[n].mark = True, Kind.PARAGRAPH, None
    return (places[0], places[-1] + 1) if places else None


def _article(document: Document, page: Page, top: Head) -> Article:
    found, title = top.found, top.title
    headline = found[title].unit if title is not None else None
    printed = published(document, top, page.published, page.url)
    author = document.byline or page.byline or head.byline(found, top.body)
    joined = head.join_quotes(found, document.text)
    text = _text(joined, headline.start if headline else -1)
    spoken = language(text)
    if spoken == ENGLISH:
        _set_apart(joined)
    url = document.url or page.url
    return Article(
        document_id=document.id,
        path=document.path,
        title=document.title or page.title or (_one_line(headline.text) if headline else None),
        byline=author,
        outlet=document.outlet or page.outlet or _host(url) or head.outlet(found, top.body),
        language=spoken,
        published=printed,
        republished_from=head.republished_from(found),
        text=text,
        segments=segments(joined, len(document.text)),
        url=url,
    )


def _set_apart(found: list[Judged]) -> None:
    """Paragraphs of an English article in another language: kept, and of kind other, not coded."""
    for item in found:
        if item.kept and item.kind in (Kind.PARAGRAPH, Kind.QUOTE) and item.unit.words >= 6:
            item.language = other_language(item.unit.text)
            item.kind = Kind.OTHER if item.language else item.kind


def _tells(text: str) -> bool:
    """Whether a text holds prose: some block of it ends like a sentence, or is long.

    An index page is all headlines and teasers cut short.
    """
    blocks = [block.rstrip() for block in text.split("\n\n")]
    alone = len(blocks) == 1 and bool(blocks[0])
    return alone or any(SENTENCE.search(block) or len(block) > 200 for block in blocks)


def _host(url: str | None) -> str | None:
    """The host of an address without `www.`, to stand for an outlet that is not named."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _mark_title(found: list[Judged], span: tuple[int, int], given: str | None) -> int | None:
    title = find_title(found, span, given)
    if title is not None:
        found[title].kept, found[title].kind = True, Kind.TITLE
    return title


def _text(found: list[Judged], headline: int) -> str:
    """The kept segments but the headline, joined by blank lines."""
    return "\n\n".join(i.unit.text for i in found if i.kept and i.unit.start != headline)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def segments(found: list[Judged], length: int) -> tuple[Segment, ...]:
    """Segments that tile a text of `length` characters.

    Kept ones are the units to the letter; the space around units goes to the dropped segment
    before it, or is one of kind other.
    """
    tiles: list[Segment] = []
    end = 0
    for item in found:
        _fill(tiles, end, item.unit.start)
        found_in = item.unit.start, item.unit.end
        tiles.append(Segment(*found_in, item.kept, item.kind, item.language))
        end = item.unit.end
    _fill(tiles, end, length)
    return tuple(tiles)


def _fill(tiles: list[Segment], start: int, end: int) -> None:
    if start == end:
        return
    if tiles and not tiles[-1].kept:
        last = tiles.pop()
        tiles.append(Segment(last.start, end, False, last.kind))
    else:
        tiles.append(Segment(start, end, False, Kind.OTHER))


def _no_article(document: Document) -> UnreadableError:
    return UnreadableError(
        document.path or document.id,
        "no article in the page",
        "a page with at least one paragraph of text",
        "Leave it out, or give the text itself as a .txt file.",
    )
