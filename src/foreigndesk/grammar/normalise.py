"""Make a paragraph plain for the parser, and keep the way back to its characters.

Typographic quotes and dashes become ASCII, runs of white space one space, invisible characters
vanish. The document itself is never changed: `offsets` leads from the plain text to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "―": "-", "‒": "-", "‐": "-", "‑": "-", "−": "-",
    "…": "...", "ﬁ": "fi", "ﬂ": "fl",
}  # fmt: skip
_DASHES = "–—―"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPECIAL = re.compile(rf"\s+|``|''|[{re.escape(''.join(_PLAIN))}]|[{_INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text` for the parser; `offsets[i]` is where its character i stands in the document.

    `offsets` has one entry more than `text`, for the end.
    """

    text: str
    offsets: tuple[int, ...]


def plain(text: str, start: int = 0) -> PlainText:
    """`text`, which begins at character `start` of its document, made plain."""
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _SPECIAL.finditer(text):
        pieces.append(text[position : match.start()])
        offsets.extend(range(start + position, start + match.start()))
        piece = _replacement(match.group(), text, match.start(), match.end())
        pieces.append(piece)
        offsets.extend([start + match.start()] * len(piece))
        position = match.end()
    pieces.append(text[position:])
    offsets.extend(range(start + position, start + len(text) + 1))
    return PlainText("".join(pieces), tuple(offsets))


def _replacement(found: str, text: str, start: int, end: int) -> str:
    if found.isspace():
        return " "
    if found in ("``", "''"):
        return '"'
    if found in _INVISIBLE:
        return ""
    if found in _DASHES and (text[start - 1 : start].isspace() or text[end : end + 1].isspace()):
        return "--"
    return _PLAIN[found]
