"""Link again after reports have come or gone: only what they touch is judged anew.

Reports are placed and clusters joined in the same order as in link.py. A report keeps the place
that it had in the last ledger, unscored, if no block that it asks has changed since: no report has
come to it, gone from it or moved within it, and no cluster filed there has. A cluster's joining is
kept in the same way. So the result is that of linking all anew, by induction over the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from foreigndesk.ledger.blocks import asked_keys, block_keys
from foreigndesk.ledger.judgements import Decisions
from foreigndesk.ledger.link import PROBES, Cluster, Linker, in_order
from foreigndesk.ledger.views import View

Key = tuple[str, ...]


class Placed(NamedTuple):
    """Where a report stood: the founder of its cluster (None: in none) and why it joined it.

    `mark` is a hash of the report, its Story and its document: with another it is another report.
    `joined` and `because`: of a founder, that of the cluster which took its own in, and why.
    """

    mark: int
    founder: str | None
    why: str | None = None
    joined: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """The last ledger's places by report id (none: all is judged anew), and the ids of reports
    that must be judged anew."""

    places: Mapping[str, Placed] = field(default_factory=dict)
    again: Set[str] = frozenset()


def relink(
    views: Iterable[View], marks: Mapping[str, int], decisions: Decisions, before: Before
) -> Replay:
    """Place all reports; `marks` are theirs by id. Those judged wrong are left out."""
    replay = Replay(decisions, before, marks)
    for each in sorted(views, key=in_order):
        replay.place(each)
    replay.join()
    return replay


class Replay(Linker):
    """The clusters so far, and which of them are not what they were in the last ledger."""

    def __init__(self, decisions: Decisions, before: Before, marks: Mapping[str, int]) -> None:
        super().__init__(decisions)
        self.before = before
        self.marks = marks
        self.anew = not before.places
        self.changed: set[int] = set()
        self.touched: set[Key] = set()
        self.placed: dict[str, Placed] = {}
        self.scored = 0

    def place(self, each: View) -> None:
        """Put a report where it was if it may stay there, else where it fits best."""
        old = self.before.places.get(each.report_id)
        if each.report_id in self.decisions.wrong:
            self._moved(each, old)
        elif old is not None and self._stays(each, old):
            self._keep(each, old)
        else:
            self._anew(each, old)

    def _stays(self, each: View, old: Placed) -> bool:
        key = each.report_id
        if key in self.before.again or old.mark != self.marks[key]:
            return False
        there = old.founder in (None, key) or old.founder in self.of_report
        return there and self.touched.isdisjoint(asked_keys(each))

    def _keep(self, each: View, old: Placed) -> None:
        self.placed[each.report_id] = Placed(old.mark, old.founder, old.why)
        if old.founder is None:
            return
        founds = old.founder == each.report_id
        number = self.put(each, None if founds else self.of_report[old.founder], old.why)
        if number in self.changed:
            self._touch(each)

    def _anew(self, each: View, old: Placed | None) -> None:
        self.scored += 1
        super().place(each)
        number = self.of_report.get(each.report_id)
        now = self.placed[each.report_id] = self._place_of(each, number)
        judged = each.report_id in self.before.again  # it may keep its cluster from another
        same = old is not None and now[:3] == old[:3]
        if judged or not same:
            self._moved(each, old)
            if number is not None:
                self._change(number)
        elif number in self.changed:
            self._touch(each)

    def _touch(self, each: View) -> None:
        """What asks the blocks of a report must be judged anew; where all is, that goes without."""
        if not self.anew:
            self.touched.update(block_keys(each))

    def _place_of(self, each: View, number: int | None) -> Placed:
        mark = self.marks[each.report_id]
        cluster = None if number is None else self.clusters[number]
        if cluster is None:
            return Placed(mark, None)
        founder = cluster.founder.report_id
        joins = founder != each.report_id
        why = cluster.links[-1][1] if joins else None
        return Placed(mark, founder, why)

    def _moved(self, each: View, old: Placed | None) -> None:
        """What a report leaves, and where it is or was filed, is not what it was."""
        self._touch(each)
        left = self.of_report.get(old.founder) if old is not None and old.founder else None
        if left is not None:
            self._change(left)

    def _change(self, number: int) -> None:
        if number not in self.changed:
            self.changed.add(number)
            for member in self._at(number):
                self._touch(member)

    def _partner(self, number: int) -> tuple[int, str] | None:
        """The cluster that takes this one in: the one that did, where nothing near has changed."""
        members = self._at(number)
        if not members:
            return None
        founder = members[0].report_id
        old = self.before.places.get(founder, Placed(0, None))
        if number not in self.changed and old.founder == founder and self._quiet(members):
            return self._as_before(founder, old)
        self.scored += 1
        found = super()._partner(number)
        into = self.clusters[found[0]] if found is not None else None
        now = (into.founder.report_id, found[1]) if into is not None and found else (None, None)
        if now != (old.joined, old.because):
            self._change(number)
            for other in (now[0], old.joined):
                if other is not None and other in self.of_report:
                    self._change(self.of_report[other])
        self._note(founder, now)
        return found

    def _quiet(self, members: list[View]) -> bool:
        return all(self.touched.isdisjoint(asked_keys(m)) for m in members[:PROBES])

    def _as_before(self, founder: str, old: Placed) -> tuple[int, str] | None:
        self._note(founder, (old.joined, old.because))
        if old.joined is None or old.because is None:
            return None
        return self.of_report[old.joined], old.because

    def _note(self, founder: str, into: tuple[str | None, str | None]) -> None:
        old = self.placed[founder]
        self.placed[founder] = Placed(old.mark, old.founder, old.why, *into)

    def _merge(self, number: int, other: int, why: str) -> None:
        if number in self.changed or other in self.changed:
            self._change(number)
            self._change(other)
            for member in self._at(number):
                self._touch(member)
        super()._merge(number, other, why)

    def outcome(self) -> tuple[list[Cluster], set[str]]:
        """The clusters by event id, and the ids of the events that are what they were."""
        alive = {n: c for n, c in enumerate(self.clusters) if c is not None}
        kept = {c.event_id for n, c in alive.items() if n not in self.changed}
        return sorted(alive.values(), key=lambda c: c.event_id), kept
