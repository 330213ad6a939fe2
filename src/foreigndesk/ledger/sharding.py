"""A shard's reports to events, claims, discrepancies and promises, as rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec
import pyarrow as pa

from foreigndesk.ledger.alike import share
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.discrepancies import within
from foreigndesk.ledger.events import to_event
from foreigndesk.ledger.judgements import decide
from foreigndesk.ledger.last import Last
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.obeying import corrected
from foreigndesk.ledger.order import against_order
from foreigndesk.ledger.pages import not_before
from foreigndesk.ledger.promises import Promise, promises
from foreigndesk.ledger.replay import Before, Placed, Replay, relink
from foreigndesk.ledger.rows import Derived, Row, tables, with_events
from foreigndesk.ledger.shards import Shard
from foreigndesk.ledger.sink import Sink
from foreigndesk.ledger.standing import never_was
from foreigndesk.ledger.views import profiles, view
from foreigndesk.model import Discrepancy, Event, Judgement, Report

_OF_SHARD = ("reports", "events", "claims", "discrepancies", "promises", "places")
AT_ONCE = 5000
"""Events whose rows are made at a time."""


@dataclass
class Making:
    """A ledger in the making: what it is made from, where it goes, the events taken over."""

    desk: Desk
    story_of: Mapping[str, str]
    sink: Sink
    last: Last
    judgements: Sequence[Judgement] = ()
    same_judgements: bool = False
    kept: list[str] = field(default_factory=list)
    scored: int = 0

    def __post_init__(self) -> None:
        self.decisions = decide(self.judgements)
        for table in ("reports", "events", "claims", "discrepancies"):
            self.sink.copy(table, "event_id IN (SELECT event_id FROM kept_events)")

    def chosen(self) -> dict[str, pa.Table]:
        """The tables that the sink's conditions name."""
        return {"kept_events": pa.table({"event_id": pa.array(self.kept, pa.string())})}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The reports of a shard, and a mark of each: a hash of it, its Story and its document."""

    reports: tuple[Report, ...]
    marks: Mapping[str, int]


def make(shard: Shard, making: Making) -> None:
    """Write the rows of a shard: the last ledger's, if its reports are the same, or new ones."""
    places = making.last.places(shard)
    loaded = _load(shard, making)
    named = ((j.subject, j.other) for j in making.judgements)
    judged = frozenset(i for both in named for i in both if i is not None)
    own = {r.report_id for r in loaded.reports if r.event_type.value in shard.types}
    if places and making.same_judgements and _unchanged(places, loaded, own):
        for table in _OF_SHARD:
            making.sink.copy(table, f"event_type IN {_listed(shard.types)}")
        return
    if not places.keys() <= own or shard.heard:
        places = {}  # reports have gone, and with them what they touched
    pa.default_memory_pool().release_unused()  # what the files' tables took
    about = profiles(loaded.reports)
    known: dict[frozenset[str], frozenset[str]] = {}
    views = [view(r, making.story_of, about, known) for r in loaded.reports]
    del about, known
    replay = relink(views, loaded.marks, making.decisions, Before(places, judged))
    making.scored += replay.scored
    _write(shard, loaded, replay, making)


def _unchanged(places: Mapping[str, Placed], loaded: Loaded, own: set[str]) -> bool:
    return places.keys() == own and all(loaded.marks[k] == p.mark for k, p in places.items())


