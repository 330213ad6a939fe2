"""Coded texts as HTML: the text with everything that was read in it, then its reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from foreigndesk.desk.web.marks import ROLES, Marked, marks, pieces
from foreigndesk.ledger.desk import Desk
from foreigndesk.notebook.html import block, facts, heading, legend, line, table
from foreigndesk.notebook.kinds import CodedText, ManyTexts
from foreigndesk.notebook.lines import Line, Tidy
from foreigndesk.notebook.plain import coded_texts as in_words
from foreigndesk.notebook.tidy import KINDS, SHOWN, reports

LONGEST = 20_000
"""Characters of a text that are shown."""
TEXTS = 10
"""Texts that are shown of many."""


def coded(found: CodedText) -> str:
    """The text with its marks, then a table of its reports."""
    return block(*_parts(found))


def coded_texts(found: ManyTexts) -> str:
    """The first texts with their marks."""
    shown = [Markup("").join(_parts(each, titled=True)) for each in found[:TEXTS]]
    rest = len(found) - len(shown)
    more = [heading(f"… and {rest:,} more texts")] if rest else []
    return block(heading(in_words(found)), *shown, *more)


def _parts(found: CodedText, titled: bool = False) -> Iterator[Markup]:
    if titled:
        yield heading(found.id)
    if found.error is not None:
        yield facts([("not coded", found.error)])
    text = found.text[:LONGEST]
    cut = pieces(text, 0, all_marks(found))
    for paragraph in _paragraphs(Line(tuple(cut))):
        yield line(paragraph)
    if len(found.text) > LONGEST:
        yield heading(f"… {len(found.text) - LONGEST:,} characters more")
    if any(part.roles for part in cut):
        yield legend(ROLES)
    yield _table(found)


def all_marks(found: CodedText) -> list[Marked]:
    """Every stretch of the text that was read as something."""
    told = [mark for report in found.reports for mark in marks(report)]
    taken = {(m.start, m.end) for m in told if m.role in ("actor", "recipient")}
    told += [Marked(m.start, m.end, "actor") for m in found.mentions
             if (m.start, m.end) not in taken]  # fmt: skip
    for said in found.attributions:
        told.append(Marked(said.cue.start, said.cue.end, "cue"))
        if said.speaker is not None:
            told.append(Marked(said.speaker.start, said.speaker.end, "speaker"))
    told += [Marked(t.start, t.end, "date") for t in found.times]
    told += [
        Marked(p.start, p.end, "place")
        for p in found.places
        if p.start is not None and p.end is not None
    ]
    return told


def _paragraphs(whole: Line) -> list[Line]:
    """A text's pieces, parted at its line breaks."""
    from dataclasses import replace

    found: list[list[object]] = [[]]
    for part in whole.pieces:
        for place, words in enumerate(part.text.split("\n")):
            if place:
                found.append([])
            if words:
                found[-1].append(replace(part, text=words))
    return [Line(tuple(parts)) for parts in found if parts]  # type: ignore[arg-type]


def _table(found: CodedText) -> Markup:
    rows = tuple(reports(Desk(Path()), found.reports[:SHOWN]))
    count = len(found.reports)
    title = f"{count:,} report{'' if count == 1 else 's'}"
    return table(Tidy(title, KINDS["reports"][0], rows, max(0, count - SHOWN)))
