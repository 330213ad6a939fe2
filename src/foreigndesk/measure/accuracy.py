"""Accuracy: the figures of coded texts against their gold, with intervals, and what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from foreigndesk.measure.groups import BINS, Group, bin_name, groups, judged
from foreigndesk.measure.intervals import Bootstrap, Counts, Estimate, estimates, mean, resampled
from foreigndesk.measure.match import Matched, confused
from foreigndesk.measure.score import DETAILS, Score, attribution, events, quiet
from foreigndesk.measure.worst import Case, cases
from foreigndesk.model import EventType, Status

OVERALL, DETAIL = "overall", "details"
WHOLE, TYPE, MEAN = "whole events", "event types", "mean of types"
TYPES = "event type"
CONFIDENCE = "confidence"
SAID = "attribution"
NONE = Estimate(None)
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of figures: a name within a group, its counts, and what follows from them.

    Counts are of events (or texts, where the name says so); of a sample they are of reports, and
    the precision is weighted. Recall and F1 have no value (and `asked` is None) where only what was
    found was judged; of details, precision is the share that is right. `pile`: how many reports
    this part of the pile has, or all of it.
    """

    group: str
    name: str
    right: int
    given: int
    asked: int | None
    precision: Estimate
    recall: Estimate
    f1: Estimate
    pile: int | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often an event of the gold's type was coded as another; None: no event at all."""

    gold: str | None
    found: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What an evaluation gives. `basis`: gold, judgements or sample; counts as in `Figure`.

    `texts`: how many texts (or, of judgements, articles); `notes` are sentences about what was
    left out and what the figures do not say.
    """

    basis: str
    task: str
    texts: int
    options: Bootstrap
    figures: tuple[Figure, ...]
    confusion: tuple[Confusion, ...]
    cases: tuple[Case, ...]
    notes: tuple[str, ...] = field(default=())


def accuracy(results: Sequence[Matched], quads: Mapping[str, int], options: Bootstrap) -> Accuracy:
    """All figures of matched texts. `quads`: the quad class (1 to 4) of each event type.

    They do not depend on the order of the texts.
    """
    results = sorted(results, key=lambda found: (found.text.text, found.text.id))
    golds = [event for found in results for event in found.text.events]
    told = [group for group in groups(quads) if judged(group, golds)]
    per_text = [_of_text(found, told) for found in results]
    rows = list(figures(per_text, options))
    return Accuracy(
        basis="gold",
        task="events",
        texts=len(results),
        options=options,
        figures=(*rows[:2], *_mean_of_types(per_text, options), *rows[2:]),
        confusion=confusion(results),
        cases=tuple(cases(results)),
    )


def _of_text(found: Matched, told: Sequence[Group]) -> dict[_Key, Score]:
    """What one text adds to each figure."""
    sums: dict[_Key, Score] = defaultdict(Score)
    one = [found]
    sums[OVERALL, WHOLE] = events(one, whole=True)
    sums[OVERALL, TYPE] = events(one, whole=False)
    for group in told:
        for name, score in group.scores(found):
            sums[group.name, name] += score
    for detail in DETAILS:
        sums[DETAIL, detail.name] = detail.score(one)
    sums[DETAIL, SAID] = attribution(one)
    sums[DETAIL, "texts without events, left quiet"] = quiet(one)
    return {key: score for key, score in sums.items() if score != Score()}


def figures(per_text: Sequence[Mapping[_Key, Score]], options: Bootstrap) -> Iterator[Figure]:
    """The figures of scores that are told text by text, with intervals, in the order of groups."""
    keys = in_order({key for scores in per_text for key in scores})
    if not keys:
        return
    counts = _counts(per_text, keys)
    ends = resampled(counts, options)
    for at, (group, name) in enumerate(keys):
        sums = counts[:, at].sum(axis=0)
        right, given, asked = (int(each) for each in sums)
        precision, recall, f1 = estimates(sums, ends[at], options.level)
        if (group == DETAIL and name != SAID) or group == CONFIDENCE:
            yield Figure(group, name, right, given, None, precision, NONE, NONE)
        else:
            yield Figure(group, name, right, given, asked, precision, recall, f1)


def _counts(per_text: Sequence[Mapping[_Key, Score]], keys: Sequence[_Key]) -> Counts:
    counts = np.zeros((len(per_text), len(keys), 3))
    places = {key: at for at, key in enumerate(keys)}
    for text, scores in enumerate(per_text):
        for key, score in scores.items():
            if key in places:
                counts[text, places[key]] = (score.right, score.given, score.asked)
    return counts


def _mean_of_types(
    per_text: Sequence[Mapping[_Key, Score]], options: Bootstrap
) -> Iterator[Figure]:
    """The mean over the event types that the gold has, each type alike (macro average)."""
    asked = {key for scores in per_text for key, s in scores.items() if key[0] == TYPES and s.asked}
    if asked:
        counts = _counts(per_text, in_order(asked))
        right, given, whole = (int(each) for each in counts.sum(axis=(0, 1)))
        yield Figure(OVERALL, MEAN, right, given, whole, *mean(counts, options))


def in_order(keys: Iterable[_Key]) -> list[_Key]:
    """Groups and names in the order in which they are shown."""
    return sorted(keys, key=_order)


_GROUPS = (
    OVERALL, DETAIL, "stance", "stratum", "quad class", "event type", "status", CONFIDENCE, "mode",
    "actor country", "actor sector",
)  # fmt: skip
_NAMES = [
    WHOLE, TYPE, "whole reports", *EventType, *Status, *map(bin_name, BINS),
    *(detail.name for detail in DETAILS), SAID,
]  # fmt: skip


def _order(key: _Key) -> tuple[int, int, str]:
    group, name = key
    first = name.split()[0] if group == "mode" else name
    place = _NAMES.index(first) if first in _NAMES else len(_NAMES)
    return _GROUPS.index(group) if group in _GROUPS else len(_GROUPS), place, name


def confusion(results: Sequence[Matched]) -> tuple[Confusion, ...]:
    """The confusion table of event types, one entry for each pair that occurs.

    An event of the gold that is coded as another type (at the same trigger, or between the same
    sides) is confused; another that is not coded is missed (`found` None), another that is coded is
    false (`gold` None). Optional events of the gold count only where they are right.
    """
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for found in results:
        other = confused(found)
        counts.update((p.gold.event_type.value, p.coded.event_type) for p in found.pairs)
        counts.update((gold.event_type.value, coded.event_type) for gold, coded in other)
        missed = [g for g in found.missed if not any(g is each for each, _ in other)]
        false = [c for c in found.false if not any(c is each for _, each in other)]
        counts.update((gold.event_type.value, None) for gold in missed)
        counts.update((None, coded.event_type) for coded in false)
    order = [*EventType, None]
    ranked = sorted(
        counts, key=lambda pair: (order.index(_type(pair[0])), order.index(_type(pair[1])))
    )
    return tuple(Confusion(gold, coded, counts[gold, coded]) for gold, coded in ranked)


def _type(name: str | None) -> EventType | None:
    return None if name is None else EventType(name)
