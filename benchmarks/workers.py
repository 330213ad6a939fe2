"""`read` with more and more workers."""

from __future__ import annotations

import shutil
from typing import Any

import altair as alt

from benchmarks.asked import Asked, Found
from benchmarks.fresh import Run, run
from benchmarks.piles import Pile
from benchmarks.tabled import chart_of, megabytes, table


def measure(asked: Asked) -> Found:
    """The best of two runs (one, if one is asked for) for each number of workers."""
    pile = asked.unique(asked.crowd)
    rows = []
    for jobs in asked.jobs():
        turns = [crowd(asked, pile, jobs) for _ in range(min(asked.repeat, 2))]
        rows.append(min(turns, key=lambda turn: turn["work"]))
        asked.tell(f"workers, {jobs}: {rows[-1]['work']:.1f} s")
    return {"rows": rows}


def crowd(asked: Asked, pile: Pile, jobs: int) -> Found:
    """One run of `read` with so many workers, with the peaks of its processes in MB."""
    desk = asked.desk()
    done = run("read_with", paths=pile.paths, desk=desk, jobs=jobs)
    shutil.rmtree(desk)
    return done.found | {"jobs": jobs, "main": done.peak} | _peaks(done)


def _peaks(done: Run) -> Found:
    """The largest worker, and the largest process begun after coding (to link), None if none."""
    ended = done.found["coded_at"]
    coding = [child.peak for child in done.children if child.since < ended]
    linking = [child.peak for child in done.children if child.since >= ended]
    return {"worker": max(coding, default=None), "linker": max(linking, default=None)}


def tell(found: Found) -> list[str]:
    """The table."""
    first = found["rows"][0]
    rows = [
        [
            f"{row['jobs']}",
            f"{row['work']:.1f}",
            f"{row['cpu']:.1f}",
            f"{row['articles'] / row['work']:.1f}",
            f"{first['work'] / row['work']:.2f}",
            f"{(row['look'] + row['finish']) / row['work']:.0%}",
            megabytes(row["main"]),
            megabytes(row["worker"]) if row["worker"] else "none",
        ]
        for row in found["rows"]
    ]
    head = ["workers", "wall s", "cpu s", "articles/s", "speed-up", "alone", "main MB", "worker MB"]
    return [
        f"{first['articles']:,} unique articles, from start to end, the loading of the models in "
        "each worker included; one worker is the main process itself. Processor seconds are those "
        "of all processes. Alone: the share of the time in which the main process makes its first "
        "pass, joins copies and links, while no worker codes.",
        "",
        *table(head, rows),
    ]


def draw(found: Found) -> Any:
    """Articles a second by workers."""
    rows = [{"workers": r["jobs"], "rate": r["articles"] / r["work"]} for r in found["rows"]]
    return (
        chart_of(rows)
        .mark_line(point=True)
        .encode(
            x=alt.X("workers:O", title="workers"),
            y=alt.Y("rate:Q", title="articles a second"),
        )
        .properties(width=420, height=240)
    )
