"""Which reports are linked in one go: a large desk's by groups of event types, to bound memory.

Types whose reports may be of one event (families.KIN) stand in one shard. Meetings and requests do
too, since an invitation is a promise of a meeting; the meetings' shard hears who called one off.
The plan follows from what the desk holds, so it is the same however the desk came to hold it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from foreigndesk.ledger.families import FAMILIES, KIN
from foreigndesk.model import EventType, Report

WHOLE = 40_000
"""Reports: a desk with no more is linked as one shard."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The event types whose events are made together; `heard`: types that only bear on them."""

    types: tuple[str, ...]
    heard: tuple[str, ...] = ()

    def holds(self, report: Report) -> bool:
        """Whether the shard takes a report of its types or, of those only heard, one on meeting."""
        kind = report.event_type.value
        return kind in self.types or (kind in self.heard and report.event_mode == "meet")

    @property
    def whole(self) -> bool:
        """Whether it holds reports of every type."""
        return len(self.types) == len(EventType)


def plan(counts: Mapping[str, int]) -> list[Shard]:
    """The shards of a desk with so many reports of each event type."""
    if sum(counts.values()) <= WHOLE:
        return [Shard(tuple(sorted(EventType)))]
    groups: dict[str, set[str]] = {family.name: {family.name} for family in FAMILIES.values()}
    ties = [(one, other) for one, others in KIN.items() for other in sorted(others)]
    for one, other in [*ties, ("consult", "request")]:
        joined = groups[one] | groups[other]
        for name in joined:
            groups[name] = joined
    types: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for event_type, family in sorted(FAMILIES.items()):
        types[tuple(sorted(groups[family.name]))].append(event_type.value)
    return [_shard(tuple(found)) for _, found in sorted(types.items())]


def _shard(types: tuple[str, ...]) -> Shard:
    heard = ("REJECT",) if "CONSULT" in types and "REJECT" not in types else ()
    return Shard(types, heard)
