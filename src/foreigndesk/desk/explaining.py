"""Why a text is coded as it is, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from foreigndesk.coding.frames import Considered
from foreigndesk.coding.pair_model import RULE
from foreigndesk.coding.reading import Reading
from foreigndesk.coding.reports import reports
from foreigndesk.desk.showing_records import names, when
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Report
from foreigndesk.pipeline import Reader


def explain(reader: Reader, text: str, published: str | None = None) -> Iterator[str]:
    """The lines that explain how `text` is coded: tree, mentions, entries, status, speakers."""
    reading = reader.reading_of_text(text, published, None)
    found = reports(reader.coder, reading)
    for n, tree in enumerate(reading.trees):
        yield f"Sentence {n + 1}: {_words(reading, n)}"
        yield from _branch(tree, _root(tree), 1)
        yield from _mentions(reading, n)
        yield from _considered(reader, reading, n)
        for report in found:
            if report.evidence.start == reading.sentences[n].start:
                yield from _report(reader, reading, n, report)


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


def _mentions(reading: Reading, n: int) -> Iterator[str]:
    yield "  mentions"
    for found in reading.mentions[n].mentions:
        entry = found.mention.actor_id or "not in the catalogue"
        yield f"    {found.mention.text!r}: {names(found.actors())}, {found.kind}, {entry}"


def _considered(reader: Reader, reading: Reading, n: int) -> Iterator[str]:
    log: list[Considered] = []
    reader.coder.frames.read(reading.trees[n], reading.mentions[n], log)
    fired = {(f.trigger, f.entry.id.partition("+")[0]) for f in reading.frames[n]}
    yield "  entries considered"
    for tried in sorted(log, key=lambda t: t.trigger):
        word = reading.trees[n][tried.trigger].text
        yield f"    {word}: {tried.entry_id}: {_fate(tried, fired)}"


def _fate(tried: Considered, fired: set[tuple[int, str]]) -> str:
    """Why an entry made no report, or that it did."""
    if tried.fell:
        return f"fell: {tried.fell}"
    if (tried.trigger, tried.entry_id) in fired:
        return "fired"
    return "held, but another reading of the word, or the word that it belongs to, is surer"


def _report(reader: Reader, reading: Reading, n: int, report: Report) -> Iterator[str]:
    tree = reading.trees[n]
    trigger = next(t.i for t in tree.tokens if t.start == report.trigger.start)
    fact = reader.coder.factuality.read(tree, trigger)
    yield f"  report: {report.event_type} {report.event_mode or ''}".rstrip()
    yield f"    actor: {names(report.actor)}; recipient: {names(report.recipient)}"
    yield f"    rule: {report.rule}, confidence {report.confidence}"
    yield from _learned(reading, n, report, trigger)
    yield f"    factuality: {fact.value}, status: {report.status}"
    for step in fact.path:
        yield f"      by {tree[step.governor].text!r} ({step.relation}): {step.cue}, {step.effect}"
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
