"""What was read from texts: `Coded` of one, `CodedTexts` of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import msgspec

from foreigndesk.api.results import Tabular, table_of
from foreigndesk.model import Report, TextAnalysis

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, repr=False)
class Coded(TextAnalysis, Tabular):
    """Everything read from one text, with the text; as a table, its reports.

    `published` is the publication date that was given, in EDTF; `error` says why the text could
    not be coded, None if it was.
    """

    text: str = ""
    published: str | None = None
    error: str | None = None

    def records(self) -> list[Report]:
        """The reports."""
        return list(self.reports)

    def _table(self) -> pa.Table:
        return _reports_table(self.reports)

    def __repr__(self) -> str:
        from foreigndesk.notebook.plain import coded

        return coded(self)

    def _repr_html_(self) -> str:
        from foreigndesk.notebook.texts import coded

        return coded(self)


class CodedTexts(Sequence[Coded], Tabular):
    """The answers to many texts, in the order of the texts; as a table, all their reports.

    `document.id` of a report is the id of its text.
    """

    __slots__ = ("_answers",)

    def __init__(self, answers: Sequence[Coded]) -> None:
        self._answers = answers

    @property
    def errors(self) -> list[Coded]:
        """The answers to those texts that could not be coded."""
        return [answer for answer in self._answers if answer.error is not None]

    def records(self) -> list[Report]:
        """The reports of all texts."""
        return [report for answer in self._answers for report in answer.reports]

    def _table(self) -> pa.Table:
        return _reports_table(self.records())

    def __len__(self) -> int:
        return len(self._answers)

    def __iter__(self) -> Iterator[Coded]:
        return iter(self._answers)

    @overload
    def __getitem__(self, index: int) -> Coded: ...
    @overload
    def __getitem__(self, index: slice) -> CodedTexts: ...
    def __getitem__(self, index: int | slice) -> Coded | CodedTexts:
        if isinstance(index, slice):
            return CodedTexts(self._answers[index])
        return self._answers[index]

    def __repr__(self) -> str:
        from foreigndesk.notebook.plain import coded_texts

        return coded_texts(self)

    def _repr_html_(self) -> str:
        from foreigndesk.notebook.texts import coded_texts

        return coded_texts(self)


def _reports_table(reports: Sequence[Report]) -> pa.Table:
    return table_of(Report, [msgspec.json.encode(report).decode() for report in reports])
