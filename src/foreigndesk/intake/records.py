"""Documents from files and from the fields of records, with their content hash as id."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from foreigndesk.errors import UsageError
from foreigndesk.intake.render import render
from foreigndesk.model import Document, Skipped

FIELDS = {
    "id": ("id", "document_id", "_id"),
    "path": ("path", "file", "filename"),
    "url": ("url", "link", "address", "uri"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "byline": ("byline", "author", "authors", "creator"),
    "published": ("published", "date", "publication_date", "pub_date", "published_at", "datetime"),
    "text": ("text", "body", "content", "article", "fulltext", "full_text"),
    "html": ("html", "markup"),
}
"""Our name for a field, and the names it goes by in records, the first found taken."""


@lru_cache(maxsize=8)
def field_map(text: str | None) -> dict[str, str]:
    """Our names of fields with the records' own, from "text=body,published=date".

    Raises UsageError for a name that is none of ours, or a pair without "=".
    """
    found: dict[str, str] = {}
    for pair in (text or "").split(","):
        name, mark, own = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not mark or not own or name not in FIELDS:
            raise UsageError(
                "--map",
                repr(pair.strip()),
                f"OURS=THEIRS, ours one of {', '.join(FIELDS)}",
                "For instance --map text=body,published=meta.date",
            )
        found[name] = own
    return found


def _inside(fields: dict[str, Any], lower: dict[str, Any], path: str) -> Any:
    """What a field name, or a dotted path into objects, leads to; None if to nothing."""
    value: Any = fields.get(path, lower.get(path.lower()))
    if value is None:
        value = fields
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
    return value


def document(path: str, media_type: str, content: str) -> Document:
    """A document that is a whole file: `content` is its text, or its markup for HTML."""
    markup = content if media_type == "text/html" else None
    text = render(content) if markup is not None else content
    return Document(content_id(content), path, media_type, text, markup)


def from_fields(where: str, fields: Any, map: str | None = None) -> Document | Skipped:
    """A document from a record of any shape. Its own id and path survive; else a hash, and `where`.

    `map` names the record's fields by ours ("text=body,published=meta.date"), before the names
    that are looked for anyway; a dot leads into an object. Raises UsageError if it is malformed.
    """
    if not isinstance(fields, dict):
        return Skipped(where, "read", "a record that is no object; expected fields such as text")
    lower = {str(k).lower(): v for k, v in fields.items()}
    given = field_map(map)
    known = {
        name: _value({name: _inside(fields, lower, given[name])}, (name,))
        if name in given
        else _value(lower, names)
        for name, names in FIELDS.items()
    }
    markup = known["html"]
    text = known["text"] if known["text"] is not None or markup is None else render(markup)
    if text is None or not text.strip():
        wanted = given.get("text") or given.get("html")
        expected = f"a field {wanted!r}" if wanted else "a field text, body, content or html"
        held = ", ".join(sorted(lower)[:8])
        return Skipped(where, "read", f"no text; expected {expected}, found {held or 'no field'}")
    if known["text"] is not None:
        markup = None
    meta = {name: known[name] for name in ("title", "outlet", "url", "byline", "published")}
    own = known["id"] or content_id(markup or text, known["url"], known["outlet"], known["title"])
    media_type = "text/html" if markup else "text/plain"
    return Document(own, known["path"] or where, media_type, text, markup, **meta)


def content_id(content: str, *identity: str | None) -> str:
    """32 hex digits of SHA-256 over the content and what identifies it (address, outlet, title).

    The path is left out: the same page read from two places is the same document.
    """
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass"))
    for part in identity:
        digest.update(b"\0" + (part or "").encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _value(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = ", ".join(str(part) for part in value if isinstance(part, str | int))
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if value is not None and value != "":
            return value if isinstance(value, str) else _written(value)
    return None


def _written(value: Any) -> str:  # a number, date or time
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
