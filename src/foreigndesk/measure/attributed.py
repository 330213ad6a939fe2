"""The task "attribution": who says so, and with which stance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from foreigndesk.errors import UsageError
from foreigndesk.measure import accuracy as whole
from foreigndesk.measure.gold import GoldEvent
from foreigndesk.measure.intervals import Bootstrap
from foreigndesk.measure.match import Matched, Pair
from foreigndesk.measure.score import Score, attribution, attribution_score, close, total
from foreigndesk.model import Stance


def accuracy(
    results: Sequence[Matched], quads: Mapping[str, int], options: Bootstrap
) -> whole.Accuracy:
    """Speakers with their stance, over the events found whose gold judges them; by stance.

    Raises UsageError for a gold that judges none.
    """
    golds = [event for found in results for event in found.text.events]
    if not any(event.attribution is not None for event in golds):
        raise UsageError(
            "the gold", "no attribution", "columns speaker and stance", "Add them, or name yours."
        )
    results = sorted(results, key=lambda found: (found.text.text, found.text.id))
    found = whole.accuracy(results, quads, options)
    per_text = [dict(_scores(one)) for one in results]
    return replace(
        found,
        figures=tuple(whole.figures(per_text, options)),
        confusion=(),
        cases=tuple(case for case in found.cases if "attribution" in case.differs),
    )


def _scores(found: Matched) -> Iterator[tuple[tuple[str, str], Score]]:
    yield (whole.OVERALL, "speakers with their stance"), attribution([found])
    pairs = [pair for pair in close([found]) if pair.gold.attribution is not None]
    for stance in Stance:
        score = total(attribution_score(_only(pair, stance)) for pair in pairs)
        if score != Score():
            yield ("stance", stance.value), score


def _only(pair: Pair, stance: Stance) -> Pair:
    """A pair with what is said in one stance alone."""
    gold: GoldEvent = pair.gold
    said = tuple(s for s in gold.attribution or () if s.stance is stance)
    found = tuple(s for s in pair.coded.attribution if s[1] == stance.value)
    return replace(
        pair,
        gold=msgspec.structs.replace(gold, attribution=said),
        coded=replace(pair.coded, attribution=found),
    )
