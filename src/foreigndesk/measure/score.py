"""Right answers among those given and among those asked for; details of events that are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from foreigndesk.measure.gold import GoldEvent
from foreigndesk.measure.match import Matched, Pair, same_party


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers among those given and among those asked for: counts."""

    right: int = 0
    given: int = 0
    asked: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.given + other.given, self.asked + other.asked)

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
        """The harmonic mean of precision and recall (van Rijsbergen 1979)."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else 0.0


def total(scores: Iterable[Score]) -> Score:
    """The sum of scores."""
    return sum(scores, Score())


def required(found: Matched) -> list[Pair]:
    """The pairs that count as events found: the gold's optional ones stay out."""
    return [pair for pair in found.pairs if not pair.gold.optional]


def close(results: Iterable[Matched]) -> list[Pair]:
    """The pairs whose details can be compared."""
    return [pair for found in results for pair in found.pairs if pair.close]


def events(results: Sequence[Matched], whole: bool) -> Score:
    """Events with the right type and, if `whole`, the right actor and recipient."""
    pairs = [pair for found in results for pair in required(found)]
    return Score(
        right=sum(pair.whole or not whole for pair in pairs),
        given=len(pairs) + sum(len(found.false) for found in results),
        asked=len(pairs) + sum(len(found.missed) for found in results),
    )


def mode_right(pair: Pair) -> bool:
    """Whether the mode is the gold's."""
    return pair.coded.event_mode == pair.gold.event_mode


def status_right(pair: Pair) -> bool:
    """Whether the status is the gold's."""
    return pair.coded.status == pair.gold.status


def date_right(pair: Pair) -> bool:
    """Whether the date is the gold's, letter for letter in EDTF."""
    return pair.coded.date == pair.gold.date


def place_right(pair: Pair) -> bool:
    """Whether the country is the gold's."""
    return pair.coded.place == pair.gold.place


def sector_right(pair: Pair) -> bool:
    """Whether a sector of the actor is the gold's."""
    return any(
        name.split()[-1] == party.sector
        for name in "|".join(pair.gold.actor or ()).split("|")
        for party in pair.coded.actor
    )


def has_sector(event: GoldEvent) -> bool:
    """Whether the gold says the actor's code and sector."""
    return any(" " in name for name in event.actor or () if not name.startswith("="))


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail of an event: where the gold judges it, and whether it is right."""

    name: str
    judged: Callable[[GoldEvent], bool]
    right: Callable[[Pair], bool]

    def score(self, results: Iterable[Matched]) -> Score:
        """Over comparable events that the gold judges; precision is the share right."""
        pairs = [pair for pair in close(results) if self.judged(pair.gold)]
        return Score(sum(map(self.right, pairs)), len(pairs), len(pairs))


DETAILS = (
    Detail("mode", lambda gold: bool(gold.event_mode), mode_right),
    Detail("status", lambda gold: gold.status is not None, status_right),
    Detail("sector", has_sector, sector_right),
    Detail("date", lambda gold: bool(gold.date), date_right),
    Detail("place", lambda gold: bool(gold.place), place_right),
)


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


def attribution(results: Iterable[Matched]) -> Score:
    """Speakers with their stance, over comparable events whose gold judges them."""
    return total(attribution_score(p) for p in close(results) if p.gold.attribution is not None)


def quiet(results: Sequence[Matched]) -> Score:
    """Texts without events; right those in which none is found."""
    texts = [found for found in results if not found.text.events]
    return Score(sum(not found.false for found in texts), len(texts), len(texts))
