"""Where the time of `read` goes, by stage."""

from __future__ import annotations

import shutil
from typing import Any

import altair as alt

from benchmarks.asked import Asked, Found
from benchmarks.fresh import run
from benchmarks.tabled import chart_of, table
from benchmarks.watched import STAGES


def measure(asked: Asked) -> Found:
    """Seconds of the processor by stage in one process, for each pile."""
    found = []
    for pile in asked.piles():
        desk = asked.desk()
        done = run("stages", paths=pile.paths, desk=desk).found
        shutil.rmtree(desk)
        found.append(done | {"pile": pile.name})
        asked.tell(f"stages, {pile.name}: {sum(done['spent'].values()):.1f} s")
    return {"piles": found}


def tell(found: Found) -> list[str]:
    """Milliseconds an article and share, by stage."""
    head = ["stage"]
    for pile in found["piles"]:
        head += [f"{pile['pile']}, ms an article", "share"]
    rows = [[stage, *_cells(found["piles"], stage)] for stage in STAGES]
    whole = [cell for p in found["piles"] for cell in _cell(p, sum(p["spent"].values()))]
    return [
        "Processor time of one process; each second counts for one stage. `read` has both passes; "
        "`other` is what no stage claims.",
        "",
        *table(head, [*rows, ["all", *whole]]),
    ]


def _cells(piles: list[Found], stage: str) -> list[str]:
    return [cell for pile in piles for cell in _cell(pile, pile["spent"].get(stage, 0.0))]


def _cell(pile: Found, spent: float) -> list[str]:
    whole = sum(pile["spent"].values())
    return [f"{1000 * spent / max(pile['articles'], 1):.2f}", f"{spent / whole:.0%}"]


def draw(found: Found) -> Any:
    """A stacked bar for each pile."""
    rows = [
        {
            "pile": pile["pile"],
            "stage": stage,
            "order": n,
            "ms": 1000 * pile["spent"].get(stage, 0.0) / max(pile["articles"], 1),
        }
        for pile in found["piles"]
        for n, stage in enumerate(STAGES)
    ]
    return (
        chart_of(rows)
        .mark_bar()
        .encode(
            x=alt.X("ms:Q", title="milliseconds of the processor an article"),
            y=alt.Y("pile:N", title=None, sort=None),
            color=alt.Color(
                "stage:N", title=None, sort=list(STAGES), scale=alt.Scale(scheme="tableau20")
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=520, height=110)
    )
