"""A desk compared with another data set, or another desk: what each has that the other lacks.

An event has a match if the other side has one of the same dyad, of a like kind, within so many
days. Several may match one, since other data sets list a happening once for each way in which it
was coded; so matched events are counted on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from foreigndesk.analysis.compare_evidence import with_evidence
from foreigndesk.analysis.compare_other import common_days, other_of
from foreigndesk.analysis.compare_rows import Loaded, Other, Wanted, of_desk, of_source
from foreigndesk.analysis.compare_series import CORRELATIONS, COUNTS, MONTHS, grid, limit_of
from foreigndesk.analysis.filters import Filters
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk

__all__ = ["ALIKE", "BY", "LISTS", "MONTHS", "Comparison", "Other", "Summary", "Terms",
           "compared", "other_of"]  # fmt: skip
ALIKE = {
    "type": "o.event_type = t.event_type",
    "quad": "o.quad = t.quad",
    "near": "(o.event_type = t.event_type OR (o.quad <= 2) = (t.quad <= 2))",
}
"""How like two events must be: of one PLOVER type, of one quad class, or both of cooperation or
both of conflict."""
BY = {"quad": "quad", "type": "event_type"}
LISTS = ("ours-only", "theirs-only", "both")


@dataclass(frozen=True, slots=True)
class Terms:
    """How events are compared: `days` that two may lie apart, `alike` (a key of ALIKE).

    `undirected`: both directions of a pair are one; `everything`: of the desk also what did not
    happen, or may not; `domestic`: also what happens within one country; `shared`: only dyads of
    which both sides have events.
    """

    days: int = 2
    alike: str = "near"
    undirected: bool = False
    everything: bool = False
    domestic: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a whole comparison. Days are ISO days.

    `first` to `last` is what was compared. Left out are `undated` events, `unpaired` ones, with no
    code on one side, and those `within` one country. `agreement` is the share of all events that
    have a match, 0 to 1.
    """

    other: str
    first: str | None
    last: str | None
    ours: int
    theirs: int
    ours_in_both: int
    theirs_in_both: int
    only_ours: int
    only_theirs: int
    agreement: float | None
    r_cooperation: float | None
    r_conflict: float | None
    undated_ours: int
    undated_theirs: int
    unpaired_ours: int
    unpaired_theirs: int
    within_ours: int
    within_theirs: int


