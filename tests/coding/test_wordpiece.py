"""Word pieces of a small vocabulary."""

from __future__ import annotations

from foreigndesk.coding.wordpiece import WordPiece

PIECES = WordPiece.of("\n".join(["[PAD]", "[UNK]", "iran", "##ian", "cafe", "'", "s", ".", "条"]))


def test_longest_piece_first_and_case_and_accents_gone() -> None:
    assert PIECES.ids("Iranian café") == [2, 3, 4]


def test_punctuation_and_chinese_signs_stand_alone() -> None:
    assert PIECES.ids("Iran's.条") == [2, 5, 6, 7, 8]


def test_an_unknown_word_is_one_unknown_piece() -> None:
    assert PIECES.ids("zzz Iran") == [1, 2]
