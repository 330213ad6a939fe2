"""The network of states and its drawing by Vega's force layout."""

from __future__ import annotations

from typing import Any

from foreigndesk.analysis.blocs import blocs
from foreigndesk.analysis.network import network
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.words import actor_link, dyad_link

Rows = list[dict[str, Any]]
PALETTE = ("#1f5f8b", "#b5421c", "#3f7d3a", "#7a4b9a", "#8a6d00", "#00796b", "#ad1457", "#5d4037")
FRIENDS, FOES = "#4a90c2", "#d9622b"
"""Of ties; they can be told on light and on dark, and by their dashes."""
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""A bloc has a colour and a shape, so that neither is needed alone."""
ALONE = "no bloc"
WIDTH = "isFinite(containerSize()[0]) ? containerSize()[0] - 20 : 720"
"""Of the drawing, as Vega works it out: the page's, less a margin."""
PERIOD = ("since", "until", "event_type", "text", "as_of", "standing")


def ties(asked: Asked) -> Rows:
    """The ties between states that are shown: those of most events."""
    limit = asked.number("ties", 80, 1, 400)
    filters = asked.filters(*PERIOD)
    rows: Rows = asked.remembered(
        ("network", filters), lambda: network(asked.desk, filters).to_pylist()
    )
    return sorted(rows, key=lambda row: (-row["events"], row["one"], row["other"]))[:limit]


def groups(asked: Asked) -> Rows:
    """The blocs of the period, the largest first."""
    filters = asked.filters(*PERIOD)
    rows: Rows = asked.remembered(
        ("blocs", filters), lambda: blocs(asked.desk, filters).to_pylist()
    )
    return rows


def nodes(shown: Rows, asked: Asked) -> Rows:
    """The states of the ties with their events and bloc."""
    found = {state: row["bloc"] for row in groups(asked) for state in row["states"]}
    states = sorted({state for row in shown for state in (row["one"], row["other"])})
    return [
        {
            "code": state,
            "events": sum(row["events"] for row in shown if state in (row["one"], row["other"])),
            "bloc": f"bloc {found[state]}" if state in found else ALONE,
            "href": actor_link(state),
        }
        for state in states
    ]


def network_spec(rows: Rows, asked: Asked) -> dict[str, Any]:
    """The network as Vega: nodes by bloc, ties solid where positive, dashed where negative."""
    shown = nodes(rows, asked)
    place = {node["code"]: number for number, node in enumerate(shown)}
    links = [
        row
        | {"source": place[row["one"]], "target": place[row["other"]]}
        | {"href": dyad_link(row["one"], row["other"])}
        for row in rows
    ]
    domain = sorted({node["bloc"] for node in shown}, key=_rank)
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "description": "States and their signed ties",
        "height": 480, "padding": 8, "autosize": "none",
        "signals": [
            {"name": "ink", "value": "#1c1f23"},
            {"name": "width", "init": WIDTH},
        ],
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


def _rank(bloc: str) -> tuple[bool, int, str]:
    """Blocs by their number, those without one last."""
    return bloc == ALONE, len(bloc), bloc


def _nodes() -> dict[str, Any]:
    forces = [
        {"force": "center", "x": {"signal": "width / 2"}, "y": {"signal": "height / 2"}},
        {"force": "collide", "radius": 22},
        {"force": "nbody", "strength": -160},
        {"force": "x", "x": "xfocus", "strength": 0.05},
        {"force": "y", "y": "yfocus", "strength": 0.09},
        {"force": "link", "links": "links", "distance": 80},
    ]
    told = "datum.code + ': ' + datum.events + ' events, ' + datum.bloc"
    return {
        "name": "states", "type": "symbol", "description": "states", "zindex": 1,
        "from": {"data": "nodes"},
        "encode": {"enter": {
            "fill": {"scale": "colour", "field": "bloc"},
            "shape": {"scale": "shape", "field": "bloc"},
            "size": {"scale": "size", "field": "events"},
            "stroke": {"value": "#fff"}, "cursor": {"value": "pointer"},
            "href": {"field": "href"},
            "xfocus": {"signal": "width / 2"}, "yfocus": {"signal": "height / 2"},
            "tooltip": {"signal": told}, "description": {"signal": told},
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
        "type": "path", "description": "ties", "from": {"data": "links"}, "interactive": True,
        "encode": {"enter": {
            "stroke": {"signal": f"datum.sign < 0 ? '{FOES}' : '{FRIENDS}'"},
            "strokeDash": {"signal": "datum.sign < 0 ? [5, 4] : [1, 0]"},
            "strokeWidth": {"scale": "line", "field": "events"},
            "strokeOpacity": {"value": 0.65}, "cursor": {"value": "pointer"},
            "href": {"field": "href"},
            "tooltip": {"signal": told}, "description": {"signal": told},
        }},
        "transform": [
            {"type": "linkpath", "require": {"signal": "force"}, "shape": "line",
             "sourceX": "datum.source.x", "sourceY": "datum.source.y",
             "targetX": "datum.target.x", "targetY": "datum.target.y"},
        ],
    }  # fmt: skip


def _names() -> dict[str, Any]:
    return {
        "type": "text", "zindex": 2, "interactive": False, "aria": False,
        "from": {"data": "states"},
        "encode": {"enter": {
            "x": {"field": "x"}, "y": {"field": "y", "offset": -14}, "align": {"value": "center"},
            "text": {"field": "datum.code"}, "fontSize": {"value": 11},
            "fontWeight": {"value": "bold"}, "fill": {"signal": "ink"},
        }},
    }  # fmt: skip
