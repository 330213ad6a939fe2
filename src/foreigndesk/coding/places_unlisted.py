"""Settlements that the gazetteer lacks, named as such: "the Polish village of Przewodow".

Such a name is a place if its country is told beside it: by the adjective before the noun or by
the place named right after. It has no coordinates and no id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foreigndesk.model import Place, Sentence, Token

_NAMES = ("NNP", "NNPS")
_AFTER = frozenset({",", "in", "near", "of"})
_REACH = 6


def unlisted(
    sentence: Sentence, listed: Sequence[Place], text: str, settled: frozenset[str]
) -> Iterator[Place]:
    """The places of a sentence that only their own words name.

    `listed` are the places found in the text, in order; `settled` lemmas such as "village".
    """
    tokens = sentence.tokens
    here = [p for p in listed if p.start is not None and sentence.start <= p.start < sentence.end]
    if not here:
        return
    for i in range(len(tokens) - 2):
        if tokens[i].lemma.lower() in settled and tokens[i + 1].text == "of":
            place = _named(tokens, i, here, text)
            if place is not None:
                yield place


def _named(tokens: Sequence[Token], noun: int, here: Sequence[Place], text: str) -> Place | None:
    first = last = noun + 2
    while last < len(tokens) and (tokens[last].tag in _NAMES or tokens[last].text == "-"):
        last += 1
    if last == first or not tokens[first].text[:1].isupper():
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    if any(
        p.start is not None and p.end is not None and p.start < end and start < p.end for p in here
    ):
        return None
    country = _country(tokens, (noun, last), here)
    words = text[start:end]
    return Place(words, start, end, words, country, None, None, None) if country else None


def _country(tokens: Sequence[Token], bounds: tuple[int, int], here: Sequence[Place]) -> str | None:
    """The country of the place before the noun ("the Polish village"), else of the next one."""
    noun, after = bounds
    low = tokens[max(0, noun - 3)].start
    before = [p for p in here if p.end is not None and low <= (p.start or 0) < tokens[noun].start]
    if before:
        return before[-1].country
    if after >= len(tokens) or tokens[after].text.lower() not in _AFTER:
        return None
    high = tokens[min(len(tokens), after + _REACH) - 1].end
    following = [p for p in here if tokens[after].end <= (p.start or 0) < high]
    return following[0].country if following else None
