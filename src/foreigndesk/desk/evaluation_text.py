"""An evaluation on a terminal: tables of figures, confusions, and the worst cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

import click
import msgspec

from foreigndesk.desk.parts import labelled, print_part
from foreigndesk.desk.tables import Column, rendered, shorten, width
from foreigndesk.measure.accuracy import CONFIDENCE, DETAIL, OVERALL, Accuracy, Confusion, Figure
from foreigndesk.measure.intervals import LEAST, Estimate
from foreigndesk.measure.worst import Case
from foreigndesk.model import EventType

T = TypeVar("T")
MANY = 12
"""Rows of a group that are printed; JSON and the page have all."""
NOT_KNOWN = "·"
_SAYS = {
    "gold": "The gold against what was coded",
    "judgements": "What was judged in review",
    "sample": "A judged sample of the pile",
}


def print_accuracy(found: Accuracy, as_json: bool, worst: int) -> None:
    """Print an evaluation, `worst` wrong and `worst` missed cases of it; as JSON all of it."""
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    print_part((says(found), "head"))
    for note in found.notes:
        print_part((note, "line"))
    print_part((method(found), "line"))
    for group, rows in groupby(found.figures, key=lambda figure: figure.group):
        _table(group, list(rows))
    _confusions(found.confusion)
    _cases(found, worst)


def progressing(things: Sequence[T], what: str) -> Iterator[T]:
    """The things, with a bar on a terminal's standard error; nothing in a pipe."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(things, what, console=console, transient=True, disable=not console.is_terminal)


def says(found: Accuracy) -> str:
    """What it is, in a line."""
    texts = ("text" if found.basis == "gold" else "article") + "s" * (found.texts != 1)
    return f"{_SAYS[found.basis]}: {found.texts:,} {texts}, task {found.task}"


def method(found: Accuracy) -> str:
    """How the intervals were made, in a line."""
    options = found.options
    level = (
        f"{options.level:.0%}"
        if round(options.level * 100) == options.level * 100
        else (f"{options.level:.1%}")
    )
    if found.basis == "sample":
        return f"Intervals: {level}, Wilson's, weighted by the parts of the pile."
    what = "texts" if found.basis == "gold" else "articles"
    return (
        f"Intervals: {level}, percentile bootstrap over {what}, {options.resamples:,} resamples, "
        f"seed {options.seed}; Wilson's where all is right or all is wrong, else none under "
        f"{LEAST} {what}."
    )


def _table(group: str, rows: list[Figure]) -> None:
    print_part(("", "text"))
    print_part((title_of(group), "head"))
    shown, left = rows, 0
    if len(rows) > MANY and group not in (OVERALL, CONFIDENCE, "event type"):
        kept = sorted(rows, key=lambda f: -max(f.asked or 0, f.given))[:MANY]
        shown, left = [row for row in rows if row in kept], len(rows) - MANY
    grid = [{"figure": row} for row in shown]
    click.echo(rendered(grid, list(_columns(rows)), width()), nl=False)
    if left:
        print_part((f"and {left:,} rarer ones (--json has all)", "dim"))


def title_of(group: str) -> str:
    """The heading of a group of figures."""
    if group == OVERALL:
        return "Overall"
    return "Details, of events whose side or trigger is right" if group == DETAIL else f"By {group}"


def _columns(rows: list[Figure]) -> Iterator[Column]:
    yield Column("", lambda row: row["figure"].name, flexible=True)
    if any(row.pile is not None for row in rows):
        yield Column("pile", lambda row: _count(row["figure"].pile), right=True)
    if any(row.asked is not None for row in rows):
        yield Column("gold", lambda row: _count(row["figure"].asked), right=True)
    yield Column("found", lambda row: _count(row["figure"].given), right=True)
    yield Column("right", lambda row: _count(row["figure"].right), right=True)
    yield Column("precision", lambda row: share(row["figure"].precision), right=True)
    if any(row.recall.value is not None for row in rows):
        yield Column("recall", lambda row: share(row["figure"].recall), right=True)
        yield Column("F1", lambda row: share(row["figure"].f1), right=True)


def _count(value: int | None) -> str:
    return NOT_KNOWN if value is None else f"{value:,}"


def share(estimate: Estimate) -> str:
    """A share with its interval: ".83 .79-.86"; a dot where it is not known."""
    if estimate.value is None:
        return NOT_KNOWN
    if estimate.low is None or estimate.high is None:
        return f"{_short(estimate.value)}  {NOT_KNOWN}     "
    return f"{_short(estimate.value)} {_short(estimate.low)}-{_short(estimate.high)}"


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0").rjust(3) if value < 0.995 else "1.0"


def _confusions(found: tuple[Confusion, ...]) -> None:
    """The confusion table of types, a row for each of the gold's, heads cut to three letters."""
    if not found:
        return
    counts = {(each.gold, each.found): each.count for each in found}
    golds, founds = ([t for t in (*EventType, None) if any(p[at] == t for p in counts)]
                     for at in (0, 1))  # fmt: skip
    print_part(("", "text"))
    print_part(("Event types: gold down, found across (last: nothing)", "head"))
    click.echo(" " * 10 + "".join(f"{_HEADS.get(str(t), '-'):>4}" for t in founds))
    for gold in golds:
        cells = (str(counts.get((gold, got), "") or "") for got in founds)
        click.echo(f"{gold or 'no event':<10}" + "".join(f"{cell:>4}" for cell in cells))
    other = [c for c in found if c.gold != c.found and c.gold and c.found]
    for each in sorted(other, key=lambda c: (-c.count, c.gold or "", c.found or ""))[:MANY]:
        print_part((f"{each.count:>4}  {each.gold} coded as {each.found}", "line"))


_HEADS = {kind.value: kind.value[:3] for kind in EventType} | {
    "CONSULT": "CNS",
    "CONCEDE": "CNC",
    "COOPERATE": "COP",
    "COERCE": "COE",
}


def _cases(found: Accuracy, worst: int) -> None:
    wrong = [case for case in found.cases if case.kind != "missed"]
    missed = [case for case in found.cases if case.kind == "missed"]
    for title, cases in (("Confident and wrong", wrong), ("Missed", missed)):
        if cases and worst:
            print_part(("", "text"))
            print_part((f"{title} ({min(worst, len(cases)):,} of {len(cases):,})", "head"))
            for case in cases[:worst]:
                _case(case)


def _case(case: Case) -> None:
    sure = "" if case.confidence is None else f"  {case.confidence:.2f} sure"
    print_part((f"{case.text_id}  {', '.join(case.differs)}{sure}", "line"))
    print_part((shorten(case.evidence, 400), "dim"))
    print_part(labelled("gold", case.gold or "no such event"))
    print_part(labelled("found", case.found or "nothing"))
    if case.rule:
        print_part(labelled("rule", case.rule))
