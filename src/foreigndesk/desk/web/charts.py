"""Charts as Vega-Lite, made by Altair; the browser draws them with the bundled Vega.

Each chart has an address of its own, with the filters of its page in it: `/chart/NAME.vl.json` is
the specification with its data, `.csv` the data; with the extra `charts` also `.svg` and `.png`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import msgspec

from foreigndesk.analysis import series
from foreigndesk.desk.web import words
from foreigndesk.desk.web.asked import Asked, link
from foreigndesk.desk.web.networks import network_spec, ties

Spec = dict[str, Any]
Rows = list[dict[str, Any]]
WORLD = "/static/vendor/countries-110m.json"
FILTERS = ("actor", "dyad", "event_type", "since", "until", "text", "as_of", "standing", "status",
           "place", "country", "outlet", "mode", "context")  # fmt: skip
COLOURS = ("#4a90c2", "#1f5f8b", "#e08a4f", "#b5421c")
"""Of quad class 1 to 4: blue for cooperation, orange for conflict, the material ones darker."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a page shows it: where its specification stands, and in which forms it can be
    had."""

    name: str
    title: str
    spec: str
    csv: str
    svg: str | None
    png: str | None
    query: str


def chart(
    asked: Asked, name: str, title: str, allowed: Sequence[str] = FILTERS, **more: str
) -> Chart:
    """The chart of a page, with the filters of the page's address."""
    given = {k: v for k, v in asked.given.items() if k in allowed} | more
    return Chart(
        name,
        title,
        link(f"/chart/{name}.vl.json", **given),
        link(f"/chart/{name}.csv", **given),
        link(f"/chart/{name}.svg", **given) if drawn_here() else None,
        link(f"/chart/{name}.png", **given) if drawn_here() else None,
        link(f"/chart/{name}.vl.json", **given),
    )


def drawn_here() -> bool:
    """Whether charts can be drawn without a browser."""
    return find_spec("vl_convert") is not None


def rows_of(asked: Asked, name: str) -> Rows:
    """The data of a chart, for `.csv`."""
    rows: Rows = CHARTS[name][0](asked)
    return rows


def spec_of(asked: Asked, name: str) -> Spec:
    """The specification of a chart, its data in it."""
    rows, make = CHARTS[name]
    return make(rows(asked), asked)


def drawn(spec: Spec, form: Literal["svg", "png"]) -> bytes:
    """A chart as a picture. The world's shapes are put into the specification first."""
    import vl_convert

    whole = _with_world(spec)
    if "vega-lite" in whole["$schema"]:
        made = vl_convert.vegalite_to_svg(whole) if form == "svg" else vl_convert.vegalite_to_png(
            whole, scale=2.0
        )  # fmt: skip
    else:
        made = (
            vl_convert.vega_to_svg(whole)
            if form == "svg"
            else vl_convert.vega_to_png(whole, scale=2.0)
        )
    return made.encode() if isinstance(made, str) else made


def _with_world(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("url") == WORLD:
            file = Path(__file__).parent / "static" / "vendor" / Path(WORLD).name
            rest = {k: v for k, v in value.items() if k != "url"}
            return rest | {"values": msgspec.json.decode(file.read_bytes())}
        return {k: _with_world(v) for k, v in value.items()}
    return [_with_world(v) for v in value] if isinstance(value, list) else value


def _months(asked: Asked) -> Rows:
    """Events by month and quad class; conflict counts downwards."""
    rows = []
    for row in series.by_month(asked.desk, asked.filters(*FILTERS)).to_pylist():
        month = row["month"]
        for quad in (1, 2, 3, 4):
            count = row[f"quad{quad}"]
            shown = {"month": month, "class": words.QUADS[quad], "events": count}
            more = {"signed": count if quad <= 2 else -count, "rank": quad}
            address = link("/events", **(_given(asked) | {"since": month, "until": month}))
            if count:
                rows.append(shown | more | {"mean": row["mean_intensity"], "href": address})
    return rows


def _given(asked: Asked) -> dict[str, str]:
    return {k: v for k, v in asked.given.items() if k in FILTERS}


def _timeline(rows: Rows, asked: Asked) -> Spec:
    """Bars by month: cooperation upwards, conflict downwards."""
    import altair as alt

    scale = alt.Scale(domain=list(words.QUADS.values()), range=list(COLOURS))
    legend = alt.Legend(title=None, orient="top", columns=2)
    bars = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("month:T", timeUnit="utcyearmonth", title=None,
                    axis=alt.Axis(labelOverlap="greedy", tickCount=12)),
            y=alt.Y("signed:Q", title="conflict ↓   events   ↑ cooperation",
                    axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1)),
            color=alt.Color("class:N", scale=scale, legend=legend),
            order=alt.Order("rank:Q"),
            href="href:N",
            tooltip=[alt.Tooltip("month:N"), alt.Tooltip("class:N"), alt.Tooltip("events:Q")],
        )
        .properties(width="container", height=200, description="Events by month and quad class")
    )  # fmt: skip
    return _plain(bars)


