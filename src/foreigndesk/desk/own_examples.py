"""Code the sentences of a user's own entries, and say why one is not coded as its entry says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foreigndesk.codebook.boilerplate import compile_marks
from foreigndesk.codebook.faults import Fault
from foreigndesk.codebook.lint import Linter
from foreigndesk.codebook.ontology import mode_name
from foreigndesk.codebook.sense import Placed
from foreigndesk.coding.frames import Considered
from foreigndesk.coding.reading import Reading, mentions_of
from foreigndesk.coding.reports import reports
from foreigndesk.desk.examples import covers, fires, has_word, leads_to, names
from foreigndesk.errors import CodebookError
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

Asked = Callable[[Reader, Any, str], bool]
Read = Callable[[Reader, Any, Reading], bool]


def own_faults(settings: Settings, linter: Linter) -> list[Fault]:
    """The sentences of a user's entries that are not coded, by rules, as the entry says."""
    reader = Reader(replace(settings, learned=0))
    return [
        linter.fault(kind, placed, wrong)
        for kind, entries in linter.own().items()
        for placed in entries
        for wrong in _wrong(reader, kind, placed)
    ]


def _wrong(reader: Reader, kind: str, placed: Placed) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with the sentences of an entry: part, found, expected, what to do."""
    entry = placed.entry
    if kind not in SAYS or (kind == "ontology" and entry.under is None):
        return
    if not SAYS[kind](reader, entry, entry.says):
        why = WHY.get(kind, _mentioned)(reader, entry, entry.says)
        told = f"that it does not code its says: {entry.says!r} ({why})"
        yield "says", told, "that it does", _explain(reader, entry.says)
    if NOT.get(kind, SAYS[kind])(reader, entry, entry.not_):
        told = f"that it codes its not: {entry.not_!r}"
        yield "not", told, "that it does not", f"Make it narrower. {_explain(reader, entry.not_)}"


def _explain(reader: Reader, sentence: str) -> str:
    said = f"'{sentence}'" if '"' in sentence else f'"{sentence}"'
    return f"See: foreigndesk codebook explain {said} --codebook {reader.settings.codebook}"


def _read(holds: Read) -> Asked:
    return lambda reader, entry, text: holds(reader, entry, _reading(reader, text))


def _reading(reader: Reader, text: str) -> Reading:
    return reader.reading_of_text(text, None, None)


def _decides(reader: Reader, entry: Any, text: str) -> bool:
    """Whether a predicate gives a report, or holds, if it is none that gives one of itself."""
    reading = _reading(reader, text)
    if entry.event is None or entry.inner:
        return fires(reader, entry, reading)
    return any(r.rule.partition("+")[0] == entry.id for r in reports(reader.coder, reading))


def _of_type(reader: Reader, entry: Any, text: str) -> bool:
    """Whether a report is of a type of one's own."""
    name = mode_name(entry.event)
    return any(
        r.event_type is entry.under and (r.event_mode or "").split("/")[0] == name
        for r in reports(reader.coder, _reading(reader, text))
    )


def _shows(reader: Reader, entry: Any, reading: Reading) -> bool:
    lemmas = {t.lemma.lower() for tree in reading.trees for t in tree.tokens}
    return not lemmas.isdisjoint(entry.words)


def _placed(reader: Reader, entry: Any, reading: Reading) -> bool:
    return any(place.name == entry.name for place in reading.places)


def _marked(reader: Reader, entry: Any, text: str) -> bool:
    marks = compile_marks((entry,))
    return (marks.named if entry.where == "class" else marks.find)(text) is not None


def _speaks(reader: Reader, entry: Any, reading: Reading) -> bool:
    return entry.pos in ("source", "light") or any(act.rule == entry.id for act in reading.acts)


def _speaks_not(reader: Reader, entry: Any, reading: Reading) -> bool:
    return any(act.rule == entry.id for act in reading.acts)


