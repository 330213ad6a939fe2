"""Samples of a desk's reports: drawn at random by a hash, so that the order of files is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask, clauses, source
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Report

BY: dict[str, str] = {
    "event_type": "event_type",
    "outlet": "outlet",
    "status": "status",
    "country": "country",
    "actor": "json_extract_string(json, '$.actor[0].code')",
    "confidence": "printf('%.1f', CASE WHEN confidence < 0.5 THEN 0 ELSE "
    "least(floor(confidence * 10 + 1e-9) / 10, 0.9) END)",
}
"""What a pile can be parted by, in SQL: country is the place's, actor the first actor's code."""
UNKNOWN, KNOWN, OTHERS = "?", "=", "*"


@dataclass(frozen=True, slots=True)
class Pile:
    """The reports that a sample is drawn from: those of a desk that fit the filters.

    `by` is a key of `BY`, None for the pile as a whole; `copies`: also those in articles that are
    copies of others.
    """

    desk: Desk
    filters: Filters
    by: str | None = None
    copies: bool = True

    def sizes(self) -> dict[str, int]:
        """The number of reports of each part, by its key. Raises UsageError, DeskError."""
        sql, values = self._sql()
        rows = ask(self.desk, f"SELECT part, count(*) AS n FROM ({sql}) GROUP BY part", values)
        return {row["part"]: row["n"] for row in sorted(rows.to_pylist(), key=lambda r: r["part"])}

    def draw(self, quotas: Mapping[str, int], seed: int) -> Iterator[tuple[str, Report]]:
        """So many reports of each part, with its key, in random order.

        The order is that of MD5 over the seed and the report's id: the same for the same seed, and
        of a larger sample the smaller one is the beginning.
        """
        sql, values = self._sql()
        draw = f"""
            WITH pile AS ({sql}),
                 quotas AS (SELECT unnest(?) AS part, unnest(?) AS most),
                 placed AS (SELECT coalesce(quotas.part, '{OTHERS}') AS part, report_id,
                                   md5(concat(?, ':', report_id)) AS place
                            FROM pile LEFT JOIN quotas USING (part)),
                 ranked AS (SELECT *, row_number() OVER (
                                PARTITION BY part ORDER BY place, report_id) AS number FROM placed),
                 chosen AS (SELECT * FROM ranked JOIN quotas USING (part) WHERE number <= most)
            SELECT part, json FROM chosen JOIN reports USING (report_id)
            ORDER BY chosen.place, report_id"""
        given = [*values, list(quotas), list(quotas.values()), str(seed)]
        for row in ask(self.desk, draw, given).to_pylist():
            yield row["part"], msgspec.json.decode(row["json"], type=Report)

    def _sql(self) -> tuple[str, tuple[str, ...]]:
        """The reports with the key of their part, and the values that the filters take."""
        condition, _, _ = clauses("reports", replace(self.filters, limit=None), "sample")
        own = (
            "true"
            if self.copies
            else ("document_id NOT IN (SELECT document_id FROM articles WHERE is_copy)")
        )
        part = f"coalesce('{KNOWN}' || {BY[self.by]}, '{UNKNOWN}')" if self.by else f"'{UNKNOWN}'"
        return (
            f"SELECT report_id, {part} AS part FROM {source('reports')} "
            f"WHERE {condition[0]} AND {own}",
            condition[1],
        )


def name_of(part: str) -> str | None:
    """The name of a part by its key: None where it is not known (or there are no parts)."""
    if part == OTHERS:
        return "others"
    return part.removeprefix(KNOWN) if part.startswith(KNOWN) else None
