"""Code the gold and measure it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation import baseline, coded, measures
from evaluation.gold import HALVES, half_of, read_gold
from foreigndesk.measure.found import Coded
from foreigndesk.measure.gold import GoldText
from foreigndesk.measure.match import Matched, match

Codes = Callable[[Sequence[GoldText]], list[tuple[Coded, ...]]]
CODERS: dict[str, Codes] = {"foreigndesk": coded.code_all, "baseline": baseline.code_all}


@dataclass(frozen=True, slots=True)
class Outcome:
    """All matched texts of one coder, in the order of the gold."""

    results: tuple[Matched, ...]

    def half(self, name: str) -> tuple[Matched, ...]:
        """The development (`dev`) or the test half (`test`)."""
        return tuple(found for found in self.results if half_of(found.text.id) == name)

    def figures(self) -> dict[str, float]:
        """The figures of both halves: `dev.whole.f1` and so on."""
        return {
            f"{half}.{name}": value
            for half in HALVES
            for name, value in measures.figures(self.half(half)).items()
        }


def run(coder: str = "foreigndesk", texts: Sequence[GoldText] | None = None) -> Outcome:
    """Code the gold texts with a coder of `CODERS` and match the outcome."""
    texts = read_gold() if texts is None else texts
    found = CODERS[coder](texts)
    return Outcome(tuple(match(t, c) for t, c in zip(texts, found, strict=True)))
