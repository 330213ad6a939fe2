"""What two codings of one article differ in, report by report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from foreigndesk.model import Mention, Report

_APART = ("report_id", "event_id")


class Kind(StrEnum):
    """What became of a report."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a report with its value before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A report that a new coding has added, has no more, or tells otherwise (`changes`)."""

    kind: Kind
    before: Report | None
    after: Report | None
    changes: tuple[FieldChange, ...] = ()

    @property
    def report(self) -> Report:
        """The report as it is now, or as it was if it is gone."""
        found = self.after or self.before
        assert found is not None, "a difference is of at least one report"
        return found


def compare(before: Sequence[Report], after: Sequence[Report]) -> list[Difference]:
    """The differences of an article's reports, in the order of their triggers.

    Reports are paired by id, then by trigger (an id holds the entry that decided): of several on
    one trigger those of one type, then those with a side in common.
    """
    pairs = list(_paired(before, after))
    old = {id(one) for one, _ in pairs}
    new = {id(other) for _, other in pairs}
    found = [Difference(Kind.GONE, one, None) for one in before if id(one) not in old]
    found += [Difference(Kind.ADDED, None, one) for one in after if id(one) not in new]
    for one, other in pairs:
        changes = tuple(_changes(one, other))
        if changes:
            found.append(Difference(Kind.CHANGED, one, other, changes))
    return sorted(found, key=lambda d: (d.report.trigger.start, d.kind, d.report.report_id))


def who(mentions: Iterable[Mention]) -> frozenset[str]:
    """Who these mentions are of: by id, else by name, else by their words."""
    return frozenset(m.actor_id or m.name or m.text for m in mentions)


def _paired(before: Sequence[Report], after: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    named = {report.report_id: report for report in after}
    left, taken = [], set()
    for report in before:
        same = named.get(report.report_id)
        if same is None:
            left.append(report)
        else:
            taken.add(report.report_id)
            yield report, same
    free = [report for report in after if report.report_id not in taken]
    options = [(_likeness(one, other), one, other) for one in left for other in free]
    done: set[str] = set()
    for likeness, one, other in sorted(options, key=_rank):
        if likeness and one.report_id not in done and other.report_id not in done:
            done |= {one.report_id, other.report_id}
            yield one, other


def _rank(option: tuple[int, Report, Report]) -> tuple[int, str, str]:
    return -option[0], option[1].report_id, option[2].report_id


def _likeness(one: Report, other: Report) -> int:
    """How well two reports may be the same statement; 0: they are on other words."""
    if one.trigger.start != other.trigger.start:
        return 0
    sides = bool(who(one.actor) & who(other.actor)) + bool(
        who(one.recipient) & who(other.recipient)
    )
    return 1 + 4 * (one.event_type is other.event_type) + sides


def _changes(one: Report, other: Report) -> Iterator[FieldChange]:
    for field in fields(Report):
        before, after = getattr(one, field.name), getattr(other, field.name)
        if field.name not in _APART and before != after:
            yield FieldChange(field.name, before, after)
