"""Sentences from the codebook: what each predicate entry `says`, also with its other words.

The rules read their own sentences; the sides they find become the marks, and the words of the
trigger are put in turn in each other's place.
"""

from __future__ import annotations

import random

from foreigndesk.codebook.predicates import PredicateEntry, predicates
from foreigndesk.coding.pair import root_of, stated
from foreigndesk.coding.reading import Reading
from foreigndesk.coding.reports import reports
from foreigndesk.model import Report
from foreigndesk.pipeline import Reader
from training.data import Example
from training.inflect import Inflector

_MOST = 16
"""Sentences that one entry gives at most."""
_SURE = 0.5
"""Entries of lower weight are left out."""


def said(reader: Reader, inflect: Inflector, seed: int = 1) -> list[Example]:
    """The sentences of all entries, in the order of the codebook."""
    chance = random.Random(seed)
    found: dict[str, Example] = {}
    for entry in predicates(reader.codebook):
        if entry.weight >= _SURE:
            for example in _of_entry(reader, entry, inflect, chance):
                found.setdefault(example.text, example)
    return list(found.values())


def _of_entry(
    reader: Reader, entry: PredicateEntry, inflect: Inflector, chance: random.Random
) -> list[Example]:
    reading = reader.reading_of_text(entry.says, None, None)
    report = next((r for r in reports(reader.coder, reading) if r.rule == entry.id), None)
    if report is None or not report.actor or not report.recipient:
        return []
    first = _example(report, entry.says)
    if first.actor[0] < first.recipient[1] and first.recipient[0] < first.actor[1]:
        return []
    tag = _tag(reading, report)
    words = [w for w in _others(entry, report.trigger.lemma.lower(), tag) if " " not in w]
    chance.shuffle(words)
    shown = [_with(first, report, _formed(inflect, w, tag)) for w in words[: _MOST - 1]]
    return [first, *shown]


def _tag(reading: Reading, report: Report) -> str:
    """The Penn tag of the trigger."""
    tokens = (token for tree in reading.trees for token in tree.tokens)
    return next((t.tag for t in tokens if t.start == report.trigger.start), "NN")


def _others(entry: PredicateEntry, lemma: str, tag: str) -> list[str]:
    for words in (entry.verbs, entry.nouns) if tag[0] == "V" else (entry.nouns, entry.verbs):
        if lemma in words:
            return sorted(set(words) - {lemma})
    return []


def _formed(inflect: Inflector, word: str, tag: str) -> str:
    if tag == "NNS":
        return word + "s"
    return inflect.form(word, tag)


def _example(report: Report, text: str) -> Example:
    actor, recipient = report.actor[0], report.recipient[0]
    label = root_of(stated(report)[0])
    return Example(label, text, (actor.start, actor.end), (recipient.start, recipient.end))


def _with(example: Example, report: Report, word: str) -> Example:
    start, end = report.trigger.start, report.trigger.end
    grown = len(word) - (end - start)

    def moved(place: tuple[int, int]) -> tuple[int, int]:
        return (place[0] + grown, place[1] + grown) if place[0] >= end else place

    text = example.text[:start] + word + example.text[end:]
    return Example(example.label, text, moved(example.actor), moved(example.recipient))
