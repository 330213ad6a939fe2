"""Clusters filed by their actors' codes: where to look for what may concern a promise.

A cluster lies under each code that its reports bear. Where all its reports name two parties at
least by plain codes, it lies under each pair of codes besides, and a promise that does so too asks
for its pairs: parties with plain codes are alike only if the codes are the same, so the two share a
pair if their actors agree on both sides (parties.side_likeness). What is filed otherwise is asked
for by each code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OF_MANY, Party, codes
from foreigndesk.ledger.pledges import pledge_of
from foreigndesk.ledger.views import View

Pair = tuple[str, str]


class Filed:
    """Clusters under each code (or name) and pair of codes that their reports bear."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        rows = list(clusters)
        self._plain = _Plain(m for c in rows for m in c.members)
        self._of: dict[str, list[Cluster]] = defaultdict(list)
        self._loose: dict[str, list[Cluster]] = defaultdict(list)
        self._paired: dict[Pair, list[Cluster]] = defaultdict(list)
        for cluster in rows:
            self._file(cluster)

    def _file(self, cluster: Cluster) -> None:
        pairs = [self._plain.pairs(m) for m in cluster.members]
        named = sorted({code for m in cluster.members for code in codes(m.parties)})
        for code in named:
            self._of[code].append(cluster)
        if all(pairs):
            for pair in sorted({each for some in pairs for each in some}):
                self._paired[pair].append(cluster)
        else:
            for code in named:
                self._loose[code].append(cluster)

    def near(self, promise: Cluster) -> list[Cluster]:
        """The clusters, by event id, that may agree with a promise in who is bound and to whom."""
        pledge = pledge_of(promise)
        pairs = self._plain.pairs(pledge)
        if not pairs:
            return self.by_codes(promise)
        loose = [self._loose.get(code, ()) for code in _bound(pledge)]
        return _once([*loose, *(self._paired.get(pair, ()) for pair in pairs)])

    def by_codes(self, promise: Cluster) -> list[Cluster]:
        """The clusters, by event id, with the code of one who is bound by a promise."""
        return _once(self._of.get(code, ()) for code in _bound(pledge_of(promise)))

    def of_any(self, promise: Cluster) -> list[Cluster]:
        """The clusters, by event id, with the code of any party to a promise."""
        return _once(self._of.get(code, ()) for code in codes(pledge_of(promise).parties))


def _bound(pledge: View) -> tuple[str, ...]:
    return codes(pledge.doers or pledge.parties)


def _once(some: Iterable[Iterable[Cluster]]) -> list[Cluster]:
    found = {c.event_id: c for each in some for c in each}
    return [found[key] for key in sorted(found)]


class _Plain:
    """Which parties are told by a plain code: one that all who bear their identity bear."""

    def __init__(self, members: Iterable[View]) -> None:
        self._bears: dict[str, set[str | None]] = defaultdict(set)
        for member in members:
            for party in member.parties:
                self._bears[party.identity].add(party.code)

    def pairs(self, member: View) -> tuple[Pair, ...]:
        """The pairs of codes of a report whose parties are plain, of what has a direction on
        two sides without a code in common; none of another."""
        if not all(map(self._holds, member.parties)):
            return ()
        doers, others = codes(member.doers), codes(member.others)
        if member.directed and (not doers or not others or not set(doers).isdisjoint(others)):
            return ()
        return tuple(combinations(codes(member.parties), 2))

    def _holds(self, party: Party) -> bool:
        plain = not party.vague and party.code is not None and party.code not in OF_MANY
        return plain and self._bears.get(party.identity, {party.code}) == {party.code}
