"""Where to look for reports that may go with a report: by type family, actors, names and time.

A report is filed under each code and each pair of codes it names, and under the names in its
sentence, and there under the months of its told date, or, for want of one, under the months in
which its text was published. What has neither, or a date too wide, is filed as open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, combinations, product

from foreigndesk.ledger.families import KIN
from foreigndesk.ledger.parties import Party, codes
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
        self.files: dict[tuple[str, ...], dict[str, list[int]]] = {}

    def file(self, each: View, number: int) -> None:
        """File a cluster under one more of its reports."""
        slots = (ALL, *_filed_under(each))
        for side in _sides(each):
            months = self.files.setdefault((each.family.name, *side), {})
            for slot in slots:
                numbers = months.get(slot)
                if numbers is None:
                    months[slot] = [number]
                elif numbers[-1] != number:
                    numbers.append(number)

    def candidates(self, each: View) -> list[int]:
        """The clusters that may be about what a report speaks of, sorted."""
        slots, sides = frozenset(_looked_up(each)), _asked(each)
        met: list[set[int]] = []
        for family in _families(each.family.name):
            for side in sides:
                months = self.files.get((family, *side))
                if months is not None:
                    met.append(_met(months, slots))
        found = Counter(chain.from_iterable(met))
        if len(found) <= MOST:
            return sorted(found)
        best = sorted(((count, number) for number, count in found.items()), reverse=True)
        return sorted(number for _, number in best[:MOST])


def _met(months: dict[str, list[int]], slots: frozenset[str]) -> set[int]:
    """The clusters filed in these slots of a side."""
    if len(months) <= len(slots):
        return set().union(*[numbers for slot, numbers in months.items() if slot in slots])
    return set().union(*[months[slot] for slot in slots if slot in months])


@cache
def _families(name: str) -> tuple[str, ...]:
    return (name, *sorted(KIN.get(name, ())))


def block_keys(each: View) -> list[tuple[str, ...]]:
    """All keys under which a report is filed: family, actors or a name, and month."""
    slots = (ALL, *_filed_under(each))
    return [(each.family.name, *side, slot) for side in _sides(each) for slot in slots]


def asked_keys(each: View) -> list[tuple[str, ...]]:
    """All keys under which what may go with a report can be filed."""
    slots, sides, families = _looked_up(each), _asked(each), _families(each.family.name)
    return [(family, *side, slot) for family in families for side in sides for slot in slots]


def _sides(each: View) -> list[tuple[str, ...]]:
    """Each code that a report names, each pair of codes, each name in its sentence."""
    actors = _of_actors(each.doers, each.others, each.directed)
    return [*actors, *((name, NAME) for name in sorted(each.names))]


@lru_cache(maxsize=50_000)
def _of_actors(
    doers: tuple[Party, ...], others: tuple[Party, ...], directed: bool
) -> tuple[tuple[str, ...], ...]:
    one, other = codes(doers), codes(others)
    alone = [(one[0], ALONE)] if not other and len(one) == 1 else []
    each = [(code,) for code in sorted({*one, *other})]
    return (*each, *alone, *_pairs(one, other, directed))


def _pairs(
    doers: tuple[str, ...], others: tuple[str, ...], directed: bool
) -> Sequence[tuple[str, ...]]:
    """The pairs of one of each side; of what has no direction all pairs."""
    if others and directed:
        return sorted({tuple(sorted(both)) for both in product(doers, others)})
    return list(combinations(sorted({*doers, *others}), 2))


def _asked(each: View) -> list[tuple[str, ...]]:
    """A report of two known sides asks for its pairs, and for reports that name only one side."""
    sides = list(_sides(each))
    if any(p.vague for p in each.parties):
        return sides
    named = codes(each.parties)
    if len(named) < 2:
        return sides
    pairs = (side for side in sides if len(side) == 2)
    return [*pairs, *((code, ALONE) for code in named)]


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
    return [_slot(kind, month) for month in range(first, last + 1)]


@lru_cache(maxsize=10_000)
def _slot(kind: str, month: int) -> str:
    return f"{kind} {month}"
