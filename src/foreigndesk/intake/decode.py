"""Bytes to text: what encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive or office file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"SQLite format", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
)
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x08\x1a"))
WESTERN = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xb0\xb4\xb7\xbb")
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
SAMPLE = 65_536


def binary(head: bytes) -> str | None:
    """What kind of binary file bytes begin as, None if they look like text."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if not head or any(head.startswith(bom) for bom, _ in BOMS) or _wide(head):
        return None
    controls = len(head) - len(head.translate(None, CONTROL))
    return "binary data" if controls > max(2, len(head) // 500) else None


def encoding_of(raw: bytes, declared: bool = False) -> tuple[str, int]:
    """The encoding of bytes and the length of their byte order mark.

    UTF-8 if they are valid as such (a cut last character is fine), else what a page declares of
    itself (`declared`), else Windows-1252 if that fits English text, else charset-normalizer's
    best guess. "mixed" is UTF-8 with stray Windows-1252 bytes.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return encoding, len(bom)
    if wide := _wide(raw):
        return wide, 0
    invalid = _invalid(raw[:SAMPLE])
    if invalid == 0 and _invalid(raw) == 0:
        return "utf-8", 0
    if declared and (name := _declared(raw)):
        return name, 0
    return _guess(raw), 0


def decode(raw: bytes, declared: bool = False) -> str:
    """The text of bytes without byte order mark; never fails: the rest becomes U+FFFD."""
    encoding, skip = encoding_of(raw, declared)
    return decode_as(raw[skip:], encoding)


def decode_as(raw: bytes, encoding: str) -> str:
    """The text of bytes in an encoding that `encoding_of` named."""
    if encoding == "mixed":
        return raw.decode("utf-8", "foreigndesk.cp1252")
    if encoding == "cp1252":
        return raw.decode("cp1252", "foreigndesk.latin1")
    return raw.decode(encoding, "replace")


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Western text is null."""
    head = raw[:2000]
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head[1::2]) and even * 20 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head[0::2]) and odd * 20 < even else None


def _invalid(raw: bytes) -> int:
    """Whether UTF-8 decoding fails before the last three bytes: 1 or 0."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return int(error.start < len(raw) - 3 or error.reason != "unexpected end of data")
    return 0


def _declared(raw: bytes) -> str | None:
    match = DECLARED.search(raw[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        raw[:SAMPLE].decode(name, "ignore")
    except (LookupError, ValueError):
        return None
    if name == "utf-8":  # the bytes are known not to be
        return None
    return "cp1252" if name == "iso8859-1" else name


def _guess(raw: bytes) -> str:
    high = re.findall(rb"[\x80-\xff]+", raw[: 8 * SAMPLE])
    valid = sum(_invalid(run) == 0 for run in high)
    if valid * 2 > len(high):
        return "mixed"
    singles = b"".join(high)
    western = sum(byte in WESTERN or byte >= 0xC0 for byte in singles)
    punctuation = sum(byte in WESTERN for byte in singles)
    if western >= 0.95 * len(singles) and (punctuation or len(singles) * 20 < len(raw)):
        return "cp1252"
    best = from_bytes(raw[:SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return decode_as(error.object[error.start : error.end], "cp1252"), error.end


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Decode the five bytes that Windows-1252 leaves open as Latin-1 does."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("foreigndesk.cp1252", _stray)
codecs.register_error("foreigndesk.latin1", _latin)
