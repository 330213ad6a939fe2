"""How far a run is, on standard error: a line that renews itself on a terminal, else a line now
and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from foreigndesk.engine.run import Summary

EVERY = 15.0
"""Seconds between two lines where there is no terminal."""


class Bar:
    """Progress of a reading run, shown from entry to exit. `now` tells seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._said = now()
        self._first: tuple[float, int] | None = None

    def __enter__(self) -> Bar:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._terminal = console.is_terminal
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not self._terminal
        )
        self._task = self._progress.add_task("looking through the pages", total=None)
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def show(self, summary: Summary) -> None:
        """Show how far the run is."""
        now = self._now()
        if self._terminal:
            self._progress.update(self._task, description=told(summary, self._rate(summary, now)))
        elif now - self._said >= EVERY:
            self._said = now
            click.echo(told(summary, self._rate(summary, now)), err=True)
        else:
            self._rate(summary, now)

    def _rate(self, summary: Summary, now: float) -> float | None:
        """Documents a second since the first were done (by then the models are loaded)."""
        if not summary.articles:
            return None
        if self._first is None:
            self._first = (now, summary.done)
        since, before = self._first
        return (summary.done - before) / (now - since) if now - since > 1 else None


def told(summary: Summary, rate: float | None) -> str:
    """How far a run is, at so many documents a second: what is done, the rate, the time left."""
    if not summary.done:
        found = summary.documents
        return f"looking through the pages: {found:,}" if found else "loading the models"
    of = f" of {summary.documents:,}" if summary.documents is not None else ""
    words = [f"{summary.done:,}{of} documents"]
    if rate:
        words.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:,.1f} a second")
    if summary.documents is not None and summary.done >= summary.documents:
        words.append("linking what they report")
    elif summary.documents is not None and rate:
        words.append(f"{_time((summary.documents - summary.done) / rate)} left")
    return f"{', '.join(words)}; {summary.articles:,} articles, {summary.reports:,} reports"


def _time(seconds: float) -> str:
    """A time in the two units that say most of it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
