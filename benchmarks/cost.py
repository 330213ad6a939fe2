"""What a million articles cost, by what the other parts measured."""

from __future__ import annotations

from benchmarks.asked import Asked, Found
from benchmarks.tabled import table

MILLION = 1_000_000


def measure(asked: Asked, done: Found) -> Found:
    """Hours and dollars for a million articles, from the parts `workers` and `memory`."""
    rows = [_row(row, asked.price) for row in done.get("workers", {}).get("rows", ())]
    sizes = done.get("memory", {}).get("rows", ())
    if sizes:
        rows.append(_row(max(sizes, key=lambda row: row["articles"]), asked.price))
    return {"rows": rows, "price": asked.price}


def _row(row: Found, price: float) -> Found:
    hours = MILLION / (row["articles"] / row["work"]) / 3600
    cost = hours * row["jobs"] * price
    return {"workers": row["jobs"], "of": row["articles"], "hours": hours, "usd": cost}


def tell(found: Found) -> list[str]:
    """The table with what it assumes."""
    if not found["rows"]:
        return ["Needs the parts `workers` or `memory`, which were not measured."]
    rows = [
        [f"{r['workers']}", f"{r['of']:,}", f"{r['hours']:.1f}", f"{r['usd']:.2f}"]
        for r in found["rows"]
    ]
    return [
        f"Extrapolated, not measured: a core costs {found['price']:.2f} USD an hour; a worker "
        "takes a core for the whole run; a million articles go at the speed of the pile in the "
        "second column, linking included. Linking a desk of a million articles takes a larger "
        "share than here (see memory, and `benchmarks/world.py`); piles with copies and furniture "
        "take other times (see throughput). The articles are composed ones of 250 to 600 words.",
        "",
        *table(["workers", "at the speed of a pile of", "hours", "USD"], rows),
    ]
