"""Ask the derived ledger, read-only: a run that rebuilds it is not disturbed, nor disturbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import duckdb
import pyarrow as pa

from foreigndesk.analysis.filters import Filters, where
from foreigndesk.errors import DamagedDeskError, DeskError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.schema import ORDER, TABLES


@contextmanager
def opened(desk: Desk) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger of a desk, read-only.

    Raises DeskError if there is none yet, DamagedDeskError where it cannot be read.
    """
    if not desk.ledger.exists():
        raise DeskError(
            str(desk.ledger),
            "no such file",
            "the derived ledger",
            f"Make it: foreigndesk read PATH --desk {desk.place}",
        )
    try:
        connection = duckdb.connect(str(desk.ledger), read_only=True)
    except duckdb.Error as error:
        raise _damaged(desk, error) from error
    try:
        yield connection
    except (duckdb.CatalogException, duckdb.BinderException, duckdb.IOException) as error:
        raise _damaged(desk, error) from error
    finally:
        connection.close()


def ask(desk: Desk, sql: str, values: Sequence[object] = ()) -> pa.Table:
    """The answer to a question in SQL."""
    with opened(desk) as connection:
        return connection.sql(sql, params=list(values)).to_arrow_table()


def select(desk: Desk, table: str, filters: Filters, columns: str = "*") -> pa.Table:
    """Rows of a table of the ledger, filtered, in its stable order."""
    condition, order, limit = clauses(table, filters)
    return ask(
        desk,
        f"SELECT {columns} FROM {source(table)} WHERE {condition[0]} ORDER BY {order} {limit}",
        condition[1],
    )


def clauses(
    table: str, filters: Filters, question: str | None = None
) -> tuple[tuple[str, tuple[str, ...]], str, str]:
    """The condition with its values, the order, and the limit of a question of a table."""
    names = {*TABLES[table].names, *DERIVED.get(table, {})}
    condition = where(replace(filters, limit=None), names, question or table)
    order = ", ".join(f"{column} NULLS LAST" for column in ORDER[table])
    limit = "" if filters.limit is None else f"LIMIT {int(filters.limit)}"
    return (condition.sql, condition.values), order, limit


DERIVED: dict[str, dict[str, str]] = {
    "articles": {"outlet_keys": "list_value(lower(outlet))", "told": "coalesce(earliest, latest)"},
    "reports": {"outlet_keys": "list_value(lower(outlet))", "statuses": "list_value(status)"},
    "claims": {"outlet_keys": "list_value(lower(outlet))", "stances": "list_value(stance)"},
}
"""Columns that filters need and that follow from others."""


def source(table: str) -> str:
    """A table with its derived columns, for a FROM clause."""
    extra = "".join(f", {sql} AS {name}" for name, sql in DERIVED.get(table, {}).items())
    return f"(SELECT *{extra} FROM {table}) AS {table}"


def _damaged(desk: Desk, error: Exception) -> DamagedDeskError:
    return DamagedDeskError(
        str(desk.ledger),
        f"a ledger that cannot be read ({str(error).splitlines()[0]})",
        "a ledger of this version of Foreign Desk",
        "Remove this file and run `foreigndesk read` again: it is derived, nothing is lost.",
    )
