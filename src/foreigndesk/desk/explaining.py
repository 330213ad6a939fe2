"""Why a text is coded as it is, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from foreigndesk.codebook.lines import own_places
from foreigndesk.coding.frames import Considered
from foreigndesk.coding.pair_model import RULE
from foreigndesk.coding.reading import Reading
from foreigndesk.coding.reports import reports
from foreigndesk.desk.showing_records import names, when
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Report
from foreigndesk.pipeline import Reader

LISTED = 8
"""Words of an entry's list that are shown where none of them is there."""
Own = Mapping[str, str]
"""By id the file and line of the user's own entries."""


def explain(reader: Reader, text: str, published: str | None = None) -> Iterator[str]:
    """The lines that explain how `text` is coded: tree, mentions, entries, status, speakers.

    Entries of the user's own codebook are shown with their file and line.
    """
    own = own_places(reader.codebook)
    reading = reader.reading_of_text(text, published, None)
    found = reports(reader.coder, reading)
    for n, tree in enumerate(reading.trees):
        yield f"Sentence {n + 1}: {_words(reading, n)}"
        yield from _branch(tree, _root(tree), 1)
        yield from _mentions(reading, n, own)
        yield from _considered(reader, reading, n, own)
        for report in found:
            if report.evidence.start == reading.sentences[n].start:
                yield from _report(reader, reading, n, report, own)


def _words(reading: Reading, n: int) -> str:
    sentence = reading.sentences[n]
    return reading.text[sentence.start : sentence.end]


def _root(tree: Tree) -> int:
    return next(t.i for t in tree.tokens if t.head == t.i)


def _branch(tree: Tree, i: int, depth: int) -> Iterator[str]:
    token = tree[i]
    yield f"{'  ' * depth}{token.dep:<10} {token.text}  ({token.lemma}, {token.tag})"
    for k in tree.children(i):
        if tree[k].dep != "punct":
            yield from _branch(tree, k, depth + 1)


def _named(entry: str, own: Own) -> str:
    """An entry's id; of the user's own also where it stands."""
    place = own.get(entry.partition("+")[0])
    return f"{entry} (yours, {place})" if place else entry


def _mentions(reading: Reading, n: int, own: Own) -> Iterator[str]:
    yield "  mentions"
    for found in reading.mentions[n].mentions:
        entry = _named(found.mention.actor_id or "not in the catalogue", own)
        yield f"    {found.mention.text!r}: {names(found.actors())}, {found.kind}, {entry}"


def _considered(reader: Reader, reading: Reading, n: int, own: Own) -> Iterator[str]:
    log: list[Considered] = []
    reader.coder.frames.read(reading.trees[n], reading.mentions[n], log)
    fired = {f.trigger: f.entry.id.partition("+")[0] for f in reading.frames[n]}
    yield "  entries considered"
    for tried in sorted(log, key=lambda t: (t.trigger, t.fell is not None, t.entry_id not in own)):
        word = reading.trees[n][tried.trigger].text
        yield f"    {word}: {_named(tried.entry_id, own)}: {_fate(tried, fired)}"
    if not log:
        yield "    none: no entry has a word of this sentence, as it was read"


def _fate(tried: Considered, fired: Mapping[int, str]) -> str:
    """Why an entry made no report, or that it did."""
    if tried.fell:
        return f"fell: {_short(tried.fell)}"
    winner = fired.get(tried.trigger)
    if winner is None:
        return "held, but the word belongs to another event of the sentence, or tells none"
    return "fired" if winner == tried.entry_id else f"held, but {winner} is surer"


def _short(reason: str) -> str:
    """A reason with the first of the words that it lists."""
    words = reason.split(", ")
    return ", ".join(words[:LISTED]) + (f" ... ({len(words):,} words)" if words[LISTED:] else "")


def _report(reader: Reader, reading: Reading, n: int, report: Report, own: Own) -> Iterator[str]:
    tree = reading.trees[n]
    trigger = next(t.i for t in tree.tokens if t.start == report.trigger.start)
    fact = reader.coder.factuality.read(tree, trigger)
    yield f"  report: {report.event_type} {report.event_mode or ''}".rstrip()
    yield f"    actor: {names(report.actor)}; recipient: {names(report.recipient)}"
    yield f"    rule: {_named(report.rule, own)}, confidence {report.confidence}"
    yield (
        f"    quad class {report.quad}, intensity {report.intensity}, CAMEO "
        f"{report.cameo or 'none'}, contexts: {', '.join(report.contexts) or 'none'}"
    )
    yield from _learned(reading, n, report, trigger)
    yield f"    factuality: {fact.value}, status: {report.status}"
    for step in fact.path:
        cue = _named(step.cue, own)
        yield f"      by {tree[step.governor].text!r} ({step.relation}): {cue}, {step.effect}"
    for act in report.attribution:
        who = names((act.speaker,)) if act.speaker else "an unnamed source"
        yield f"    said by: {who} {act.stance} ({act.cue.text if act.cue else ''})"
    yield f"    date: {when(report.date)}"
    yield f"    place: {report.place.name if report.place else 'not said'}"


def _learned(reading: Reading, n: int, report: Report, trigger: int) -> Iterator[str]:
    """What the learned model added to a report, if anything."""
    for frame in reading.frames[n]:
        if (frame.trigger, frame.entry.id) == (trigger, report.rule) and frame.share is not None:
            what = "the event" if report.rule == RULE else "one of the sides"
            yield f"    learned model: {what}, probability {frame.share:.2f}"