def _intensity(rows: Rows, asked: Asked) -> Spec:
    """The mean intensity of each month, a point for each."""
    import altair as alt

    line = (
        alt.Chart(_data(rows))
        .mark_line(
            point=alt.OverlayMarkDef(size=70), interpolate="linear", strokeWidth=1, color="#5b4a8a"
        )
        .encode(
            x=alt.X(
                "month:T",
                timeUnit="utcyearmonth",
                title=None,
                axis=alt.Axis(labelOverlap="greedy", tickCount=12),
            ),
            y=alt.Y("mean_intensity:Q", title="mean intensity (−10 to 10)"),
            href="href:N",
            tooltip=[
                alt.Tooltip("month:N"),
                alt.Tooltip("mean_intensity:Q", format=".1f"),
                alt.Tooltip("events:Q"),
            ],
        )
        .properties(width="container", height=140, description="Mean intensity by month")
    )
    return _plain(line)


def _means(asked: Asked) -> Rows:
    filters = asked.filters(*FILTERS)
    given = _given(asked)
    return [
        row | {"href": link("/events", **(given | {"since": row["month"], "until": row["month"]}))}
        for row in series.by_month(asked.desk, filters).to_pylist()
    ]


def _places(asked: Asked) -> Rows:
    given = {k: v for k, v in _given(asked).items() if k != "place"}
    rows: Rows = series.places(asked.desk, asked.filters(*FILTERS)).to_pylist()
    for row in rows:
        row["cooperation"] = row["quad1"] + row["quad2"]
        row["conflict"] = row["quad3"] + row["quad4"]
        row["mostly"] = "cooperation" if row["cooperation"] >= row["conflict"] else "conflict"
        row["href"] = link("/events", **(given | {"place": row["place"]}))
    return rows


def _map(rows: Rows, asked: Asked) -> Spec:
    """The world with a sign at each place: a circle for cooperation, a square for conflict."""
    import altair as alt

    kinds = ["cooperation", "conflict"]
    world = alt.UrlData(url=WORLD, format=alt.TopoDataFormat(type="topojson", feature="countries"))
    land = alt.Chart(world).mark_geoshape(fill="#8884", stroke="#8888", strokeWidth=0.5, aria=False)
    signs = (
        alt.Chart(_data(rows))
        .mark_point(filled=True, opacity=0.8, stroke="#fff", strokeWidth=0.5)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size(
                "events:Q",
                scale=alt.Scale(range=[40, 900], domainMin=1),
                legend=alt.Legend(tickCount=3),
            ),
            shape=alt.Shape(
                "mostly:N",
                scale=alt.Scale(domain=kinds, range=["circle", "square"]),
                legend=alt.Legend(title="mostly"),
            ),
            color=alt.Color(
                "mostly:N", scale=alt.Scale(domain=kinds, range=[COLOURS[1], COLOURS[3]])
            ),
            href="href:N",
            tooltip=[alt.Tooltip(f"{n}:N") for n in ("place", "events", *kinds)],
        )
    )
    both = alt.layer(land, signs).project(type="naturalEarth1")
    shown = both.properties(width="container", height=460, description="Events by place")
    return _plain(shown.configure_legend(orient="bottom"))


def _data(rows: Rows) -> Any:
    """Rows as a chart's own data."""
    import altair as alt

    return alt.InlineData(values=rows)


def _plain(made: Any) -> Spec:
    spec: Spec = made.configure_view(stroke=None).to_dict()
    spec["background"] = None
    return spec


CHARTS: dict[str, tuple[Callable[[Asked], Rows], Callable[[Rows, Asked], Spec]]] = {
    "timeline": (_months, _timeline),
    "intensity": (_means, _intensity),
    "map": (_places, _map),
    "network": (ties, network_spec),
}
"""Each chart by name: its data, and its specification of them."""
