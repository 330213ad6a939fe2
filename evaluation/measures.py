"""Figures over matched texts. All are shares in 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evaluation.gold import GoldEvent
from evaluation.match import Matched, Pair, same_party
from foreigndesk.model import EventType, Status

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers among those given and among those asked for."""

    right: int
    given: int
    asked: int

    @property
    def precision(self) -> float:
        """Right among given; 0 where none is given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right among asked for; 0 where none is asked for."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else 0.0


def required(found: Matched) -> list[Pair]:
    """The pairs that count as events found: the gold's optional ones stay out."""
    return [pair for pair in found.pairs if not pair.gold.optional]


def events(results: Sequence[Matched], whole: bool) -> Score:
    """Events with the right type and, if `whole`, the right actor and recipient."""
    pairs = [pair for found in results for pair in required(found)]
    return Score(
        right=sum(pair.whole or not whole for pair in pairs),
        given=len(pairs) + sum(len(found.false) for found in results),
        asked=len(pairs) + sum(len(found.missed) for found in results),
    )


def _close(results: Iterable[Matched]) -> list[Pair]:
    return [pair for found in results for pair in found.pairs if pair.close]


def _share(pairs: Sequence[Pair], right: Callable[[Pair], bool]) -> float:
    return sum(map(right, pairs)) / len(pairs) if pairs else 0.0


def mode_right(pair: Pair) -> bool:
    """Whether the mode is the gold's."""
    return pair.coded.event_mode == pair.gold.event_mode


def status_right(pair: Pair) -> bool:
    """Whether the status is the gold's."""
    return pair.coded.status == pair.gold.status.value


def date_right(pair: Pair) -> bool:
    """Whether the date is the gold's, letter for letter in EDTF."""
    return pair.coded.date == pair.gold.date


def place_right(pair: Pair) -> bool:
    """Whether the country is the gold's."""
    return pair.coded.place == pair.gold.place


def attribution_score(pair: Pair) -> Score:
    """Speakers with their stance; one whom nothing names answers only another such."""
    left = list(pair.coded.attribution)
    right = 0
    for said in pair.gold.attribution or ():
        for found in left:
            named = said.speaker is not None and found[0] is not None
            same = same_party(said.speaker or "", found[0]) if named and found[0] else not named
            if same and found[1] == said.stance.value:
                left.remove(found)
                right += 1
                break
    return Score(right, len(pair.coded.attribution), len(pair.gold.attribution or ()))


def _attribution(results: Sequence[Matched]) -> Score:
    scores = [attribution_score(p) for p in _close(results) if p.gold.attribution is not None]
    return Score(
        sum(s.right for s in scores), sum(s.given for s in scores), sum(s.asked for s in scores)
    )


def _sector_right(pair: Pair) -> bool:
    return any(
        name.split()[-1] == party.sector
        for name in "|".join(pair.gold.actor or ()).split("|")
        for party in pair.coded.actor
    )


def _has_sector(event: GoldEvent) -> bool:
    return any(" " in name for name in event.actor or ())


def figures(results: Sequence[Matched]) -> dict[str, float]:
    """All figures by name. Details are shares of close pairs for which the gold has a value."""
    whole, kind = events(results, True), events(results, False)
    close = _close(results)
    said = _attribution(results)
    quiet = [found for found in results if not found.text.events]
    sure = [row for row in reliability(results) if row[0] == BINS[-1]]
    values = {
        "whole.precision": whole.precision,
        "whole.recall": whole.recall,
        "whole.f1": whole.f1,
        "type.precision": kind.precision,
        "type.recall": kind.recall,
        "type.f1": kind.f1,
        "mode.accuracy": _share([p for p in close if p.gold.event_mode], mode_right),
        "sector.accuracy": _share([p for p in close if _has_sector(p.gold)], _sector_right),
        "status.accuracy": _share(close, status_right),
        "status.other-than-occurred": _share(
            [p for p in close if p.gold.status is not Status.OCCURRED], status_right
        ),
        "attribution.f1": said.f1,
        "date.accuracy": _share([p for p in close if p.gold.date], date_right),
        "place.accuracy": _share([p for p in close if p.gold.place], place_right),
        "quiet.texts": sum(not f.false for f in quiet) / len(quiet) if quiet else 0.0,
        "sure.precision": sure[0][2] if sure else 0.0,
    }
    return {name: round(value, 4) for name, value in values.items()}


def reliability(results: Sequence[Matched]) -> list[tuple[float, int, float]]:
    """For each bin of confidence its lower end, the number of events and the whole-event share."""
    given: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for found in results:
        for pair in required(found):
            low = _bin(pair.coded.confidence)
            given[low] += 1
            right[low] += pair.whole
        given.update(_bin(coded.confidence) for coded in found.false)
    return [(low, given[low], right[low] / given[low]) for low in BINS if given[low]]


def _bin(confidence: float) -> float:
    return max(low for low in BINS if low <= confidence)


def by_type(results: Sequence[Matched]) -> list[tuple[str, Score]]:
    """The whole-event score of each event type."""
    rows = []
    for kind in EventType:
        pairs = [p for f in results for p in required(f) if p.gold.event_type is kind]
        false = sum(c.event_type == kind.value for f in results for c in f.false)
        missed = sum(g.event_type is kind for f in results for g in f.missed)
        right = sum(pair.whole for pair in pairs)
        rows.append((kind.value, Score(right, len(pairs) + false, len(pairs) + missed)))
    return rows


def by_status(results: Sequence[Matched]) -> list[tuple[str, Score]]:
    """For each status: how often it is said and how often right, over close pairs."""
    close = _close(results)
    rows = []
    for status in Status:
        right = sum(p.gold.status is status and status_right(p) for p in close)
        given = sum(p.coded.status == status.value for p in close)
        rows.append(
            (status.value, Score(right, given, sum(p.gold.status is status for p in close)))
        )
    return rows
