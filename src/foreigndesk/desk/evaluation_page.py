"""An evaluation as one page of HTML that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby

import jinja2

from foreigndesk.desk.evaluation_text import method, says, title_of
from foreigndesk.measure.accuracy import OVERALL, Accuracy, Confusion, Figure
from foreigndesk.measure.intervals import Estimate
from foreigndesk.model import EventType

CHARTED = (OVERALL, "stratum", "quad class", "event type", "status", "confidence")
"""The groups that have a chart; all have a table."""
FIRST = ("details", "stance", *CHARTED)
"""The groups that come before the errors; the others are many rows."""
MEASURES = ("precision", "recall", "F1")
WIDTH, LABEL, BAR, GAP, ROW, HEAD = 960, 210, 230, 20, 24, 26
"""Sizes in a chart, in units of its own: all, a row's name, a bar of share 1, and so on."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart with its interval, in the chart's units."""

    x: float
    y: float
    width: float
    low: float | None
    high: float | None
    says: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the heat map: how often, and its share of the row's events in per cent."""

    count: int
    share: int
    same: bool


def page(found: Accuracy, worst: int) -> str:
    """The page of an evaluation with `worst` wrong and `worst` missed cases."""
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.globals.update(
        bars=bars, measures=measures, title=title_of, sizes=_SIZES, charted=CHARTED, counted=counted
    )
    environment.filters["share"] = share
    text = (files("foreigndesk.desk") / "evaluation_page.html").read_text("utf-8")
    wrong = [case for case in found.cases if case.kind != "missed"]
    missed = [case for case in found.cases if case.kind == "missed"]
    return environment.from_string(text).render(
        found=found,
        says=says(found),
        method=method(found),
        groups=[(name, list(rows)) for name, rows in groupby(found.figures, lambda f: f.group)],
        first=FIRST,
        heat=heat(found.confusion),
        cases=(("Confident and wrong", wrong, worst), ("Missed", missed, worst)),
        version=version("foreigndesk"),
    )


_SIZES = {"width": WIDTH, "label": LABEL, "bar": BAR, "gap": GAP, "row": ROW, "head": HEAD}


def measures(rows: Sequence[Figure]) -> tuple[str, ...]:
    """What is known of these rows: precision alone, or recall and F1 too."""
    return MEASURES if any(row.f1.value is not None for row in rows) else MEASURES[:1]


def counted(rows: Sequence[Figure]) -> bool:
    """Whether it is known of these rows how many events the gold has."""
    return any(row.asked is not None for row in rows)


def bars(rows: Sequence[Figure]) -> Iterator[Bar]:
    """The bars of a chart, a row for each figure."""
    for at, row in enumerate(rows):
        told = dict(zip(MEASURES, (row.precision, row.recall, row.f1), strict=True))
        for place, name in enumerate(measures(rows)):
            estimate, x = told[name], LABEL + place * (BAR + GAP)
            if estimate.value is None:
                continue
            low, high = estimate.low, estimate.high
            yield Bar(
                x=x,
                y=HEAD + at * ROW,
                width=round(BAR * estimate.value, 1),
                low=None if low is None else round(x + BAR * low, 1),
                high=None if high is None else round(x + BAR * high, 1),
                says=f"{row.name}: {name} {share(estimate)}",
            )


def share(estimate: Estimate) -> str:
    """A share with its interval in words: "0.83 (0.79 to 0.86)"; "" where it is not known."""
    if estimate.value is None:
        return ""
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def heat(found: Sequence[Confusion]) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """The heat map of confusions: the columns' types, and each row with its cells."""
    order = [*EventType, None]
    counts = {(each.gold, each.found): each.count for each in found}
    golds = [name for name in order if any(gold == name for gold, _ in counts)]
    columns = [name for name in order if any(got == name for _, got in counts)]
    rows = []
    for gold in golds:
        whole = sum(count for (name, _), count in counts.items() if name == gold)
        numbers = [(counts.get((gold, got), 0), gold == got) for got in columns]
        cells = [Cell(count, round(100 * count / whole), same) for count, same in numbers]
        rows.append((gold or "no event", cells))
    return [name or "not found" for name in columns], rows
