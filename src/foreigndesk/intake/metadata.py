"""What the markup of a page says of its article: JSON-LD, meta tags, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from lxml import html as lxml_html

from foreigndesk.intake.render import parse

WORD = re.compile(r"\w+")
PARTS = re.compile(r" [|–—»:-] ")
"""What parts a headline from the name of its site in a page's title."""
ARTICLE = ("Article", "BlogPosting")
DATED = ("WebPage", "ClaimReview", "Report", "Review", "LiveBlogUpdate", "VideoObject")
"""Kinds of JSON-LD objects whose date is the page's where none is an article."""
META_TITLE = ("og:title", "twitter:title", "dc.title", "title", "headline")
META_DATE = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date.issued",
    "dc.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
    "article.published", "dcterms.created", "article:published", "cxenseparse:recs:publishtime",
)  # fmt: skip
META_OUTLET = ("og:site_name", "application-name", "dc.publisher")
META_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; all as written there. `published` may be in any form."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def metadata(tree: lxml_html.HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    meta = _meta(tree)
    linked = _linked(tree, ARTICLE)
    day = linked or _linked(tree, DATED, "datePublished")
    return Metadata(
        title=_title(tree, meta, linked),
        byline=_plain(_author(linked.get("author")) or _first(meta, META_AUTHOR)),
        outlet=_plain(_first(meta, META_OUTLET) or _author(linked.get("publisher"))),
        published=_text(day.get("datePublished")) or _first(meta, META_DATE) or _time(tree),
        url=_canonical(tree, meta),
    )


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


def _linked(
    tree: lxml_html.HtmlElement, wanted: tuple[str, ...], field: str = "@type"
) -> dict[str, Any]:
    """The first JSON-LD object with a field, of a kind with one of these endings; {} for none."""
    for element in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = msgspec.json.decode((element.text or "").strip())
        except (msgspec.DecodeError, RecursionError):
            continue
        for item in _objects(data):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(wanted) for k in kinds) and field in item:
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
    known = [h for h in known if not _names_site(h, [*claimed, page_title or ""])]
    for heading in known:
        same = any(_bare(heading) and _bare(heading) in _bare(c) for c in claimed)
        if same or (page_title and len(heading) > 15 and _bare(heading) in _bare(page_title)):
            return heading
    if claimed:
        return _unsuffixed(_plain(claimed[0]) or "", meta)
    return known[0] if len(known) == 1 else _unsuffixed(page_title or "", meta) or None


def _names_site(heading: str, titles: list[str]) -> bool:
    """Whether a heading is the site's name, which the page's titles give behind the headline."""
    for title in titles:
        parts = PARTS.split(title)
        if len(parts) > 1 and _bare(parts[-1]) == _bare(heading) != _bare(parts[0]):
            return True
    return False


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
