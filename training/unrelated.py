"""Two actors of a sentence that it does not relate, made of sentences at hand, labelled NONE.

Three makers: written sentences of directed types with the marks turned about (who is accused does
not accuse); other actors of written sentences, paired with a marked one where no rule relates the
two; and the sentences that codebook entries hold for `not:`, where no rule reports anything.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from foreigndesk.codebook.predicates import predicates
from foreigndesk.coding.mentions import PRONOUN
from foreigndesk.coding.pair_model import NONE
from foreigndesk.coding.reports import reports
from foreigndesk.model import Mention, Report
from foreigndesk.pipeline import Reader
from training.data import Example

DIRECTED = frozenset(
    {
        "ACCUSE", "AID", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
        "SANCTION", "THREATEN", "YIELD",
    }
)  # fmt: skip
"""Roots whose recipient does nothing of the kind to the actor."""
_JOINED = frozenset({"", "and", ",", ", and", "or", "/", "-", "'s", "’s"})
_OTHERS = 2
"""Other actors of a sentence that are paired at most."""
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules read in a sentence: the ranges of its actors, and its reports."""

    actors: list[Range]
    reports: tuple[Report, ...]


def read(reader: Reader, text: str) -> Read:
    """A sentence, read by rules."""
    reading = reader.reading_of_text(text, None, None)
    found = [m for s in reading.mentions for m in s.mentions if m.kind != PRONOUN and not m.members]
    return Read([_range(m.mention) for m in found], reports(reader.coder, reading))


def beside(reader: Reader, written: Sequence[Example], most: int, seed: int) -> list[Example]:
    """Of written sentences: marks turned about, and other actors; `most` at most, by chance."""
    found: list[Example] = []
    for example in written:
        known = read(reader, example.text)
        if not any(report.symmetric for report in known.reports):
            found += turned([example])
        found += _others(example, known)
    random.Random(seed).shuffle(found)
    return found[:most]


def turned(examples: Iterable[Example]) -> list[Example]:
    """Sentences of directed types with the marks turned about."""
    return [
        replace(e, label=NONE, actor=e.recipient, recipient=e.actor)
        for e in examples
        if e.label in DIRECTED
    ]


def silent(reader: Reader) -> list[Example]:
    """The first two actors of `not:` sentences that report nothing."""
    found: dict[str, Example] = {}
    for entry in predicates(reader.codebook):
        known = read(reader, entry.not_)
        if len(known.actors) > 1 and not known.reports and not _meet(*known.actors[:2]):
            found.setdefault(entry.not_, Example(NONE, entry.not_, *known.actors[:2]))
    return list(found.values())


def _others(example: Example, known: Read) -> Iterator[Example]:
    """Pairs of a marked actor and one that is not, where no rule relates the two."""
    marked = example.actor, example.recipient
    others = [m for m in known.actors if not any(_meet(m, mark) for mark in marked)]
    for other in others[:_OTHERS]:
        for actor, recipient in (
            (example.actor, other),
            (other, example.recipient),
            (other, example.actor),
        ):
            if not _joined(example.text, actor, recipient) and not _told(known, actor, recipient):
                yield replace(example, label=NONE, actor=actor, recipient=recipient)


def _told(known: Read, one: Range, other: Range) -> bool:
    """Whether a report has both, whichever acts."""
    for report in known.reports:
        sides = [_range(m) for m in report.actor], [_range(m) for m in report.recipient]
        for here, there in (sides, sides[::-1]):
            if any(_meet(s, one) for s in here) and any(_meet(s, other) for s in there):
                return True
    return False


def _joined(text: str, one: Range, other: Range) -> bool:
    """Whether nothing but a comma or the like stands between the two: they act together."""
    return text[min(one[1], other[1]) : max(one[0], other[0])].strip() in _JOINED


def _range(mention: Mention) -> Range:
    return mention.start, mention.end


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
