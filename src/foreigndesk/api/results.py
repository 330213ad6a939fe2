"""Results: rows that can be had as Arrow, Polars, pandas or typed records, and look tidy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import msgspec

from foreigndesk.errors import MissingPackageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from foreigndesk.ledger.desk import Desk

R = TypeVar("R")
Row = dict[str, Any]
"""A row of a table by its columns."""


class Tabular(ABC):
    """What can be had as a table: the columns and types of `export --format parquet`.

    With `flat=True`, nested records are spread over columns such as `date.earliest`, those of
    `export --format csv`; lists stay lists.
    """

    __slots__ = ()

    @abstractmethod
    def _table(self) -> pa.Table:
        """The rows, nested as the records are."""

    def arrow(self, *, flat: bool = False) -> pa.Table:
        """A pyarrow Table."""
        table = self._table()
        while flat and any(_is_struct(kind) for kind in table.schema.types):
            table = table.flatten()
        return table

    def polars(self, *, flat: bool = False) -> pl.DataFrame:
        """A Polars DataFrame. Raises MissingPackageError where Polars is not installed."""
        polars = optional("polars")
        frame: pl.DataFrame = polars.from_arrow(self.arrow(flat=flat))
        return frame

    def pandas(self, *, flat: bool = False) -> pd.DataFrame:
        """A pandas DataFrame. Raises MissingPackageError where pandas is not installed."""
        optional("pandas")
        frame: pd.DataFrame = self.arrow(flat=flat).to_pandas()
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """What Polars, DuckDB, pyarrow, pandas and others take tables by, without a copy."""
        return self._table().__arrow_c_stream__(requested_schema)


def optional(package: str) -> Any:
    """A package that an extra of the same name brings. Raises MissingPackageError."""
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError as error:
        if error.name is not None and error.name.partition(".")[0] != package:
            raise
        raise MissingPackageError(
            f".{package}()",
            f"no package {package}",
            f"{package}, which is optional",
            f"Install it: pip install 'foreigndesk[{package}]'",
        ) from None


def _is_struct(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_struct(kind))


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: of which desk, by which method, with which words."""

    desk: Desk
    name: str
    given: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        words = ", ".join(f"{k}={v!s}" for k, v in self.given.items() if v not in (None, False))
        return f"{self.name}({words})"


class Result(Sequence[R], Tabular, Generic[R]):
    """The rows that answer a question of a desk, as they stood when it was asked.

    A sequence: `len`, `for`, `[0]`; a slice is a Result again. Shows itself as a table, in a
    notebook with the evidence marked. All rows are in memory: of a desk with millions of reports
    ask for some (filters, `limit`), or write a file by `export`.

    >>> import foreigndesk as fd
    >>> desk = fd.open("mydesk")
    >>> summary = desk.read("sample/pages/a04a-choe-meridian.html")
    >>> visits = desk.events(event_type="CONSULT", actor="Putin")
    >>> visits[0].event_type.value
    'CONSULT'
    >>> visits.arrow(flat=True)["date.edtf"].type
    DataType(string)
    >>> visits.polars().height == len(visits)
    True
    """

    __slots__ = ("_rows", "question")

    def __init__(self, question: Question, rows: Rows[R]) -> None:
        self.question = question
        self._rows = rows

    def records(self) -> list[R]:
        """Every row: a record of `foreigndesk.model`, or a dictionary where the rows are counts."""
        return list(self._rows)

    def _table(self) -> pa.Table:
        return self._rows.table()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Result[R]: ...
    def __getitem__(self, index: int | slice) -> R | Result[R]:
        if isinstance(index, slice):
            return Result(self.question, self._rows.part(index))
        if not -len(self) <= index < len(self):
            raise IndexError(f"row {index} of {self.question}, which has {len(self)}")
        place = index % len(self)
        return next(iter(self._rows.part(slice(place, place + 1))))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self.records() == other.records()

    __hash__ = None  # type: ignore[assignment]  # as lists: equal by their rows, so not hashable

    def __repr__(self) -> str:
        from foreigndesk.notebook.plain import result

        return result(self)

    def _repr_html_(self) -> str:
        from foreigndesk.notebook.views import result

        return result(self)


class Rows(ABC, Generic[R]):
    """Rows as they were fetched, from which both forms are made."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def part(self, which: slice) -> Rows[R]:
        """Some of the rows."""

    @abstractmethod
    def __iter__(self) -> Iterator[R]: ...

    @abstractmethod
    def table(self) -> pa.Table:
        """The rows as a table."""


class RecordRows(Rows[R]):
    """Records of one type, held as the JSON texts that the ledger has."""

    def __init__(self, record: type[R], lines: Sequence[str]) -> None:
        self._record, self._lines = record, lines

    def __len__(self) -> int:
        return len(self._lines)

    def part(self, which: slice) -> RecordRows[R]:
        """Some of the rows."""
        return RecordRows(self._record, self._lines[which])

    def __iter__(self) -> Iterator[R]:
        decode: Callable[[str], R] = msgspec.json.Decoder(self._record).decode
        return map(decode, self._lines)

    def table(self) -> pa.Table:
        """The rows in the columns of the export."""
        return table_of(self._record, self._lines)


class TableRows(Rows[Row]):
    """Rows of counts, held as a table."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def part(self, which: slice) -> TableRows:
        """Some of the rows."""
        import pyarrow as pa

        places = pa.array(range(len(self))[which], pa.int64())
        return TableRows(self._table.take(places))

    def __iter__(self) -> Iterator[Row]:
        return iter(self._table.to_pylist())

    def table(self) -> pa.Table:
        """The table itself."""
        return self._table


def table_of(record: type, lines: Sequence[str]) -> pa.Table:
    """Records as JSON texts, in the Arrow schema that exports of `record` have."""
    import io

    import pyarrow.json as read

    from foreigndesk.exchange.shapes import schema

    shape = schema(record)
    if not lines:
        return shape.empty_table()
    raw = "\n".join(lines).encode()
    block = 4 * max(map(len, lines)) + (1 << 20)  # a line must fit in a block
    table = read.read_json(
        io.BytesIO(raw),
        read_options=read.ReadOptions(block_size=block),
        parse_options=read.ParseOptions(explicit_schema=shape, unexpected_field_behavior="error"),
    )
    return table.combine_chunks()
