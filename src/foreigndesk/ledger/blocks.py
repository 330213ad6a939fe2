"""Where to look for reports that may go with a report: by type family, actors and time.

A report is filed under each code and each pair of codes it names, and there under the months of
its told date, or, for want of one, under the months in which its text was published. What has
neither, or a date too wide, is filed as open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

from foreigndesk.ledger.parties import codes
from foreigndesk.ledger.times import Interval
from foreigndesk.ledger.views import Realm, View

NARROW = 62
"""Days: a told date, or a time of publication, that is no wider is filed by its months."""
MONTH = 31

ALL, OPEN, ALONE = "all", "open", "(alone)"


class Blocks:
    """Numbers of clusters, filed by the reports in them."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, ...], dict[int, None]] = defaultdict(dict)

    def file(self, each: View, number: int) -> None:
        """File a cluster under one more of its reports."""
        for side in _sides(each):
            for slot in (ALL, *_filed_under(each)):
                self.files[*side, slot][number] = None

    def candidates(self, each: View) -> list[int]:
        """The clusters that may be about what a report speaks of, sorted."""
        slots = _looked_up(each)
        found: set[int] = set()
        for side in _asked(each):
            for slot in slots:
                found.update(self.files.get((*side, slot), ()))
        return sorted(found)


def _sides(each: View) -> Iterator[tuple[str, ...]]:
    """Each code that a report names, and each pair of codes."""
    doers, others = codes(each.doers), codes(each.others)
    for code in sorted({*doers, *others}):
        yield (each.family.name, code)
    if not others and len(doers) == 1:
        yield (each.family.name, doers[0], ALONE)
    pairs = product(doers, others) if others else combinations(doers, 2)
    for both in pairs:
        yield (each.family.name, *sorted(both))


def _asked(each: View) -> list[tuple[str, ...]]:
    """A report of two sides asks for its pairs, and for reports that name only the doers."""
    sides = list(_sides(each))
    pairs = [side for side in sides if len(side) == 3]
    alone: list[tuple[str, ...]] = [(each.family.name, code, ALONE) for code in codes(each.parties)]
    return pairs + alone if pairs else sides


def _filed_under(each: View) -> list[str]:
    if each.when.known:
        return _months("day", each.when, 0, 0) or [OPEN]
    return _months("text", each.told, 0, 0) or [OPEN]


def _looked_up(each: View) -> list[str]:
    """The slots in which a report that may go with this one can lie (see features.time)."""
    memory = each.memory
    forward = each.realm in (Realm.PROMISE, Realm.IF)
    if each.when.known:
        days = _months("day", each.when, each.slack, each.slack)
        texts = _months("text", each.when, memory if forward else 1, memory)
    else:
        days = [] if forward else _months("day", each.told, each.reach, 1)
        texts = _months("text", each.told, each.reach, memory)
    return [*days, *texts, OPEN] if days and texts else [ALL]


def _months(kind: str, when: Interval, before: int, after: int) -> list[str]:
    """The months of an interval with margins in days; none if it is open or too wide."""
    if when.earliest is None or when.latest is None or (when.days or 0) > NARROW:
        return []
    first, last = (when.earliest - before) // MONTH, (when.latest + after) // MONTH
    return [f"{kind} {month}" for month in range(first, last + 1)]
