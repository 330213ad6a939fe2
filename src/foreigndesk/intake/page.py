"""Read an HTML page: its metadata, and which of its blocks are the article's body.

The body is told by trafilatura (Barbaresi 2021, ACL demos); its lines are mapped back to the units
of our rendering, so that offsets hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec
import trafilatura
from lxml import html as lxml_html

from foreigndesk.intake.layout import Layout, layout
from foreigndesk.intake.render import Hint, parse
from foreigndesk.intake.units import Unit

COVERED = 0.7
"""Share of a unit's word triples that must be in the extraction for the unit to be body."""
CROWD = 2000
"""Elements in one paragraph beyond which only the flat judgement is asked."""
NESTED = 12
"""Tables in tables beyond which only the flat judgement is asked: no page is laid out so."""
DEEP = 200
"""Elements around a link beyond which the same holds."""
WORD = re.compile(r"\w+")
META_TITLE = ("og:title", "twitter:title", "dc.title", "title", "headline")
META_DATE = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date.issued",
    "dc.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
    "article.published", "dcterms.created", "article:published", "cxenseparse:recs:publishtime",
)  # fmt: skip
META_OUTLET = ("og:site_name", "application-name", "dc.publisher")
META_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")


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
    meta = _meta(tree)
    linked = _linked(tree)
    title = _title(tree, meta, linked)
    return Page(
        title=title,
        byline=_plain(_author(linked.get("author")) or _first(meta, META_AUTHOR)),
        outlet=_plain(_first(meta, META_OUTLET) or _author(linked.get("publisher"))),
        published=_text(linked.get("datePublished")) or _first(meta, META_DATE) or _time(tree),
        url=_canonical(tree, meta),
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


def _meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Names (or properties, or itemprops) of meta tags, lower case, to their first content."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _linked(tree: lxml_html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the article, {} if there is none."""
    for element in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = msgspec.json.decode((element.text or "").strip())
        except (msgspec.DecodeError, RecursionError):
            continue
        for item in _objects(data):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(("Article", "BlogPosting")) for k in kinds):
                return item
    return {}


def _objects(data: Any) -> list[dict[str, Any]]:  # JSON of any shape
    if isinstance(data, list):
        return [item for part in data[:50] for item in _objects(part)]
    if not isinstance(data, dict):
        return []
    return [data, *_objects(data.get("@graph", []))]


def _title(tree: lxml_html.HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    """The h1 that the metadata repeat, else the JSON-LD headline, the metadata or the h1."""
    claimed = [t for t in (_text(linked.get("headline")), *_metas(meta)) if t]
    headings = [_plain(h.text_content()) for h in tree.xpath("//h1")[:20]]
    known = [h for h in headings if h and len(h) < 400]
    page_title = _plain(tree.findtext(".//title"))
    for heading in known:
        same = any(_bare(heading) and _bare(heading) in _bare(c) for c in claimed)
        if same or (page_title and len(heading) > 15 and _bare(heading) in _bare(page_title)):
            return heading
    if claimed:
        return _unsuffixed(_plain(claimed[0]) or "", meta)
    return known[0] if len(known) == 1 else _unsuffixed(page_title or "", meta) or None


def _metas(meta: dict[str, str]) -> list[str]:
    return [meta[name] for name in META_TITLE if name in meta]


def _unsuffixed(title: str, meta: dict[str, str]) -> str:
    """The title without the outlet's name behind a bar or dash."""
    head, _, tail = title.rpartition(" | ")
    if not head:
        head, _, tail = title.rpartition(" - ")
    outlet = _first(meta, META_OUTLET)
    short = head and len(tail.split()) <= 4 and len(head.split()) >= 4
    return head.strip() if short or (head and outlet and tail == outlet) else title


def _author(value: Any) -> str | None:  # JSON of any shape
    if isinstance(value, list):
        names = [name for part in value[:6] if (name := _author(part))]
        return ", ".join(names) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str | None:  # JSON of any shape
    return value.strip() or None if isinstance(value, str) else None


def _plain(text: str | None) -> str | None:
    """Text without markup, entities or runs of space; None for none and for addresses."""
    if not text or text.startswith(("http://", "https://")):
        return None
    if "&" in text or "<" in text:
        parsed = parse(f"<p>{text}</p>")
        text = parsed.text_content() if parsed is not None else text
    return " ".join(text.split()) or None


def _time(tree: lxml_html.HtmlElement) -> str | None:
    for element in tree.xpath("//*[@itemprop='datePublished']|//time[@pubdate]|//time[@datetime]"):
        value = element.get("datetime") or element.get("content") or element.text_content()
        if value and value.strip():
            return str(value).strip()
    return None


def _canonical(tree: lxml_html.HtmlElement, meta: dict[str, str]) -> str | None:
    for element in tree.xpath("//link[@rel='canonical']")[:1]:
        address = (element.get("href") or "").strip()
        if address.startswith(("http://", "https://")):
            return str(address)
    return meta.get("og:url")


def _bare(text: str | None) -> str:
    return " ".join(WORD.findall((text or "").casefold()))


def body_units(units: list[Unit], body: tuple[str, ...]) -> set[int]:
    """The numbers of the units that the extraction's lines hold.

    A unit whose words are a line of the extraction is body once for each such line, the one that
    follows the last match first; a longer one if most of its word triples are in the extraction.
    """
    wanted: dict[str, int] = defaultdict(int)
    triples: set[tuple[str, ...]] = set()
    for line in body:
        words = WORD.findall(line.casefold())
        wanted[" ".join(words)] += 1
        triples.update(zip(words, words[1:], words[2:], strict=False))
    keys = [WORD.findall(unit.text.casefold()) for unit in units]
    long = {n for n, words in enumerate(keys) if len(words) >= 10 and _covered(words, triples)}
    chosen = _once(sorted(long), keys)
    if not chosen:
        return {n for n, words in enumerate(keys) if wanted.get(" ".join(words))}
    first, last = min(chosen), max(chosen)
    for number, words in enumerate(keys):
        key = " ".join(words)
        if number in long or not words or not first - 3 <= number <= last + 3:
            continue
        short_part = 3 <= len(words) < 10 and _covered(words, triples)
        if wanted.get(key, 0) > 0 or short_part:
            wanted[key] -= 1
            chosen.add(number)
    return chosen


def triples(text: str) -> list[tuple[str, ...]]:
    """The word triples of a text, in order."""
    words = WORD.findall(text.casefold())
    return list(zip(words, words[1:], words[2:], strict=False))


def _covered(words: list[str], triples: set[tuple[str, ...]]) -> bool:
    own = list(zip(words, words[1:], words[2:], strict=False))
    return bool(own) and sum(t in triples for t in own) >= COVERED * len(own)


def _once(numbers: list[int], keys: list[list[str]]) -> set[int]:
    """Of units with the same words, the one nearest to the middle of all."""
    if not numbers:
        return set()
    middle = numbers[len(numbers) // 2]
    best: dict[str, int] = {}
    for number in numbers:
        key = " ".join(keys[number])
        if key not in best or abs(number - middle) < abs(best[key] - middle):
            best[key] = number
    return set(best.values())
