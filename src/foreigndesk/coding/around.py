"""What of a text bears on each of its sentences: times, places and speech acts, sorted once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from foreigndesk.coding.attribution import SpeechAct
from foreigndesk.model import Place, Quantities, Sentence, TimeExpression


@dataclass(slots=True)
class Around:
    """The times and places within one sentence, and the speech acts that hold words of it.

    `quantities` are the sentence's, which all of its reports share; `dateline` is the place of a
    dateline that opens the sentence; `before` the long past of which the sentence goes on to tell.
    """

    times: list[TimeExpression] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    acts: list[SpeechAct] = field(default_factory=list)
    quantities: Quantities = field(default_factory=Quantities)
    dateline: Place | None = None
    before: str | None = None


def around(
    sentences: Sequence[Sentence],
    times: Iterable[TimeExpression],
    places: Iterable[Place],
    acts: Iterable[SpeechAct],
) -> list[Around]:
    """One Around for each sentence. Sentences are in text order and do not overlap."""
    starts = [sentence.start for sentence in sentences]
    found = [Around() for _ in sentences]

    def at(position: int) -> int:
        return max(0, bisect_right(starts, position) - 1)

    if found:
        for time in times:
            found[at(time.start)].times.append(time)
        for place in places:
            if place.start is not None:
                found[at(place.start)].places.append(place)
        for act in acts:
            held = {
                n for r in act.content for n in range(at(r.start), at(max(r.start, r.end - 1)) + 1)
            }
            for n in sorted(held):
                found[n].acts.append(act)
    return found
