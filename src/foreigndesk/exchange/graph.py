"""The signed network of states as GraphML or GEXF, by networkx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

import networkx as nx
import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.happened import THAT_HAPPENED
from foreigndesk.analysis.network import NOT_STATES, network, pair_table
from foreigndesk.analysis.query import ask
from foreigndesk.ledger.desk import Desk

if TYPE_CHECKING:
    from foreigndesk.exchange.field import Wanted


def graph(desk: Desk, filters: Filters | None = None, everything: bool = False) -> Any:
    """States as nodes; ties with events, positive, negative, mean_intensity, sign, weight.

    Only what happened counts, unless `everything`: then what `network` counts, which is all that
    is not merely planned. networkx publishes no types.
    """
    found = nx.Graph()
    ties = network(desk, filters) if everything else _happened(desk, filters)
    for row in ties.to_pylist():
        tie = {k: row[k] for k in ("events", "positive", "negative", "mean_intensity", "sign")}
        for code in (row["one"], row["other"]):
            found.add_node(code, label=code)
        found.add_edge(row["one"], row["other"], weight=row["events"], **tie)
    return found


def write_graph(wanted: Wanted, format: str, out: BinaryIO) -> int:
    """Write the network as "graphml" or "gexf"; the number of its ties."""
    found = graph(wanted.desk, wanted.filters, wanted.everything)
    if format == "graphml":
        nx.write_graphml(found, out, encoding="utf-8")
    else:
        lines = "\n".join(nx.generate_gexf(found))
        out.write(_undated(lines).encode())
    return int(found.number_of_edges())


def _happened(desk: Desk, filters: Filters | None) -> pa.Table:
    """The ties that `network` would find if there were no other events than those that happened."""
    sides, values = pair_table(desk, filters)
    others = ", ".join(f"'{code}'" for code in sorted(NOT_STATES))
    states = " AND ".join(f"length({s}) = 3 AND {s} NOT IN ({others})" for s in ("a", "r"))
    sql = f"""
        WITH sides AS ({sides}),
        happened AS (SELECT event_id FROM events WHERE {THAT_HAPPENED}),
        chosen AS (SELECT DISTINCT event_id, quad, intensity, least(a, r) AS one,
            greatest(a, r) AS other FROM sides SEMI JOIN happened USING (event_id) WHERE {states})
        SELECT one, other, count(*) AS events, count(*) FILTER (quad <= 2) AS positive,
            count(*) FILTER (quad > 2) AS negative, round(avg(intensity), 6) AS mean_intensity,
            CAST(sign(round(avg(intensity), 6)) AS BIGINT) AS sign
        FROM chosen GROUP BY one, other ORDER BY one, other"""
    return ask(desk, sql, values)


def _undated(text: str) -> str:
    """GEXF without the day on which it was written: the same desk gives the same bytes."""
    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"
