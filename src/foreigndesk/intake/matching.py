"""Which units of a page are in the text that an extraction gave, told by their words."""

from __future__ import annotations

import re
from collections import defaultdict

from foreigndesk.intake.units import Unit

COVERED = 0.7
"""Share of a unit's word triples that must be in the extraction for the unit to be body."""
WORD = re.compile(r"\w+")


def body_units(units: list[Unit], body: tuple[str, ...]) -> set[int]:
    """The numbers of the units that the extraction's lines hold.

    A unit whose words are a line of the extraction is body once for each such line, the one that
    follows the last match first; a longer one if most of its word triples are in the extraction.
    """
    wanted: dict[str, int] = defaultdict(int)
    triples: set[tuple[str, ...]] = set()
    for line in body:
        words = WORD.findall(line.casefold())
        wanted[" ".join(words)] += 1
        triples.update(zip(words, words[1:], words[2:], strict=False))
    keys = [WORD.findall(unit.text.casefold()) for unit in units]
    long = {n for n, words in enumerate(keys) if len(words) >= 10 and _covered(words, triples)}
    chosen = _once(sorted(long), keys)
    if not chosen:
        return {n for n, words in enumerate(keys) if wanted.get(" ".join(words))}
    first, last = min(chosen), max(chosen)
    for number, words in enumerate(keys):
        key = " ".join(words)
        if number in long or not words or not first - 3 <= number <= last + 3:
            continue
        short_part = 3 <= len(words) < 10 and _covered(words, triples)
        if wanted.get(key, 0) > 0 or short_part:
            wanted[key] -= 1
            chosen.add(number)
    return chosen


def triples(text: str) -> list[tuple[str, ...]]:
    """The word triples of a text, in order."""
    words = WORD.findall(text.casefold())
    return list(zip(words, words[1:], words[2:], strict=False))


def _covered(words: list[str], triples: set[tuple[str, ...]]) -> bool:
    own = list(zip(words, words[1:], words[2:], strict=False))
    return bool(own) and sum(t in triples for t in own) >= COVERED * len(own)


def _once(numbers: list[int], keys: list[list[str]]) -> set[int]:
    """Of units with the same words, the one nearest to the middle of all."""
    if not numbers:
        return set()
    middle = numbers[len(numbers) // 2]
    best: dict[str, int] = {}
    for number in numbers:
        key = " ".join(keys[number])
        if key not in best or abs(number - middle) < abs(best[key] - middle):
            best[key] = number
    return set(best.values())
