"""Pieces of text, terms of a search, addresses."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from web_desk import Client, TestClient

from foreigndesk.desk.web.fulltext import terms
from foreigndesk.desk.web.marks import Marked, pieces
from foreigndesk.desk.web.words import web

SPANS = st.lists(
    st.builds(
        Marked, st.integers(0, 90), st.integers(0, 90), st.sampled_from(["actor", "date", "place"])
    ),
    max_size=6,
)


@given(st.text(min_size=1, max_size=60), st.integers(0, 30), SPANS, st.lists(st.integers(0, 90)))
def test_pieces_make_up_the_text(
    text: str, base: int, marked: list[Marked], anchors: list[int]
) -> None:
    found = pieces(text, base, marked, anchors)
    assert "".join(piece.text for piece in found) == text
    position = base
    for piece in found:
        for role in piece.roles:
            assert any(
                m.role == role and m.start <= position and position + len(piece.text) <= m.end
                for m in marked
            )
        position += len(piece.text)
    assert {p.at for p in found if p.at is not None} == {
        a for a in anchors if base <= a < base + len(text)
    }


@given(st.text(max_size=40))
def test_any_words_make_a_question(words: str) -> None:
    with sqlite3.connect(":memory:") as index:
        index.execute("CREATE VIRTUAL TABLE texts USING fts5(body)")
        if terms(words):
            index.execute("SELECT * FROM texts WHERE texts MATCH ?", [terms(words)]).fetchall()


def test_what_a_search_means() -> None:
    assert terms("Kim Putin") == '"Kim" AND "Putin"'
    assert terms('"arms deal" -Iran miss*') == '"arms deal" AND "miss"* NOT "Iran"'
    assert terms("-Iran") == ""
    assert terms('NEAR("a b" OR') == '"NEAR" AND "a b" AND "OR"'


def test_the_index_finds_articles_and_evidence(served: Client, desk: Path) -> None:
    client = served(desk, read_only=True)
    found = wait_for_index(client)
    assert found["total"] > 0
    kinds = {row["kind"] for row in found["found"]}
    assert kinds == {"article", "report"}
    hits = [
        piece["text"].lower() for row in found["found"] for piece in row["excerpt"] if piece["hit"]
    ]
    assert set(hits) <= {"putin", "putin's", "visit"}
    only = client.get("/search.json?q=putin+visit&in=evidence").json()
    assert {row["kind"] for row in only["found"]} == {"report"}
    none = client.get("/search.json?q=putin+-putin").json()
    assert none["total"] == 0


def wait_for_index(client: TestClient) -> dict[str, object]:
    for _ in range(200):
        found: dict[str, object] = client.get("/search.json?q=putin+visit").json()
        if found["indexed"]:
            return found
        time.sleep(0.1)
    raise AssertionError("no index")


def test_only_the_web_is_linked() -> None:
    assert web("https://example.org/a") == "https://example.org/a"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//x",
        "file:///etc/passwd",
        None,
        "http://[",
    ):
        assert web(bad) is None
