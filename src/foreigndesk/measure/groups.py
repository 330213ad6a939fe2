"""The kinds of event by which scores are told apart: type, mode, status, quad class, actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foreigndesk.measure.found import Coded
from foreigndesk.measure.gold import NAMED, SECTORS, GoldEvent
from foreigndesk.measure.match import Matched, Pair
from foreigndesk.measure.score import Score, required

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The lower ends of the bins of confidence."""
QUADS = {
    1: "1 verbal cooperation",
    2: "2 material cooperation",
    3: "3 verbal conflict",
    4: "4 material conflict",
}
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A way to tell events apart: the names under which a gold and a coded event fall.

    `of_gold` gives None where the gold does not judge it; it is None for what only the coder
    says, such as its confidence: there is no recall then. `judges` is whether a gold event shows
    that the gold judges this at all; None: every gold does. Names between bars ("IMG|IRQ") are
    right alike. `of_side`: it tells sides apart, which in a symmetric event may have changed
    places.
    """

    name: str
    of_gold: Callable[[GoldEvent], Names | None] | None
    of_coded: Callable[[Coded], Names]
    judges: Callable[[GoldEvent], bool] | None = None
    of_side: bool = False

    def scores(self, found: Matched) -> Iterator[tuple[str, Score]]:
        """What a text adds to the score of each name: whole events of that name on both sides."""
        for pair in required(found):
            yield from self._of_pair(pair)
        for coded in found.false:
            yield from ((name, Score(given=1)) for name in self.of_coded(coded))
        if self.of_gold is not None:
            for gold in found.missed:
                names = _chosen(self.of_gold(gold) or (), ())
                yield from ((name, Score(asked=1)) for name in names)

    def _of_pair(self, pair: Pair) -> Iterator[tuple[str, Score]]:
        given = self.of_coded(pair.coded)
        if self.of_gold is None:
            yield from ((name, Score(int(pair.whole), 1)) for name in given)
            return
        judged = self.of_gold(pair.gold)
        if judged is None:
            return
        asked = _chosen(judged, given)
        if self.of_side and pair.whole and not set(asked) & set(given):
            given = asked
        for name in dict.fromkeys((*asked, *given)):
            both = name in asked and name in given
            yield name, Score(int(both and pair.whole), int(name in given), int(name in asked))


def _chosen(names: Names, given: Names) -> Names:
    """Of names between bars the one that is given, else the first."""
    alternatives = (name.split("|") for name in names)
    return tuple(dict.fromkeys(next((a for a in s if a in given), s[0]) for s in alternatives))


def groups(quads: Mapping[str, int]) -> tuple[Group, ...]:
    """The groups, in the order in which they are shown; `quads`: the quad class of each type."""

    def quad(event_type: str) -> Names:
        return (QUADS[quads[event_type]],) if event_type in quads else ()

    return (
        Group("event type", lambda g: (g.event_type.value,), lambda c: (c.event_type,)),
        Group("status", _gold_status, lambda c: (c.status,), lambda g: g.status is not None),
        Group("quad class", lambda g: quad(g.event_type.value), lambda c: quad(c.event_type)),
        Group("confidence", None, lambda c: (bin_name(bin_of(c.confidence)),)),
        Group("mode", _gold_mode, _coded_mode, lambda g: g.event_mode is not None),
        Group("actor country", _gold_codes, _coded_codes, lambda g: bool(g.actor), of_side=True),
        Group(
            "actor sector", _gold_sectors, _coded_sectors, lambda g: bool(_gold_sectors(g)), True
        ),
    )


def judged(group: Group, golds: Sequence[GoldEvent]) -> bool:
    """Whether the gold lets this group be told apart."""
    return group.judges is None or any(map(group.judges, golds))


def bin_of(confidence: float) -> float:
    """The lower end of the bin of a confidence."""
    return max(low for low in BINS if low <= confidence)


def bin_name(low: float) -> str:
    """A bin of confidence in words."""
    if low == BINS[0]:
        return f"under {BINS[1]}"
    return f"{low} and more" if low == BINS[-1] else f"{low} to {BINS[BINS.index(low) + 1]}"


def _gold_mode(gold: GoldEvent) -> Names:
    return (f"{gold.event_type.value} {gold.event_mode}",) if gold.event_mode else ()


def _coded_mode(coded: Coded) -> Names:
    return (f"{coded.event_type} {coded.event_mode}",) if coded.event_mode else ()


def _gold_status(gold: GoldEvent) -> Names | None:
    return None if gold.status is None else (gold.status.value,)


def _gold_codes(gold: GoldEvent) -> Names | None:
    """The codes of the gold's actors, those that are right alike between bars."""
    if gold.actor is None:
        return None
    found = (_joined(_heads(party)) for party in gold.actor)
    return tuple(name for name in found if name)


def _heads(party: str) -> Iterator[str]:
    for name in _alternatives(party):
        head = name.split()[0]
        if head not in SECTORS:
            yield head


def _coded_codes(coded: Coded) -> Names:
    return _unique(party.code for party in coded.actor)


def _gold_sectors(gold: GoldEvent) -> Names | None:
    """The sectors of the gold's actors; None where it says none."""
    words = (_joined(n.split()[-1] for n in _alternatives(party)) for party in gold.actor or ())
    return tuple(word for word in words if word.split("|")[0] in SECTORS) or None


def _coded_sectors(coded: Coded) -> Names:
    return _unique(party.sector for party in coded.actor)


def _alternatives(party: str) -> list[str]:
    return [name.strip() for name in party.split("|") if not name.startswith(NAMED)]


def _joined(names: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(names))


def _unique(values: Iterable[str | None]) -> Names:
    return tuple(sorted({value for value in values if value}))
