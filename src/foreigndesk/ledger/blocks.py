"""Where to look for reports that may go with a report: by type family, actors, names and time.

A report is filed under each code and each pair of codes it names, and under the names in its
sentence, and there under the months of its told date, or, for want of one, under the months in
which its text was published. What has neither, or a date too wide, is filed as open.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from foreigndesk.ledger.families import KIN
from foreigndesk.ledger.parties import codes
from foreigndesk.ledger.times import Interval
from foreigndesk.ledger.views import Realm, View

NARROW = 62
"""Days: a told date, or a time of publication, that is no wider is filed by its months."""
MONTH = 31
MOST = 48
"""How many clusters a report is compared with: those that share most files with it."""

ALL, OPEN, ALONE, NAME = "all", "open", "(alone)", "(name)"


class Blocks:
    """Numbers of clusters, filed by the reports in them: by family and side, there by month."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, ...], dict[str, dict[int, None]]] = {}

    def file(self, each: View, number: int) -> None:
        """File a cluster under one more of its reports."""
        slots = (ALL, *_filed_under(each))
        for side in _sides(each):
            months = self.files.setdefault((each.family.name, *side), {})
            for slot in slots:
                months.setdefault(slot, {})[number] = None

    def candidates(self, each: View) -> list[int]:
        """The clusters that may be about what a report speaks of, sorted."""
        found: dict[int, int] = {}
        slots, sides = _looked_up(each), _asked(each)
        for family in _families(each):
            for side in sides:
                months = self.files.get((family, *side))
                if months is not None:
                    _count(months, slots, found)
        if len(found) <= MOST:
            return sorted(found)
        best = sorted(found.items(), key=lambda pair: (-pair[1], -pair[0]))[:MOST]
        return sorted(number for number, _ in best)


def _count(months: dict[str, dict[int, None]], slots: list[str], found: dict[int, int]) -> None:
    """Count for each cluster one more file in which it was met: the files of one side are one."""
    met: set[int] = set()
    for slot in slots:
        numbers = months.get(slot)
        if numbers is not None:
            met.update(numbers)
    for number in met:
        found[number] = found.get(number, 0) + 1


def _families(each: View) -> tuple[str, ...]:
    return (each.family.name, *sorted(KIN.get(each.family.name, ())))


def block_keys(each: View) -> list[tuple[str, ...]]:
    """All keys under which a report is filed: family, actors or a name, and month."""
    slots = (ALL, *_filed_under(each))
    return [(each.family.name, *side, slot) for side in _sides(each) for slot in slots]


def asked_keys(each: View) -> list[tuple[str, ...]]:
    """All keys under which what may go with a report can be filed."""
    slots, sides = _looked_up(each), _asked(each)
    return [(family, *side, slot) for family in _families(each) for side in sides for slot in slots]


def _sides(each: View) -> Iterator[tuple[str, ...]]:
    """Each code that a report names, each pair of codes, each name in its sentence."""
    doers, others = codes(each.doers), codes(each.others)
    for code in sorted({*doers, *others}):
        yield (code,)
    if not others and len(doers) == 1:
        yield (doers[0], ALONE)
    yield from _pairs(doers, others, each.directed)
    for name in sorted(each.names):
        yield (name, NAME)


def _pairs(
    doers: tuple[str, ...], others: tuple[str, ...], directed: bool
) -> list[tuple[str, ...]]:
    """The pairs of one of each side; of what has no direction all pairs."""
    if others and directed:
        return sorted({tuple(sorted(both)) for both in product(doers, others)})
    return list(combinations(sorted({*doers, *others}), 2))


def _asked(each: View) -> list[tuple[str, ...]]:
    """A report of two known sides asks for its pairs, and for reports that name only one side."""
    sides = list(_sides(each))
    if any(p.vague for p in each.parties):
        return sides
    pairs = [side for side in sides if len(side) == 2]
    alone: list[tuple[str, ...]] = [(code, ALONE) for code in codes(each.parties)]
    return pairs + alone if len(codes(each.parties)) > 1 else sides


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
