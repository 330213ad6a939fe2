"""The signed network of states as GraphML or GEXF, by networkx."""

from __future__ import annotations

from typing import Any, BinaryIO

import networkx as nx

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import network
from foreigndesk.ledger.desk import Desk


def graph(desk: Desk, filters: Filters | None = None) -> Any:  # networkx publishes no types
    """States as nodes; ties with events, positive, negative, mean_intensity, sign, weight."""
    found = nx.Graph()
    for row in network(desk, filters).to_pylist():
        tie = {k: row[k] for k in ("events", "positive", "negative", "mean_intensity", "sign")}
        for code in (row["one"], row["other"]):
            found.add_node(code, label=code)
        found.add_edge(row["one"], row["other"], weight=row["events"], **tie)
    return found


def write_graph(desk: Desk, filters: Filters | None, format: str, out: BinaryIO) -> int:
    """Write the network as "graphml" or "gexf"; the number of its ties."""
    found = graph(desk, filters)
    if format == "graphml":
        nx.write_graphml(found, out, encoding="utf-8")
    else:
        lines = "\n".join(nx.generate_gexf(found))
        out.write(_undated(lines).encode())
    return int(found.number_of_edges())


def _undated(text: str) -> str:
    """GEXF without the day on which it was written: the same desk gives the same bytes."""
    import re

    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"
