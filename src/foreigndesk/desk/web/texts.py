"""The texts of documents, kept for a while: a document's text never changes under its id."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from foreigndesk.analysis.find import Context
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Report

LONGEST = 400_000
"""Characters of a page that are shown and compared; the whole text is under `.json`."""


@lru_cache(maxsize=128)
def _text(folder: Path, document_id: str) -> str | None:
    return Desk(folder).document_text(document_id)


def text_of(desk: Desk, document_id: str | None) -> str | None:
    """The text in which the offsets of a document's reports count; None if it is not there."""
    return None if document_id is None else _text(desk.path, document_id)


def around(desk: Desk, report: Report, reach: int = 400) -> Context | None:
    """A report's sentence with the text `reach` characters on each side."""
    text = text_of(desk, report.document.id)
    if text is None:
        return None
    start, end = report.evidence.start, report.evidence.end
    low, high = max(0, start - reach), min(len(text), end + reach)
    return Context(text[low:start], text[start:end], text[end:high], low, high)


def differs(one: Article, other: Article) -> dict[str, list[str]]:
    """The paragraphs that only one of two copies has: `here` of the first, `there` of the other."""
    ours, theirs = _paragraphs(one), _paragraphs(other)
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    here: list[str] = []
    there: list[str] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            here += ours[a:b]
            there += theirs[c:d]
    return {"here": here, "there": there}


def _paragraphs(article: Article) -> list[str]:
    lines = article.text[:LONGEST].split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()][:2000]
