"""The pages of actors, pairs, the network and the map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foreigndesk.analysis import actors, browse, series
from foreigndesk.analysis.blocs import balance
from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask
from foreigndesk.desk.web import networks
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.charts import FILTERS, chart, rows_of
from foreigndesk.desk.web.networks import PERIOD

SHOWN = 20


def actor_list(asked: Asked) -> dict[str, Any]:
    """The actors' codes with the most events."""
    return {"actors": actors.frequent(asked.desk).to_pylist()}


def actor(asked: Asked) -> dict[str, Any]:
    """An actor: what it does and suffers, with whom, what it says, what it promised."""
    name = asked.names["id"]
    own = Filters(actor=name)
    found = browse.events(asked.desk, own, "newest", browse.Cut(SHOWN))
    names = actors.names_of(asked.desk, name) if found.total else []
    return {
        "actor": name,
        "names": names,
        "total": found.total,
        "types": actors.types_of(asked.desk, name).to_pylist(),
        "with": actors.counterparts(asked.desk, name).to_pylist(),
        "says": _says(asked, name),
        "events": found.rows,
        "_chart": chart(asked, "timeline", f"Events with {name} by month", (), actor=name),
        "_title": names[0] if names and len(name) > 3 else name,
    }


def _says(asked: Asked, name: str) -> list[dict[str, Any]]:
    """The newest claims of an actor."""
    sql = (
        "SELECT claim_id, event_id, event, stance, told, text AS evidence, speaker FROM claims "
        "WHERE list_contains(speaker_keys, ?) ORDER BY told DESC NULLS LAST, claim_id LIMIT 10"
    )
    rows: list[dict[str, Any]] = ask(asked.desk, sql, [name.casefold()]).to_pylist()
    return rows


def pair_list(asked: Asked) -> dict[str, Any]:
    """The pairs with the most events."""
    filters = asked.filters(*PERIOD)
    return {"pairs": series.pairs(asked.desk, filters, 200).to_pylist()}


def dyad(asked: Asked) -> dict[str, Any]:
    """Two actors: conflict and cooperation over time, and the events beneath."""
    one, other = asked.names["one"], asked.names["other"]
    named = {"dyad": f"{one}:{other}"}
    filters = replace(asked.filters(*PERIOD), **named)  # type: ignore[arg-type]
    found = browse.events(asked.desk, filters, "newest", asked.cut())
    return {
        "one": one,
        "other": other,
        "total": found.total,
        "months": series.by_month(asked.desk, filters).to_pylist(),
        "events": found.rows,
        "_charts": [
            chart(asked, "timeline", "Conflict and cooperation by month", PERIOD, **named),
            chart(asked, "intensity", "Mean intensity by month", PERIOD, **named),
        ],
        "_title": f"{one} and {other}",
    }


def network(asked: Asked) -> dict[str, Any]:
    """States and their signed ties in a period, and the blocs they form."""
    return {
        "ties": networks.ties(asked),
        "blocs": networks.groups(asked),
        "balance": balance(asked.desk, asked.filters(*PERIOD)).to_pylist(),
        "_chart": chart(asked, "network", "States and their signed ties", (*PERIOD, "ties")),
    }


def world(asked: Asked) -> dict[str, Any]:
    """Places with their events."""
    return {
        "places": [{k: v for k, v in row.items() if k != "href"} for row in rows_of(asked, "map")],
        "_chart": chart(asked, "map", "Events by place", FILTERS),
    }