def _listed(types: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{name}'" for name in types) + ")"


def _texts(shard: Shard, making: Making) -> Iterator[tuple[str, str]]:
    for batch in making.desk.report_texts((*shard.types, *shard.heard)):
        yield from batch
    if making.decisions.changes and not shard.whole:
        for batch in making.desk.report_texts():  # a person may have moved one into this shard
            yield from (row for row in batch if row[0] in making.decisions.changes)


def _load(shard: Shard, making: Making) -> Loaded:
    """The shard's reports, each id once, by id."""
    found: dict[str, tuple[Report, int]] = {}
    for key, text in _texts(shard, making):
        report = corrected(msgspec.json.decode(text, type=Report), making.decisions)
        if shard.holds(report):
            report = report if shard.whole else share(report)
            found[key] = (report, _hash(f"{text}{making.decisions.changes.get(key, ())}"))
    documents: dict[str | None, int] = defaultdict(int)
    for report, mark in found.values():
        documents[report.document.id] ^= mark
    marks = {}
    for key, (report, mark) in found.items():
        story = making.story_of.get(report.document.id or "", "")
        marks[key] = _hash(f"{mark} {documents[report.document.id]} {story}")
    return Loaded(tuple(found[key][0] for key in sorted(found)), marks)


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class _Ties:
    """What events have from other events, by event id."""

    pledges: Sequence[Promise]
    fulfils: Mapping[str, str]
    order: Mapping[str, tuple[Discrepancy, ...]]

    def key(self, event_id: str) -> tuple[str | None, frozenset[str]]:
        """What of an event's record depends on others."""
        found = frozenset(d.discrepancy_id for d in self.order.get(event_id, ()))
        return self.fulfils.get(event_id), found


def _placed(pledges: Sequence[Promise], clusters: Sequence[Cluster]) -> list[Promise]:
    """Promises on the events that hold them: an invitation's may rest on a part of its reports."""
    ids = {c.event_id for c in clusters}
    loose = {r for p in pledges if p.event_id not in ids for r in p.reports}
    owner = {m.report_id: c.event_id for c in clusters for m in c.members if m.report_id in loose}
    return [p if p.event_id in ids else replace(p, event_id=owner[p.reports[0]]) for p in pledges]


def _tie(clusters: Sequence[Cluster]) -> _Ties:
    pledges = _placed(promises(clusters), clusters)
    by_day = sorted(pledges, key=lambda p: (p.made or "", p.promise_id))
    fulfils = {p.kept_by: p.event_id for p in by_day if p.kept_by is not None}
    return _Ties(pledges, fulfils, against_order(clusters, not_before(clusters, pledges)))


def _write(shard: Shard, loaded: Loaded, replay: Replay, making: Making) -> None:
    """The rows of all that is linked; those of events that are what they were are taken over."""
    clusters, same = replay.outcome()
    ties = _tie(clusters)
    made = [c for c in clusters if c.founder.report.event_type.value in shard.types]
    events = [c for c in made if not never_was(c.members)]
    old = making.last.tied() if same else {}
    kept = {c.event_id for c in events if c.event_id in same}
    kept = {i for i in kept if i in old and old[i] == ties.key(i)}
    kept -= {p.event_id for p in ties.pledges}
    making.kept += sorted(kept)
    reports = {r.report_id: r for r in loaded.reports}
    left = set(reports)
    for some in _batches(events):
        left.difference_update(m.report_id for c in some for m in c.members)
        fresh = [_event(c, ties) for c in some if c.event_id not in kept]
        _rows([reports[r] for e in fresh for r in e.reports], fresh, ties.pledges, reports, making)
    loose = [reports[r] for r in sorted(left) if reports[r].event_type.value in shard.types]
    for n in range(0, len(loose), AT_ONCE):
        _rows(loose[n : n + AT_ONCE], [], [], reports, making)
    making.sink.add("places", _places(shard, reports, replay))


def _batches(clusters: Sequence[Cluster]) -> Iterator[Sequence[Cluster]]:
    for n in range(0, len(clusters), AT_ONCE):
        yield clusters[n : n + AT_ONCE]


def _event(cluster: Cluster, ties: _Ties) -> Event:
    event = to_event(cluster)
    discrepancies = within(cluster) + ties.order.get(event.event_id, ())
    return replace(event, discrepancies=discrepancies, fulfils=ties.fulfils.get(event.event_id))


def _rows(
    own: Sequence[Report],
    events: Sequence[Event],
    pledges: Sequence[Promise],
    known: Mapping[str, Report],
    making: Making,
) -> None:
    ids = {e.event_id for e in events}
    derived = Derived(
        with_events(own, events),
        events,
        [p for p in pledges if p.event_id in ids],
        making.story_of,
        known,
    )
    for table, rows in tables(derived).items():
        making.sink.add(table, rows)


def _places(shard: Shard, reports: Mapping[str, Report], replay: Replay) -> Iterator[Row]:
    for key, placed in sorted(replay.placed.items()):
        event_type = reports[key].event_type.value
        if event_type in shard.types:
            yield {"report_id": key, "event_type": event_type} | placed._asdict()
