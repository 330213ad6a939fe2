"""The network of states: blocs by signed ties, and its drawing by Vega's force layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.words import dyad_link

Rows = list[dict[str, Any]]
PALETTE = ("#1f5f8b", "#b5421c", "#3f7d3a", "#7a4b9a", "#8a6d00", "#00796b", "#ad1457", "#5d4037")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""A bloc has a colour and a shape, so that neither is needed alone."""
ROUNDS = 50


def sign(row: Mapping[str, Any]) -> int:
    """The sign of a tie: that of its mean intensity."""
    mean = row["mean_intensity"]
    return (mean > 0) - (mean < 0)


def blocs(ties: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """States by bloc, blocs numbered from 1 by size: friends together, foes apart.

    A greedy search for few frustrated ties (Doreian and Mrvar 1996): each state in turn, by code,
    moves to the bloc in which the weights of its positive ties, less those of its negative ones,
    are greatest, until none moves. The result depends on nothing but the ties.
    """
    weights: dict[str, dict[str, float]] = {}
    for row in ties:
        weight = row["mean_intensity"] * row["events"] ** 0.5
        weights.setdefault(row["one"], {})[row["other"]] = weight
        weights.setdefault(row["other"], {})[row["one"]] = weight
    states = sorted(weights)
    member = {state: place for place, state in enumerate(states)}
    for _ in range(ROUNDS):
        if not any([_moved(state, weights[state], member) for state in states]):
            break
    return _numbered(member)


def _moved(state: str, near: Mapping[str, float], member: dict[str, int]) -> bool:
    """Move a state to the bloc that suits it best, if one suits it better than its own."""
    gains: dict[int, float] = {member[state]: 0.0}
    for other in sorted(near):
        gains[member[other]] = gains.get(member[other], 0.0) + near[other]
    best = max(gains, key=lambda bloc: (round(gains[bloc], 6), bloc == member[state], -bloc))
    moved = best != member[state] and gains[best] > gains[member[state]]
    if not moved and gains[member[state]] < 0:
        best, moved = max(member.values()) + 1, True
    member[state] = best
    return moved


def _numbered(member: Mapping[str, int]) -> dict[str, int]:
    groups: dict[int, list[str]] = {}
    for state in sorted(member):
        groups.setdefault(member[state], []).append(state)
    ranked = sorted(groups.values(), key=lambda states: (-len(states), states))
    return {state: place for place, states in enumerate(ranked, start=1) for state in states}


def nodes(ties: Rows) -> Rows:
    """The states of the ties with their events and bloc."""
    found = blocs(ties)
    events = {s: sum(r["events"] for r in ties if s in (r["one"], r["other"])) for s in found}
    return [
        {"code": s, "events": events[s], "bloc": f"bloc {found[s]}", "href": f"/actor/{quote(s)}"}
        for s in sorted(found)
    ]


def network_spec(rows: Rows, asked: Asked) -> dict[str, Any]:
    """The network as Vega: nodes by bloc, ties solid where positive, dashed where negative."""
    shown = nodes(rows)
    place = {node["code"]: number for number, node in enumerate(shown)}
    links = [
        row
        | {"source": place[row["one"]], "target": place[row["other"]], "sign": sign(row)}
        | {"href": dyad_link(row["one"], row["other"])}
        for row in rows
    ]
    domain = sorted({node["bloc"] for node in shown}, key=lambda name: int(name.split()[1]))
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "description": "States and their signed ties",
        "width": 720, "height": 460, "padding": 10, "autosize": "none",
        "data": [
            {"name": "nodes", "values": shown},
            {"name": "links", "values": links},
        ],
        "scales": [
            {"name": "colour", "type": "ordinal", "domain": domain, "range": list(PALETTE)},
            {"name": "shape", "type": "ordinal", "domain": domain, "range": list(SHAPES)},
            {"name": "size", "type": "sqrt", "range": [80, 900],
             "domain": [1, max((n["events"] for n in shown), default=1)]},
            {"name": "line", "type": "sqrt", "range": [1, 6],
             "domain": [1, max((r["events"] for r in rows), default=1)]},
        ],
        "legends": [{"fill": "colour", "shape": "shape", "orient": "top-left", "title": None}],
        "marks": [_nodes(), _links(), _names()],
    }  # fmt: skip


def _nodes() -> dict[str, Any]:
    forces = [
        {"force": "center", "x": {"signal": "width / 2"}, "y": {"signal": "height / 2"}},
        {"force": "collide", "radius": 22},
        {"force": "nbody", "strength": -160},
        {"force": "x", "x": {"signal": "width / 2"}, "strength": 0.05},
        {"force": "y", "y": {"signal": "height / 2"}, "strength": 0.09},
        {"force": "link", "links": "links", "distance": 80},
    ]
    return {
        "name": "states", "type": "symbol", "zindex": 1, "from": {"data": "nodes"},
        "encode": {"enter": {
            "fill": {"scale": "colour", "field": "bloc"},
            "shape": {"scale": "shape", "field": "bloc"},
            "size": {"scale": "size", "field": "events"},
            "stroke": {"value": "#fff"}, "cursor": {"value": "pointer"},
            "href": {"field": "href"},
            "tooltip": {"signal": "datum.code + ': ' + datum.events + ' events, ' + datum.bloc"},
        }},
        "transform": [
            {"type": "force", "iterations": 300, "static": True, "signal": "force",
             "forces": forces},
        ],
    }  # fmt: skip


def _links() -> dict[str, Any]:
    told = (
        "datum.one + ' and ' + datum.other + ': ' + datum.events + ' events, mean intensity ' "
        "+ format(datum.mean_intensity, '.1f')"
    )
    return {
        "type": "path", "from": {"data": "links"}, "interactive": True,
        "encode": {"enter": {
            "stroke": {"signal": f"datum.sign < 0 ? '{PALETTE[1]}' : '{PALETTE[0]}'"},
            "strokeDash": {"signal": "datum.sign < 0 ? [5, 4] : [1, 0]"},
            "strokeWidth": {"scale": "line", "field": "events"},
            "strokeOpacity": {"value": 0.65}, "cursor": {"value": "pointer"},
            "href": {"field": "href"}, "tooltip": {"signal": told},
        }},
        "transform": [
            {"type": "linkpath", "require": {"signal": "force"}, "shape": "line",
             "sourceX": "datum.source.x", "sourceY": "datum.source.y",
             "targetX": "datum.target.x", "targetY": "datum.target.y"},
        ],
    }  # fmt: skip


def _names() -> dict[str, Any]:
    return {
        "type": "text", "zindex": 2, "interactive": False, "from": {"data": "states"},
        "encode": {"enter": {
            "x": {"field": "x"}, "y": {"field": "y", "offset": -14}, "align": {"value": "center"},
            "text": {"field": "datum.code"}, "fontSize": {"value": 11},
            "fontWeight": {"value": "bold"}, "fill": {"signal": "ink"},
        }},
    }  # fmt: skip
