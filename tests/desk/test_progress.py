"""How far a run is: the words, and when they are said."""

from __future__ import annotations

import pytest

from foreigndesk.desk.progress import EVERY, Bar, told
from foreigndesk.engine.summary import Summary


@pytest.mark.parametrize(
    ("summary", "rate", "said"),
    [
        (Summary(), None, "loading the models"),
        (Summary(documents=1200), None, "looking through the pages: 1,200"),
        (
            Summary(articles=50, reports=200, known=50, documents=1100),
            12.5,
            "100 of 1,100 documents, 12 a second, 1 min 20 s left; 50 articles, 200 reports",
        ),
        (
            Summary(articles=100, documents=36_100),
            2.0,
            "100 of 36,100 documents, 2.0 a second, 5 h 0 min left; 100 articles, 0 reports",
        ),
        (
            Summary(articles=3, documents=3),
            1.0,
            "3 of 3 documents, 1.0 a second, linking what they report; 3 articles, 0 reports",
        ),
        (Summary(articles=9), 4.0, "9 documents, 4.0 a second; 9 articles, 0 reports"),
    ],
)
def test_words(summary: Summary, rate: float | None, said: str) -> None:
    assert told(summary, rate) == said


def test_a_pipe_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = 0.0
    with Bar(now=lambda: seconds) as bar:
        for number in range(61):
            seconds = number * EVERY / 20
            bar.show(Summary(articles=number, documents=100))
    found = capsys.readouterr()
    assert found.out == ""
    lines = found.err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["20", "40", "60"]
    assert lines[-1] == "60 of 100 documents, 1.3 a second, 30 s left; 60 articles, 0 reports"
