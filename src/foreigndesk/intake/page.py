"""Read an HTML page: its metadata, and which of its blocks are the article's body.

The body is told by trafilatura (Barbaresi 2021, ACL demos); its lines are mapped back to the units
of our rendering, so that offsets hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

import trafilatura
from lxml import html as lxml_html

from foreigndesk.intake.layout import Layout, layout
from foreigndesk.intake.metadata import metadata
from foreigndesk.intake.render import Hint, parse

CROWD = 2000
"""Elements in one paragraph beyond which only the flat judgement is asked."""
NESTED = 12
"""Tables in tables beyond which only the flat judgement is asked: no page is laid out so."""
DEEP = 200
"""Elements around a link beyond which the same holds."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page's markup says of its article. `published` is as written there.

    `body` holds the extraction's lines, in order; empty where nothing was told apart.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    body: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)


def read_page(markup: str, hint: Hint) -> Page:
    """Metadata, body lines and layout of a page; an empty Page where it cannot be parsed."""
    tree = parse(markup)
    if tree is None:
        return Page()
    known = metadata(tree)
    return Page(
        *(known.title, known.byline, known.outlet, known.published, known.url),
        layout=layout(tree, hint),  # before the extraction, which changes the tree
        body=_body(tree),
    )


def _body(tree: lxml_html.HtmlElement) -> tuple[str, ...]:
    if any(_crowded(paragraph) for paragraph in tree.iter("p")) or _nested(tree):
        return ()
    try:
        text = trafilatura.extract(tree, include_comments=False, include_tables=True, fast=True)
    except Exception:  # a foreign library on hostile markup: any error means "nothing told apart"
        return ()
    return tuple(line for line in (text or "").split("\n") if line.strip())


def _crowded(paragraph: lxml_html.HtmlElement) -> bool:
    """Whether a paragraph holds so many elements that the extraction would take seconds.

    Its time grows with their square; no paragraph of a real page holds so many.
    """
    return next(islice(paragraph.iter(), CROWD, None), None) is not None


def _nested(tree: lxml_html.HtmlElement) -> bool:
    """Whether tables or links stand so deep that the extraction would take minutes."""
    deepest = (
        islice(table.iterancestors("table"), NESTED - 1, None) for table in tree.iter("table")
    )
    if any(next(above, None) is not None for above in deepest):
        return True
    links = (islice(link.iterancestors(), DEEP, None) for link in tree.iter("a"))
    return any(next(above, None) is not None for above in links)
