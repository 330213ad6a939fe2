"""A synthetic world with known truth: how well and how fast a million reports become events.

    python benchmarks/world.py 10000 100000 1000000 [--keep DIR]

States and their leaders meet, help, threaten and fight each other over ten years; a few dyads act
often (Zipf's law), so that most events have neighbours of the same dyad and type. Outlets report
each event with delays, copies, errors and lies. Nothing is parsed: the Reports are made directly,
written into a desk, and the ledger is built from them. Figures: processor seconds and peak memory
of all processes together ("MB before": what the world itself takes), B-cubed precision and recall
of the links, for each kind of noise, and the time of each listing.
Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.model import (
    Article,
    Attribution,
    Document,
    DocumentRef,
    EventDate,
    EventType,
    Mention,
    Place,
    Published,
    Quantities,
    Report,
    Segment,
    SegmentKind,
    Span,
    Stance,
    Status,
    Story,
    Trigger,
)

BEGIN = date(2010, 1, 1)
DAYS = 3650
STATES = [f"{a}{b}{c}" for a in "QXZ" for b in "ABDEGIKLNO" for c in "AEIRSTV"][:190]
DEEDS: tuple[tuple[str, str | None, int, float, str, int], ...] = (
    ("CONSULT", None, 1, 2.5, "met", 22),
    ("CONSULT", "visit", 1, 2.5, "visited", 12),
    ("AGREE", None, 1, 5.0, "agreed", 8),
    ("SUPPORT", None, 1, 4.0, "backed", 6),
    ("AID", None, 2, 7.0, "sent", 7),
    ("COOPERATE", None, 2, 6.0, "cooperated", 5),
    ("ACCUSE", None, 3, -3.0, "accused", 10),
    ("REJECT", None, 3, -4.0, "rejected", 6),
    ("THREATEN", None, 3, -5.0, "threatened", 5),
    ("SANCTION", None, 3, -6.0, "sanctioned", 4),
    ("MOBILIZE", None, 3, -5.0, "massed", 3),
    ("ASSAULT", None, 4, -9.0, "shelled", 12),
)
"""Type, mode, quad class, intensity, verb, how often."""
NOISE = (
    ("plain", 34), ("copy", 22), ("undated", 12), ("late", 6), ("person", 8), ("no recipient", 4),
    ("wrong day", 3), ("wrong number", 2), ("lie", 3), ("reworded", 6),
)  # fmt: skip
"""How a report differs from the event, and how often."""
PROMISED = 0.15
"""Share of meetings that are announced before they happen."""


@dataclass(frozen=True)
class Happening:
    """An event as it was."""

    number: int
    day: int
    deed: tuple[str, str | None, int, float, str, int]
    doer: int
    other: int
    town: int
    dead: int | None
    words: tuple[str, ...]


class World:
    """Reports of known events, the same for the same size and seed. `truth` and `kind` are by
    report id, `copies` by document id."""

    def __init__(self, size: int, seed: int = 11) -> None:
        self.size = size
        self.chance = random.Random(seed)
        self.truth: dict[str, int] = {}
        self.kind: dict[str, str] = {}
        self.copies: dict[str, str] = {}
        self._of_states = list(accumulate(1 / (n + 3) for n in range(len(STATES))))
        self._documents = 0

    def records(self) -> Iterator[ArticleRecord]:
        """One article after another, each with one report."""
        number = 0
        while len(self.truth) < self.size:
            yield from self._told(self._happening(number))
            number += 1

    def _happening(self, number: int) -> Happening:
        chance = self.chance
        deed = chance.choices(DEEDS, [d[5] for d in DEEDS])[0]
        doer = other = 0
        while doer == other:
            doer, other = chance.choices(range(len(STATES)), cum_weights=self._of_states, k=2)
        fights = deed[0] == "ASSAULT"
        dead = int(chance.paretovariate(0.8)) % 900 if fights and chance.random() < 0.7 else None
        words = tuple(f"{_word(chance.randrange(40_000))}" for _ in range(9))
        town = chance.randrange(4)
        return Happening(number, chance.randrange(DAYS), deed, doer, other, town, dead, words)

    def _told(self, event: Happening) -> Iterator[ArticleRecord]:
        times = min(40, int(self.chance.paretovariate(1.1)) + self.chance.randrange(3))
        told: list[Report] = []
        if event.deed[0] == "CONSULT" and self.chance.random() < PROMISED:
            yield self._record(self._report(event, "announced", []), "announced", -1)
        for _ in range(times):
            kind = self.chance.choices([k for k, _ in NOISE], [w for _, w in NOISE])[0]
            kind = "plain" if not told else kind
            report = self._report(event, kind, told)
            told.append(report)
            yield self._record(report, kind, event.number)

    def _record(self, report: Report, kind: str, truth: int) -> ArticleRecord:
        self.truth[report.report_id] = truth
        self.kind[report.report_id] = kind
        document = report.document
        key, text = document.id or "", report.evidence.text
        published = Published(document.published, "given")
        segments = (Segment(0, len(text), True, SegmentKind.PARAGRAPH),)
        article = Article(
            key, document.path, None, None, document.outlet, "en", published, None, text, segments
        )
        return ArticleRecord(Document(key, document.path, "text/plain", text), article, (report,))

    def _report(self, event: Happening, kind: str, told: list[Report]) -> Report:
        self._documents += 1
        key = f"{self._documents * 2654435761 % 2**64:016x}{self._documents:016x}"
        outlet = f"Outlet {self.chance.randrange(300)}"
        delay = self.chance.choice((0, 0, 1, 1, 1, 2, 4))
        if kind == "late":
            delay = self.chance.randrange(8, 40)
        if kind == "announced":
            delay = -self.chance.randrange(3, 30)
        published = _day(event.day + delay)
        document = DocumentRef(key, f"{key}.txt", None, outlet, published, "given")
        if kind == "copy":
            origin = self.chance.choice(told)
            assert origin.document.id is not None
            self.copies[key] = self.copies.get(origin.document.id, origin.document.id)
            return replace(origin, report_id=key[:20], document=document)
        return self._own(event, kind, document)

    def _own(self, event: Happening, kind: str, document: DocumentRef) -> Report:
        type_, mode, quad, intensity, verb, _ = event.deed
        text, words = self._sentence(event, kind), self.chance
        persons = kind == "person" and type_ != "ASSAULT"
        doers = (_mention(event.doer, persons),)
        others = () if kind == "no recipient" else (_mention(event.other, persons),)
        symmetric = type_ == "CONSULT" and mode is None and bool(others)
        denied, planned = kind == "lie", kind == "announced"
        status = Status.DENIED if denied else Status.PLANNED if planned else Status.OCCURRED
        speakers = (Attribution(others[0], None, Stance.DENIES),) if denied and others else ()
        rule = f"{type_.lower()}.{verb}"
        return Report(
            report_id=(document.id or "")[:20],
            event_id=None,
            document=document,
            evidence=Span(0, len(text), text),
            trigger=Trigger(0, len(verb), verb, verb if kind != "reworded" else f"re{verb}"),
            event_type=EventType(type_),
            event_mode=mode,
            contexts=(),
            cameo={"met": "040", "visited": "042"}.get(verb, "190" if quad == 4 else "010"),
            quad=quad,
            intensity=intensity,
            actor=doers + others if symmetric else doers,
            recipient=() if symmetric else others,
            symmetric=symmetric,
            status=status,
            hedges=(),
            attribution=speakers,
            date=self._date(event, kind, document),
            place=_place(event) if words.random() < 0.5 else None,
            quantities=Quantities(dead=self._toll(event, kind, document)),
            confidence=round(0.5 + words.random() / 2, 3),
            rule=rule if kind != "reworded" else f"{rule}-again",
        )

    def _sentence(self, event: Happening, kind: str) -> str:
        told = self.chance.sample(event.words, 3 if kind == "reworded" else 6)
        filler = [_word(self.chance.randrange(2_000)) for _ in range(6)]
        doer, other = STATES[event.doer], STATES[event.other]
        return f"{doer}land {event.deed[4]} {other}land " + " ".join([*told, *filler]) + "."

    def _date(self, event: Happening, kind: str, document: DocumentRef) -> EventDate:
        if kind in ("undated", "late", "reworded") or self.chance.random() < 0.25:
            return EventDate(None, None, None, None, None, None, None)
        wrong = self.chance.choice((-3, -2, -1, 1, 2, 3)) if kind == "wrong day" else 0
        day = _day(event.day + wrong)
        return EventDate(day, day, day, day, 0, 4, "explicit")

    def _toll(self, event: Happening, kind: str, document: DocumentRef) -> int | None:
        """Tolls grow by a tenth with each day until the article, and come to rest."""
        if event.dead is None:
            return None
        if kind == "wrong number":
            return event.dead * 2 + 1
        late = (date.fromisoformat(document.published or "") - BEGIN).days - event.day
        return int(event.dead * min(1.0, 0.7 + 0.1 * max(0, late)))

    def stories(self, articles: Iterable[Article]) -> tuple[Story, ...]:
        """The Stories as they were: copies stand with their origin."""
        groups: dict[str, list[str]] = defaultdict(list)
        for article in articles:
            key = article.document_id
            groups[self.copies.get(key, key)].append(key)
        return tuple(Story(f"s{k}", k, tuple(sorted(v)), len(v)) for k, v in groups.items())


def _word(number: int) -> str:
    letters = "bdfghklmnprstvz"
    one, two = divmod(number, 225)
    return (
        letters[one % 15]
        + "a"
        + letters[one // 15 % 15]
        + "i"
        + letters[two % 15]
        + ("o" + letters[two // 15])
    )


def _day(number: int) -> str:
    return (BEGIN + timedelta(days=number)).isoformat()


def _mention(state: int, person: bool) -> Mention:
    code = STATES[state]
    if person:
        name = f"{code.title()} Leader"
        return Mention(0, 9, name, name, code, "GOV", f"person.{code.lower()}-leader")
    return Mention(0, 7, f"{code.title()}land", f"{code.title()}land", code, None, f"state.{code}")


def _place(event: Happening) -> Place:
    name, number = f"Town {event.other}-{event.town}", event.other * 10 + event.town
    return Place(
        name, 0, 4, name, STATES[event.other], number / 50, number / 40, 1_000_000 + number
    )


def bcubed(world: World, cluster: dict[str, str]) -> dict[str, dict[str, float]]:
    """B-cubed precision and recall (Bagga and Baldwin 1998) of the reports of each kind.

    What is announced is a promise, an event of its own, and is not counted here.
    """
    both: Counter[tuple[int, str]] = Counter()
    of_event: Counter[int] = Counter()
    of_cluster: Counter[str] = Counter()
    placed = {r: cluster.get(r) or f"({r})" for r, n in world.truth.items() if n >= 0}
    for report, where in placed.items():
        event = world.truth[report]
        both[event, where] += 1
        of_event[event] += 1
        of_cluster[where] += 1
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for report, where in placed.items():
        event = world.truth[report]
        shared = both[event, where]
        for kind in ("all", world.kind[report]):
            sums[kind][0] += shared / of_cluster[where]
            sums[kind][1] += shared / of_event[event]
            sums[kind][2] += 1
    return {
        kind: {"reports": int(n), "precision": round(p / n, 4), "recall": round(r / n, 4)}
        for kind, (p, r, n) in sorted(sums.items(), key=lambda item: -item[1][2])
    }


def fill(desk: Desk, world: World, batch: int = 5000) -> None:
    """Write a world into a desk."""
    rows = world.records()
    while some := list(islice(rows, batch)):
        desk.append(some)


def listings(desk: Desk) -> dict[str, float]:
    """Milliseconds of each listing, the best of three."""
    from foreigndesk.analysis import Filters, claims, discrepancies, dyads, find, promises, timeline
    from foreigndesk.analysis.find import reports_of

    top = timeline(desk, Filters(limit=1)).to_pylist()[0]["event_id"]
    one, other = STATES[0], STATES[1]
    asked = {
        "timeline": lambda: timeline(desk, Filters(limit=100)),
        "timeline --dyad": lambda: timeline(desk, Filters(dyad=f"{one}-{other}", limit=100)),
        "timeline --dyad --since": lambda: timeline(
            desk, Filters(dyad=f"{one}-{other}", since="2017", limit=100)
        ),
        "timeline --standing": lambda: timeline(desk, Filters(standing="contested", limit=100)),
        "timeline --text": lambda: timeline(desk, Filters(text="bagifo", limit=100)),
        "claims": lambda: claims(desk, Filters(limit=100)),
        "claims --speaker": lambda: claims(desk, Filters(speaker=one, limit=100)),
        "discrepancies": lambda: discrepancies(desk, Filters(limit=100)),
        "promises": lambda: promises(desk, Filters(limit=100)),
        "promises --status kept": lambda: promises(desk, Filters(status="kept", limit=100)),
        "dyads": lambda: dyads(desk, Filters(limit=100)),
        "dyads --dyad": lambda: dyads(desk, Filters(dyad=f"{one}-{other}", limit=100)),
        "show": lambda: reports_of(desk, find(desk, top)),  # type: ignore[arg-type] # an Event
    }
    return {name: min(_milliseconds(ask) for _ in range(3)) for name, ask in asked.items()}


def _milliseconds(ask: object) -> float:
    begun = time.perf_counter()
    ask()  # type: ignore[operator] # a table of functions without arguments
    return round((time.perf_counter() - begun) * 1000, 1)


def measure(size: int, folder: Path) -> dict[str, object]:
    """The figures of one size, in this process."""
    world, desk = World(size), Desk.create_or_open(folder)
    fill(desk, world)
    before, cpu, begun = Watch.now(), _cpu(), time.perf_counter()
    with Watch() as watch:
        rebuild(desk, world.stories)
    wall, cpu = time.perf_counter() - begun, _cpu() - cpu
    import duckdb

    with duckdb.connect(str(desk.ledger), read_only=True) as ledger:
        rows = ledger.execute("SELECT report_id, event_id FROM reports").fetchall()
        counts = {t: ledger.execute(f"SELECT count(*) FROM {t}").fetchone()[0]  # type: ignore[index]
                  for t in ("events", "claims", "discrepancies", "promises")}  # fmt: skip
    return {
        "reports": size,
        "seconds": round(wall, 1),
        "cpu": round(cpu, 1),
        "MB": watch.most,
        "MB before": before,
        **counts,
        "links": bcubed(world, dict(rows)),
        "listings": listings(desk),
    }


def _cpu() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


class Watch:
    """The most memory that this process and those it started held together, in MB (Linux)."""

    def __init__(self) -> None:
        self.most = self.now()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self.most = max(self.most, self.now())

    @staticmethod
    def now() -> int:
        """What they hold now."""
        own = Path("/proc/self/task")
        started = [pid for task in own.iterdir() for pid in (task / "children").read_text().split()]
        return sum(map(_held, ["self", *started]))


def _held(process: str) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:  # it has ended
        return 0
    return pages * resource.getpagesize() // 1_000_000


def main() -> None:
    """Measure each size given, each in a fresh process, one JSON line each."""
    parser = argparse.ArgumentParser(description="The ledger on a synthetic world")
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--keep", help="a folder in which the desks are left")
    parser.add_argument("--one", action="store_true", help="this size, in this process")
    given = parser.parse_args()
    for size in given.sizes:
        if not given.one:
            keep = ["--keep", given.keep] if given.keep else []
            command = [sys.executable, __file__, "--one", str(size), *keep]
            subprocess.run(command, check=True)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(given.keep or scratch) / f"world{size}"
            print(json.dumps(measure(size, folder)), flush=True)


if __name__ == "__main__":
    main()
