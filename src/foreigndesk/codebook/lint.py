"""Check the codebook's data files: every entry typed, every id once, every name a known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foreigndesk.codebook import shapes
from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.codebook.attribution import SpeechCue
from foreigndesk.codebook.boilerplate import Boilerplate
from foreigndesk.codebook.factuality import Cue, EventNouns
from foreigndesk.codebook.faults import Fault, near
from foreigndesk.codebook.lines import Broken, Item, items
from foreigndesk.codebook.load import Codebook, Entry, read_entries
from foreigndesk.codebook.ontology import ContextEntry, TypeEntry
from foreigndesk.codebook.places import PlaceEntry, PlaceWords
from foreigndesk.codebook.predicates import PredicateEntry, WordClass, in_plover
from foreigndesk.codebook.reference import ReferenceWords
from foreigndesk.codebook.sense import Known, Placed, wrong_with
from foreigndesk.codebook.times import TimeBook, TimeEntry
from foreigndesk.codebook.values import Wrong
from foreigndesk.errors import CodebookError
from foreigndesk.model import EventType

KINDS: tuple[tuple[str, type[Entry]], ...] = (
    ("ontology", TypeEntry),
    ("contexts", ContextEntry),
    ("predicates", PredicateEntry),
    ("words", WordClass),
    ("actors", Actor),
    ("offices", Person),
    ("roles", Role),
    ("reference", ReferenceWords),
    ("factuality", Cue),
    ("eventnouns", EventNouns),
    ("attribution", SpeechCue),
    ("times", TimeEntry),
    ("places", PlaceEntry),
    ("placewords", PlaceWords),
    ("boilerplate", Boilerplate),
)
NAMES = tuple(kind for kind, _ in KINDS)


def lint(codebook: Codebook) -> tuple[dict[str, int], list[Fault]]:
    """The number of entries of each kind, and what is wrong, in the order of the files.

    Of a codebook with a user's own directory only that is searched for faults of meaning: names
    of types, modes, lists and codes that nobody defines, dates, ranges, marks.
    """
    return Linter(codebook).run()


@dataclass
class Linter:
    """One check of a codebook. `placed` are the entries that could be read, with their places."""

    codebook: Codebook
    faults: list[Fault] = field(default_factory=list)
    placed: dict[str, list[Placed]] = field(default_factory=dict)
    lines: dict[Path, list[Item]] = field(default_factory=dict)
    ids: dict[tuple[Path, str], tuple[Path, int]] = field(default_factory=dict)

    def run(self) -> tuple[dict[str, int], list[Fault]]:
        """Check all files; the numbers and the faults."""
        for directory in self.codebook.directories[1:] or self.codebook.directories:
            self.faults += _strangers(directory)
        for kind, entry_type in KINDS:
            self.placed[kind] = list(self._read(kind, entry_type))
            self._ids(kind)
        own = {id(p.entry) for found in self.placed.values() for p in found if p.own}
        entries = {kind: [p.entry for p in found] for kind, found in self.placed.items()}
        known = Known.of(entries, own)
        for kind, found in self.placed.items():
            for placed in found:
                if placed.own or len(self.codebook.directories) == 1:
                    self._tell(kind, placed, wrong_with(kind, placed.entry, known))
        self._times()
        counts = {kind: len({p.entry.id for p in found}) for kind, found in self.placed.items()}
        order = {str(file): n for n, file in enumerate(self._files())}
        self.faults.sort(key=lambda f: (order.get(f.file, -1), f.file, f.line or 0, f.column or 0))
        return counts, self.faults

    def own(self) -> dict[str, list[Placed]]:
        """The entries of the user's own directory that could be read, by kind."""
        return {kind: [p for p in found if p.own] for kind, found in self.placed.items()}

    def fault(self, kind: str, placed: Placed, wrong: Wrong) -> Fault:
        """What is wrong with an entry as a fault, at its place."""
        path, found, expected, do = wrong
        item = self._item(placed)
        line, column = item.at(path) if item is not None else (None, None)
        return Fault(str(placed.file), line, column, kind, placed.entry.id, found, expected, do)

    def _files(self) -> Iterator[Path]:
        for kind in NAMES:
            yield from self.codebook.files(kind)

    def _read(self, kind: str, entry_type: type[Entry]) -> Iterator[Placed]:
        """The entries of a kind; the package's at once where they are sound."""
        for file in self.codebook.files(kind):
            own = file.parent.parent != self.codebook.directories[0]
            try:
                entries = [] if own else read_entries(file, entry_type)
                yield from (Placed(entry, file, n, own) for n, entry in enumerate(entries))
            except CodebookError:
                own, entries = own, []
            if not entries:
                yield from self._slowly(kind, file, entry_type, own)

    def _slowly(
        self, kind: str, file: Path, entry_type: type[Entry], own: bool
    ) -> Iterator[Placed]:
        """The entries of a file one by one; what is wrong with each is told."""
        for number, item in enumerate(self._items(kind, file)):
            fields = item.value
            name = fields.get("id") if isinstance(fields, dict) else None
            self.faults += [
                Fault(str(file), *item.at(path), kind, name, f"the field {path!r} twice",
                      "it once: the first is lost", "Take one of them away.")
                for path in item.twice
            ]  # fmt: skip
            self._once(kind, file, item, name)
            if kind == "predicates" and isinstance(fields, dict):
                fields = in_plover(fields, self._own_types())
            entry, wrong = shapes.typed(fields, entry_type)
            self.faults += [
                Fault(str(file), *item.at(path), kind, name, found, expected, do)
                for path, found, expected, do in map(self._of_type, wrong)
            ]
            if entry is not None:
                yield Placed(entry, file, number, own)

    def _of_type(self, wrong: Wrong) -> Wrong:
        """An event type that nobody knows, in words that say how to make one."""
        path, found, expected, _ = wrong
        if path.rpartition(".")[2] not in ("event", "under") or not expected.startswith("one of "):
            return wrong
        own = self._own_types() if path != "under" else {}
        hint = near(found.strip("'"), [*EventType, *own]) or (
            "Write a type of PLOVER's, or add an entry to ontology/ with "
            f"`event: {found.strip(chr(39))}` and `under:`."
        )
        more = f", or one of your own ({', '.join(own) or 'there is none in ontology/'})"
        return path, f"the event type {found}", expected + (more if path != "under" else ""), hint

    def _own_types(self) -> dict[str, TypeEntry]:
        entries = [p.entry for p in self.placed.get("ontology", [])]
        return {e.event: e for e in entries if isinstance(e, TypeEntry) and e.under is not None}

    def _items(self, kind: str, file: Path) -> list[Item]:
        if file not in self.lines:
            try:
                self.lines[file] = items(file)
            except Broken as broken:
                self.lines[file] = []
                self.faults.append(
                    Fault(str(file), *broken.at, kind, None, broken.found, broken.expected,
                          "Mend the file from this line on, or the line before it.")
                )  # fmt: skip
        return self.lines[file]

    def _item(self, placed: Placed) -> Item | None:
        found = self._items("", placed.file)
        return found[placed.number] if placed.number < len(found) else None

    def _once(self, kind: str, file: Path, item: Item, name: object) -> None:
        """Whether a directory has an id once, in one file or in several."""
        if not isinstance(name, str):
            return
        first = self.ids.setdefault((file.parent, name), (file, item.at("id")[0]))
        if first != (file, item.at("id")[0]):
            found = f"the id {name!r} twice (first in {first[0].name}, line {first[1]})"
            do = "Rename one."
            self.faults.append(
                Fault(str(file), *item.at("id"), kind, name, found, "each id once", do)
            )

    def _ids(self, kind: str) -> None:
        """Whether the package has ids twice: its files are read without their lines."""
        seen: set[tuple[Path, str]] = set()
        for placed in (p for p in self.placed[kind] if not p.own):
            key = placed.file.parent, placed.entry.id
            if key in seen:
                wrong = ("id", f"the id {key[1]!r} twice", "each id once", "Rename one.")
                self.faults.append(self.fault(kind, placed, wrong))
            seen.add(key)

    def _times(self) -> None:
        """Whether the rules of a user's times can be made."""
        own = {p.entry.id: p for p in self.placed["times"] if p.own}
        if not own or any(fault.kind == "times" for fault in self.faults):
            return
        try:
            TimeBook(self.codebook)
        except CodebookError as error:
            placed = own.get(error.where.removeprefix("times, "), next(iter(own.values())))
            self._tell("times", placed, [("pattern", error.found, error.expected, error.do)])

    def _tell(self, kind: str, placed: Placed, wrong: Iterable[Wrong]) -> None:
        self.faults += [self.fault(kind, placed, each) for each in wrong]


def _strangers(directory: Path) -> Iterator[Fault]:
    """Files and folders that nobody reads, though they look as if somebody should."""
    for path in sorted(directory.iterdir()):
        if path.is_dir() and path.name not in NAMES and list(path.glob("*.y*ml")):
            hint = near(path.name, NAMES) or "Rename it, or take it away."
            yield _stranger(
                path, "a folder of no kind of entry", f"one of {', '.join(NAMES)}", hint
            )
        elif path.is_dir():
            for file in sorted(path.glob("*.yml")):
                yield _stranger(file, "the ending .yml", ".yaml", "Rename it: it is not read.")
        elif path.suffix in (".yaml", ".yml"):
            yield _stranger(
                path, "a data file outside of a kind's folder",
                "predicates/, actors/ ... above it", "Move it into its kind's folder.",
            )  # fmt: skip


def _stranger(path: Path, found: str, expected: str, do: str) -> Fault:
    return Fault(str(path), None, None, path.parent.name, None, found, expected, do)
