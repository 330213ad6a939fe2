"""The ledger as it was: what a new one takes over from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from foreigndesk.ledger.replay import Placed
from foreigndesk.ledger.shards import Shard


@dataclass(frozen=True, slots=True)
class Last:
    """A ledger made by the same program by the same plan; `path` is None if there is none."""

    path: Path | None
    judged: str = ""

    @classmethod
    def open(cls, ledger: Path, program: str, plan: Sequence[Shard]) -> Last:
        """The ledger in a file, if a new one may be made from it."""
        if not ledger.exists():
            return cls(None)
        try:
            with duckdb.connect(str(ledger), read_only=True) as connection:
                row = connection.execute("SELECT program, plan, judged FROM basis").fetchone()
        except duckdb.Error:
            return cls(None)
        same = row is not None and row[:2] == (program, repr(plan))
        return cls(ledger, str(row[2])) if same and row is not None else cls(None)

    def places(self, shard: Shard) -> dict[str, Placed]:
        """Where the reports of a shard stood."""
        if self.path is None:
            return {}
        sql = (
            "SELECT report_id, mark, founder, why, joined, because FROM places "
            "WHERE list_contains(?, event_type)"
        )
        with duckdb.connect(str(self.path), read_only=True) as connection:
            rows = connection.execute(sql, [list(shard.types)]).fetchall()
        return {row[0]: Placed(*row[1:]) for row in rows}

    def tied(self) -> dict[str, tuple[str | None, frozenset[str]]]:
        """By event id what it has from other events: what it fulfils, contradictions of order."""
        if self.path is None:
            return {}
        sql = (
            "SELECT event_id, any_value(fulfils), list(discrepancy_id) FROM events "
            "LEFT JOIN (SELECT event_id, discrepancy_id FROM discrepancies WHERE kind = 'order') "
            "USING (event_id) GROUP BY event_id"
        )
        with duckdb.connect(str(self.path), read_only=True) as connection:
            rows = connection.execute(sql).fetchall()
        return {row[0]: (row[1], frozenset(d for d in row[2] if d is not None)) for row in rows}
