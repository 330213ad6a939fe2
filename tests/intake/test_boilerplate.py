"""Every boilerplate entry marks its `says` line and leaves its `not` line alone."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.boilerplate import KIND, Boilerplate, compile_marks, load_marks
from foreigndesk.codebook.load import Codebook
from foreigndesk.errors import CodebookError
from foreigndesk.model import SegmentKind

ENTRIES = Codebook().entries(KIND, Boilerplate)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_entry_marks_what_it_says(entry: Boilerplate) -> None:
    alone = compile_marks((entry,))
    ask = alone.named if entry.where == "class" else alone.find
    assert ask(entry.says) is entry
    assert ask(entry.not_) is None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_all_marks_together_take_no_article_line(entry: Boilerplate) -> None:
    marks = load_marks(Codebook())
    ask = marks.named if entry.where == "class" else marks.find
    assert ask(entry.says) is not None
    assert ask(entry.not_) is None


def test_a_broken_mark_is_named() -> None:
    entry = Boilerplate(id="x.y", says="a", not_="b", kind=SegmentKind.SHARE, marks=("(",))
    with pytest.raises(CodebookError, match=r"x\.y"):
        compile_marks((entry,))


@pytest.mark.parametrize("line", ["share " * 99 + "!", "1" * 590 + "!", "By A" + " B" * 280 + "!"])
def test_long_lines_are_no_trap(line: str) -> None:
    load_marks(Codebook()).find(line)  # would hang with a pattern that backtracks
