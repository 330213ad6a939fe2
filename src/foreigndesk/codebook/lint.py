"""Check the codebook's data files: every entry typed, every id once, every sentence there."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.codebook.attribution import SpeechCue
from foreigndesk.codebook.boilerplate import Boilerplate
from foreigndesk.codebook.factuality import Cue, EventNouns
from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.codebook.ontology import ContextEntry, TypeEntry
from foreigndesk.codebook.places import PlaceEntry, PlaceWords
from foreigndesk.codebook.predicates import PredicateEntry, WordClass
from foreigndesk.codebook.reference import ReferenceWords
from foreigndesk.codebook.times import TimeEntry
from foreigndesk.errors import CodebookError

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


def lint(codebook: Codebook) -> tuple[dict[str, int], list[str]]:
    """The number of entries of each kind, and what is wrong, a line for each fault."""
    counts: dict[str, int] = {}
    faults: list[str] = []
    known = {kind for kind, _ in KINDS}
    for kind in codebook.kinds():
        if kind not in known:
            faults.append(f"{kind}/: no such kind of entry; there are {', '.join(sorted(known))}")
    for kind, entry_type in KINDS:
        try:
            entries = codebook.entries(kind, entry_type)
        except CodebookError as error:
            faults.append(str(error))
            continue
        counts[kind] = len(entries)
        faults += [fault for entry in entries for fault in _sentences(kind, entry)]
        if kind == "predicates":
            faults += _classes(codebook)
    return counts, faults


def _sentences(kind: str, entry: Entry) -> list[str]:
    """Faults of an entry's example sentences."""
    faults = []
    for name, sentence in (("says", entry.says), ("not", entry.not_)):
        if not sentence.strip():
            faults.append(f"{kind}: {entry.id}: its {name}: is empty; write a sentence")
    if entry.says == entry.not_:
        faults.append(f"{kind}: {entry.id}: says: and not: are the same sentence")
    return faults


def _classes(codebook: Codebook) -> list[str]:
    """Word classes that predicates name and that nobody defines."""
    classes = {entry.id for entry in codebook.entries("words", WordClass)}
    reserved = {"actor", "thing", "none"}
    faults = []
    for entry in codebook.entries("predicates", PredicateEntry):
        lists = (entry.object, entry.without, entry.subject, *entry.with_.values())
        for word in (w for words in lists for w in words if w.startswith("@")):
            if word[1:] not in classes | reserved:
                faults.append(f"predicates: {entry.id}: no word class {word}")
    return faults
