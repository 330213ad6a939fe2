"""Blocs of states in the signed network, and how balanced it is."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

import networkx as nx
import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import network
from foreigndesk.ledger.desk import Desk

BLOCS = pa.schema(
    [
        *(("period", pa.string()), ("bloc", pa.int64()), ("states", pa.list_(pa.string()))),
        *(("events_within", pa.int64()), ("events_between", pa.int64())),
    ]
)
BALANCE = pa.schema(
    [
        *(("period", pa.string()), ("states", pa.int64()), ("ties", pa.int64())),
        *(("positive", pa.int64()), ("negative", pa.int64()), ("triangles", pa.int64())),
        *(("balanced", pa.int64()), ("balance", pa.float64())),
    ]
)
_SEED = 0  # Louvain visits the nodes in a random order; a fixed one gives the same blocs


def blocs(desk: Desk, filters: Filters | None = None, by: str | None = None) -> pa.Table:
    """Groups of states tied by cooperation, by period if `by` names one; the largest is bloc 1.

    Communities of the positive ties, weighted by cooperative less conflictual events (Louvain,
    Blondel et al. 2008, by networkx). `events_within` and `events_between` count all events among
    the bloc's states and of these with others.
    """
    rows: list[dict[str, Any]] = []
    for period, ties in _by_period(network(desk, filters, by), by):
        graph = nx.Graph()
        for tie in ties:
            if tie["positive"] > tie["negative"]:
                weight = tie["positive"] - tie["negative"]
                graph.add_edge(tie["one"], tie["other"], weight=weight)
        if not graph:
            continue
        found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
        ordered = sorted((sorted(group) for group in found), key=lambda g: (-len(g), g))
        rows += [_bloc(period, n, group, ties) for n, group in enumerate(ordered, 1)]
    return pa.Table.from_pylist(rows, schema=BLOCS)


def balance(desk: Desk, filters: Filters | None = None, by: str | None = None) -> pa.Table:
    """Structural balance by period: the share of triangles whose signs multiply to plus.

    A triangle of three friends, or of two friends with a common foe, is balanced (Cartwright and
    Harary 1956). `balance` is null where there is no triangle. Ties of sign 0 are left out.
    """
    rows = []
    for period, ties in _by_period(network(desk, filters, by), by):
        graph = nx.Graph()
        for tie in ties:
            if tie["sign"]:
                graph.add_edge(tie["one"], tie["other"], sign=tie["sign"])
        signs = [_signs(graph, three) for three in _triangles(graph)]
        balanced = sum(sign > 0 for sign in signs)
        edges = [sign for _, _, sign in graph.edges(data="sign")]
        rows.append(
            {
                "period": period,
                "states": graph.number_of_nodes(),
                "ties": len(edges),
                "positive": sum(sign > 0 for sign in edges),
                "negative": sum(sign < 0 for sign in edges),
                "triangles": len(signs),
                "balanced": balanced,
                "balance": round(balanced / len(signs), 4) if signs else None,
            }
        )
    return pa.Table.from_pylist(rows, schema=BALANCE)


def _by_period(table: pa.Table, by: str | None) -> list[tuple[str | None, list[dict[str, Any]]]]:
    found: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        found[row[by] if by else None].append(row)
    return sorted(found.items(), key=lambda item: item[0] or "9999")


def _bloc(
    period: str | None, number: int, group: list[str], ties: list[dict[str, Any]]
) -> dict[str, Any]:
    members = set(group)
    sides = [(tie["events"], (tie["one"] in members) + (tie["other"] in members)) for tie in ties]
    return {
        "period": period,
        "bloc": number,
        "states": group,
        "events_within": sum(events for events, inside in sides if inside == 2),
        "events_between": sum(events for events, inside in sides if inside == 1),
    }


def _triangles(graph: Any) -> list[tuple[str, str, str]]:  # networkx publishes no types
    """Each three states that are all tied, once."""
    return [
        (one, other, third)
        for one in sorted(graph)
        for other, third in combinations(sorted(n for n in graph[one] if n > one), 2)
        if graph.has_edge(other, third)
    ]


def _signs(graph: Any, three: tuple[str, str, str]) -> int:
    product = 1
    for one, other in combinations(three, 2):
        product *= graph[one][other]["sign"]
    return product
