"""Peak memory of the processes of `read` against the size of the pile."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt

from benchmarks.asked import Asked, Found
from benchmarks.fresh import TaskFailedError
from benchmarks.tabled import chart_of, megabytes, table
from benchmarks.workers import crowd

WHO = {"main": "main process", "worker": "largest worker", "linker": "largest linking process"}


def measure(asked: Asked) -> Found:
    """One run with all cores for each size."""
    rows = []
    for size in asked.sizes:
        try:
            rows.append(crowd(asked, asked.unique(size), asked.cores) | {"size": size})
        except TaskFailedError as error:
            asked.tell(f"memory, {size:,} articles: {error}")
            if not rows:
                raise
            break  # what was measured counts
        asked.tell(f"memory, {size:,} articles: main {megabytes(rows[-1]['main'])} MB")
    return {"rows": rows}


def tell(found: Found) -> list[str]:
    """The table, and how the memory grows."""
    rows = [
        [
            f"{row['size']:,}",
            f"{row['jobs']}",
            *(megabytes(row[who]) if row[who] else "none" for who in WHO),
            f"{row['work']:,.0f}",
            f"{row['articles'] / row['work']:.1f}",
            f"{row['finish'] / row['work']:.0%}",
        ]
        for row in found["rows"]
    ]
    head = ["articles", "workers", *(f"{name} MB" for name in WHO.values()), "wall s"]
    head += ["articles/s", "linking"]
    return [
        "Unique articles; the most memory that each process had at any time. Linking: its share "
        "of the time, with the joining of copies; a large desk is linked in processes of its own.",
        "",
        *table(head, rows),
        "",
        *(_growth(*pair) for pair in pairwise(found["rows"])),
    ]


def _growth(before: Found, after: Found) -> str:
    told = [
        f"{WHO[who]} {after[who] / before[who] - 1:+.0%}"
        for who in WHO
        if before[who] and after[who]
    ]
    return f"From {before['size']:,} to {after['size']:,} articles: {', '.join(told)}."


def draw(found: Found) -> Any:
    """Peaks by size."""
    rows = [
        {"articles": row["size"], "MB": row[who], "process": name}
        for row in found["rows"]
        for who, name in WHO.items()
        if row[who]
    ]
    return (
        chart_of(rows)
        .mark_line(point=True)
        .encode(
            x=alt.X("articles:Q", scale=alt.Scale(type="log"), title="articles in the pile"),
            y=alt.Y("MB:Q", title="peak memory, MB"),
            color=alt.Color("process:N", title=None),
        )
        .properties(width=420, height=240)
    )