def _holds_of(reader: Reader, entry: Any, reading: Reading) -> bool:
    """Whether a factuality cue makes of its word what it says."""
    for tree in reading.trees:
        for token in tree.tokens:
            fact = reader.coder.factuality.read(tree, token.i)
            by = token.text == entry.word and entry.id in [step.cue for step in fact.path]
            if by and fact.value is entry.value and entry.status in (None, fact.status):
                return True
    return False


def _touches(reader: Reader, entry: Any, reading: Reading) -> bool:
    facts = (
        reader.coder.factuality.read(tree, token.i)
        for tree in reading.trees
        for token in tree.tokens
    )
    return any(entry.id in [step.cue for step in fact.path] for fact in facts)


SAYS: Mapping[str, Asked] = {
    "ontology": _of_type,
    "contexts": _read(_shows),
    "predicates": _decides,
    "words": _read(has_word),
    "actors": _read(leads_to),
    "offices": _read(names),
    "roles": _read(covers),
    "attribution": _read(_speaks),
    "factuality": _read(_holds_of),
    "places": _read(_placed),
    "boilerplate": _marked,
}
"""What must hold of the `says:` of each kind; the other kinds have no check of their own."""
NOT: Mapping[str, Asked] = {
    "predicates": _read(fires),
    "actors": _read(names),
    "attribution": _read(_speaks_not),
    "factuality": _read(_touches),
}
"""What must not hold of the `not:`, where that is something else."""


def _fell(reader: Reader, entry: Any, text: str) -> str:
    """Why a predicate did not give a report."""
    reading = _reading(reader, text)
    log: list[tuple[str, Considered]] = []
    for tree, mentions in zip(reading.trees, reading.mentions, strict=True):
        found: list[Considered] = []
        reader.coder.frames.read(tree, mentions, found)
        log += [(tree[t.trigger].text, t) for t in found if t.entry_id == entry.id]
    if not log:
        words = ", ".join((*entry.verbs, *entry.nouns, *entry.adjectives, *entry.modals))
        return f"none of its words stands there, as the parser reads it: {words}"
    if all(tried.fell for _, tried in log):
        return "; ".join(f"at {word!r} it fell: {tried.fell}" for word, tried in log)
    return f"it holds, but its words are taken to tell no event, or another: {_coded(reader, text)}"


def _coded(reader: Reader, text: str) -> str:
    """The reports that a sentence gives, in a few words."""
    found = reports(reader.coder, _reading(reader, text))
    told = [f"{r.event_type} {r.event_mode or ''}".strip() + f" by {r.rule}" for r in found]
    return "; ".join(told) or "no report"


def _other_type(reader: Reader, entry: Any, text: str) -> str:
    return f"coded is {_coded(reader, text)}; does an entry of predicates/ name {entry.event}?"


def _mentioned(reader: Reader, entry: Any, text: str) -> str:
    """What was read of the sentence."""
    found = [m.text for m in mentions_of(_reading(reader, text))]
    return f"actors that were read: {', '.join(found) or 'none'}"


def _lines(reader: Reader, entry: Any, text: str) -> str:
    return "none of its marks fits the whole of it, as `where` asks"


def _lemmas(reader: Reader, entry: Any, text: str) -> str:
    trees: Sequence[Any] = _reading(reader, text).trees
    return f"words that were read: {' '.join(t.lemma for tree in trees for t in tree.tokens)}"


WHY: Mapping[str, Callable[[Reader, Any, str], str]] = {
    "predicates": _fell,
    "ontology": _other_type,
    "boilerplate": _lines,
    "contexts": _lemmas,
    "words": _lemmas,
    "factuality": _lemmas,
    "attribution": _lemmas,
}


def checked(settings: Settings, linter: Linter) -> list[Fault]:
    """`own_faults`, where the codebook can be loaded at all; nothing where it cannot."""
    try:
        return own_faults(settings, linter)
    except CodebookError:
        return []