class Comparison:
    """Two sides, matched; a context in which it can be asked. See `compared`."""

    def __init__(self, desk: Desk, other: Other, terms: Terms) -> None:
        self._sides = {"ours": Other(desk.place, desk), "theirs": other}
        self._terms = terms
        self._connection = duckdb.connect()

    def load(self, ours: Loaded, theirs: Loaded) -> None:
        """Take both sides and match them."""
        for name, side in (("ours", ours), ("theirs", theirs)):
            self._connection.register("given", side.rows)
            self._connection.execute(f"CREATE TABLE raw_{name} AS SELECT * FROM given")
            self._connection.unregister("given")
        if self._terms.shared:
            self._keep_shared()
        days = int(self._terms.days)
        self._connection.execute(f"""
            CREATE TABLE matches AS
            SELECT o.pair AS ours, t.pair AS theirs, min(greatest(
                date_diff('day', o.last, t.day), date_diff('day', t.last, o.day), 0)) AS apart
            FROM raw_ours o JOIN raw_theirs t ON o.a = t.a AND o.r = t.r
                AND t.day <= o.last + {days} AND t.last >= o.day - {days}
                AND {ALIKE[self._terms.alike]}
            GROUP BY ALL""")
        for name in ("ours", "theirs"):
            self._connection.execute(f"""
                CREATE VIEW {name} AS SELECT *, pair IN (SELECT {name} FROM matches) AS matched
                FROM raw_{name}""")
        self._connection.execute("""
            CREATE VIEW cells AS
            SELECT true AS mine, month, a, r, event_type, quad, intensity, matched FROM ours
            UNION ALL
            SELECT false, month, a, r, event_type, quad, intensity, matched FROM theirs""")
        self._left_out = tuple(
            count
            for name in ("undated", "unpaired", "within")
            for count in (getattr(ours, name), getattr(theirs, name))
        )

    def _keep_shared(self) -> None:
        """Leave out the dyads of which one side has no events."""
        self._connection.execute(
            "CREATE TABLE shared AS SELECT a, r FROM raw_ours INTERSECT SELECT a, r FROM raw_theirs"
        )
        for name in ("raw_ours", "raw_theirs"):
            self._connection.execute(
                f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name} SEMI JOIN shared "
                "USING (a, r)"
            )

    def close(self) -> None:
        """Let go of the rows."""
        self._connection.close()

    def months(self, by: str | None = None, limit: int | None = None) -> pa.Table:
        """Events by month and dyad, and by a key of BY if one is named.

        Columns: month, source, target, (quad or event_type,) ours, theirs, ours_in_both,
        theirs_in_both, only_ours, only_theirs.
        """
        if by is not None and by not in BY:
            raise UsageError("--by", repr(by), f"one of {', '.join(BY)}", "Name one of these.")
        also = f"{BY[by]}, " if by else ""
        return self._ask(f"""
            SELECT month, a AS source, r AS target, {also}{COUNTS} FROM cells
            GROUP BY month, a, r{", " + BY[by] if by else ""}
            ORDER BY month, a, r{", " + BY[by] + " NULLS LAST" if by else ""} {limit_of(limit)}""")

    def dyads(self, limit: int | None = None) -> pa.Table:
        """Dyads, those of which ours has most events first: how far both sides agree.

        Columns: source, target, ours, theirs, ours_in_both, theirs_in_both, only_ours,
        only_theirs, agreement (share of events with a match, 0 to 1), months (in which either has
        events), r_cooperation, r_conflict (Pearson's r of the monthly counts), r_intensity (of the
        monthly mean intensity, where both have events); null under MONTHS months or if one side
        does not vary.
        """
        return self._ask(f"""
            WITH counted AS (SELECT a, r, count(DISTINCT month) AS months, {COUNTS}
                FROM cells GROUP BY a, r),
            {grid("a, r")},
            related AS (SELECT a, r, {CORRELATIONS} FROM series GROUP BY a, r)
            SELECT a AS source, r AS target, ours, theirs, ours_in_both, theirs_in_both,
                only_ours, only_theirs,
                round((ours_in_both + theirs_in_both) / (ours + theirs), 4) AS agreement,
                months, r_cooperation, r_conflict, r_intensity
            FROM counted JOIN related USING (a, r)
            ORDER BY ours DESC, theirs DESC, a, r {limit_of(limit)}""")

    def summary(self, first: str | None, last: str | None) -> Summary:
        """The counts of the whole; correlations are over the months of all dyads."""
        (counts,) = self._connection.execute(f"SELECT {COUNTS} FROM cells").fetchall()
        (related,) = self._connection.execute(
            f"WITH {grid('a, r')} SELECT {CORRELATIONS} FROM series"
        ).fetchall()
        whole = counts[0] + counts[1]
        agreement = round((counts[2] + counts[3]) / whole, 4) if whole else None
        return Summary(
            *(
                self._sides["theirs"].name,
                first,
                last,
                *counts,
                agreement,
                *related[:2],
                *self._left_out,
            )
        )

    def listed(self, which: str, limit: int | None = None) -> pa.Table:
        """Single events (`which` is one of LISTS), by day, with their evidence.

        Columns of "ours-only" and "theirs-only": day, last, event_type, event_mode, source,
        target, id, and those of EVIDENCE. Of "both": day, their_day, days_apart, source, target,
        event_type, their_type, id, their_event, and EVIDENCE of both, theirs as their_text and so
        on.
        """
        if which not in LISTS:
            raise UsageError(
                "--list", repr(which), f"one of {', '.join(LISTS)}", "Name one of these."
            )
        if which == "both":
            return self._both(limit)
        name = which.partition("-")[0]
        found = self._ask(f"""
            SELECT DISTINCT ON (pair) CAST(day AS VARCHAR) AS day, CAST(last AS VARCHAR) AS last,
                event_type, event_mode, a AS source, r AS target, id
            FROM {name} WHERE NOT matched ORDER BY pair, a, r""")
        found = found.sort_by([(c, "ascending") for c in ("day", "source", "target", "id")])
        found = found if limit is None else found.slice(0, limit)
        return with_evidence(found, self._sides[name])

    def _both(self, limit: int | None) -> pa.Table:
        found = self._ask(f"""
            SELECT DISTINCT ON (m.ours, m.theirs) CAST(o.day AS VARCHAR) AS day,
                CAST(t.day AS VARCHAR) AS their_day, apart AS days_apart, o.a AS source,
                o.r AS target, o.event_type, t.event_type AS their_type, o.id, t.id AS their_event
            FROM matches m JOIN ours o ON o.pair = m.ours JOIN theirs t ON t.pair = m.theirs
                AND t.a = o.a AND t.r = o.r
            ORDER BY o.day, o.a, o.r, o.id, t.id {limit_of(limit)}""")
        found = with_evidence(found, self._sides["ours"])
        return with_evidence(found, self._sides["theirs"], "their_event", "their_")

    def _ask(self, sql: str) -> pa.Table:
        return self._connection.sql(sql).to_arrow_table()


@contextmanager
def compared(
    desk: Desk, other: Other, filters: Filters, terms: Terms
) -> Iterator[tuple[Comparison, Summary]]:
    """A desk and what it is compared with, matched, and the summary.

    Without `since` or `until`, what both sides cover is compared: from the first to the last day
    on which both were told of events, and `terms.days` around it. Raises UsageError where these
    have no day in common or a term is wrong, DeskError as `analysis.query` does.
    """
    if terms.alike not in ALIKE:
        raise UsageError(
            "--alike", repr(terms.alike), f"one of {', '.join(ALIKE)}", "Name one of these."
        )
    first, last = common_days(desk, other, filters, terms.days)
    wanted = Wanted(filters, first, last, terms.everything, terms.domestic, terms.undirected)
    theirs = (
        of_desk(other.desk, wanted)
        if other.source is None
        else of_source(other.desk, other.source, wanted)
    )
    found = Comparison(desk, other, terms)
    try:
        found.load(of_desk(desk, wanted), theirs)
        yield found, found.summary(filters.since or first, filters.until or last)
    finally:
        found.close()
