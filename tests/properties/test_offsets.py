"""Every span that is coded gives back its words to the letter, whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foreigndesk as fd
from foreigndesk.intake.clean import Cleaner
from foreigndesk.model import Document
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

SENTENCES = [
    "Norway urged Mali to free the crew on 3 May 2024.",
    "Russia denied that it had sent arms to Iran, the Kremlin said in Moscow.",
    "“We condemn the attack,” Kim Jong Un’s spokesman said last week.",
    "Putin will visit North Korea in June; both nations signed a pact worth $300 million.",
    "U.S. troops killed 12 rebels near Kidal, Mali.",
]
ODD = [
    "😀",
    "🇰🇵",
    "e\u0301",
    "\u00a0",
    "\u202f",
    "\u200f",
    "مرحبا بالعالم",
    "\r\n",
    "\r\n\r\n",
    "\n\n",
]
ODD += ["\t", " ", "—", "…", "\u200b", "\ufeff", "ﬁ", "𝔘", "\x0c", "\x85", "'", '"', "(", "İ", "ß"]
PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(ODD),
    st.text(max_size=12),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)
READER = Reader(Settings())


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with `text`, `start` and `end` in a record of any depth."""
    if isinstance(value, dict):
        if value.get("start") is not None and "text" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_code_points_to_its_words(text: str) -> None:
    found = msgspec.to_builtins(fd.code(text, published="2024-06-19"))
    for span in spans(found):
        assert span["text"] == text[span["start"] : span["end"]]
    for predicate in found["predicates"]:
        assert 0 <= predicate["start"] < predicate["end"] <= len(text)
    for attribution in found["attributions"]:
        for part in attribution["content"]:
            assert 0 <= part["start"] < part["end"] <= len(text)


def test_real_sentences_are_coded_between_odd_characters() -> None:
    """The property above would hold of a coder that finds nothing."""
    text = "😀\u00a0" + "\r\n\r\n🇰🇵 مرحبا ".join(SENTENCES)
    reports = fd.code(text).reports
    assert len(reports) >= len(SENTENCES)
    assert all(r.evidence.text == text[r.evidence.start : r.evidence.end] for r in reports)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_segments_tile_the_document(text: str) -> None:
    page = f"{SENTENCES[0]} {SENTENCES[1]}\r\n\r\n{text}\r\n\r\n{SENTENCES[4]} {SENTENCES[2]}\r\n"
    article = Cleaner(READER.codebook, READER.settings).clean(
        Document("d", "d.txt", "text/plain", page)
    )
    ends = [0, *(segment.end for segment in article.segments)]
    assert [segment.start for segment in article.segments] == ends[:-1]
    assert ends[-1] == len(page)
