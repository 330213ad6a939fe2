"""Feeds (RSS, Atom) and lists of feeds (OPML, or an address a line). Nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from foreigndesk.errors import UnreadableError

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "date", "updated")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: the page it names (absolute, None if none) and what it says of it.

    `published` is as written; `body` the longest text the entry holds, markup or plain.
    """

    url: str | None
    title: str | None
    byline: str | None
    published: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and its entries, in its order."""

    title: str | None
    entries: tuple[Entry, ...]


def parse_feed(raw: bytes, name: str, base: str = "") -> Feed:
    """The feed in `raw`; `base` is its address, against which links are resolved.

    Entities are not expanded and nothing is fetched. Raises UnreadableError for what is no XML.
    """
    tree = _xml(raw, name, "an RSS or Atom feed")
    title = next((e.text for e in tree.iter("{*}title") if e.text), None)
    entries = tuple(_entry(e, base) for e in tree.iter("{*}item", "{*}entry"))
    return Feed((title or "").strip() or None, entries)


def parse_list(raw: bytes, name: str) -> tuple[str, ...]:
    """The addresses of the feeds that an OPML file, or a text of one address a line, names.

    Each once, in order. Raises UnreadableError where there is none.
    """
    if raw.lstrip().startswith(b"<"):
        tree = _xml(raw, name, "an OPML file")
        found = [e.get("xmlUrl") or e.get("xmlurl") for e in tree.iter("{*}outline", "outline")]
    else:
        lines = raw.decode("utf-8-sig", "replace").splitlines()
        found = [line.strip() for line in lines if not line.lstrip().startswith("#")]
    addresses = dict.fromkeys(a for a in found if a and is_web(a))
    if not addresses:
        raise UnreadableError(
            name, "no address of a feed", "OPML with xmlUrl, or an address a line", "Name feeds."
        )
    return tuple(addresses)


def is_web(address: str) -> bool:
    """Whether an address is of http or https and names a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _xml(raw: bytes, name: str, expected: str) -> Any:  # lxml's element
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False
    )
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        raise UnreadableError(name, "broken XML", expected, "Mend it.")
    return tree


def _entry(element: Any, base: str) -> Entry:  # lxml's element
    found: dict[str, str] = {}
    for name, value in _fields(element):
        if value and (name not in found or len(value) > len(found[name])):
            found[name] = value
    link = _link(element) or found.get("link") or found.get("guid") or found.get("id")
    address = urljoin(base, link.strip()) if link else None
    return Entry(
        url=address if address and is_web(address) else None,
        title=found.get("title"),
        byline=found.get("creator") or found.get("author"),
        published=next((found[name] for name in _DATES if name in found), None),
        body=max((found.get(name, "") for name in _BODIES), key=len),
    )


def _fields(element: Any) -> Iterator[tuple[str, str]]:  # lxml's element
    for child in element:
        if isinstance(child.tag, str):
            text = re.sub(r"[ \t]+", " ", "".join(child.itertext())).strip()
            yield etree.QName(child).localname.lower(), text


def _link(element: Any) -> str | None:  # lxml's element
    """Atom's link: the alternate one, or the first without relation."""
    for child in element.iter("{*}link"):
        if child.get("href") and child.get("rel", "alternate") == "alternate":
            return str(child.get("href"))
    return None
