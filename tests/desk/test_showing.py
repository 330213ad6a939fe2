"""What `show` prints of an article."""

from __future__ import annotations

from pathlib import Path

PAGE = """Minister defends closed border

By Anna Roe
4 May 2020

This article was first published by the Example Gazette.

The border stays shut as long as the troops of the other state stand there, he said on Monday.

„Die Grenze bleibt zu, solange die Truppen dort stehen und niemand weiß, wann sie gehen“, sagte er.

His ministry gave no date on which the two crossings would open again for trade.

Read more
Ship sinks off Ghana
"""


def test_an_article_with_what_was_dropped(run, tmp_path: Path) -> None:
    page, desk = tmp_path / "page.txt", tmp_path / "desk"
    page.write_text(PAGE, encoding="utf-8")
    assert run("read", page, "--desk", desk).status == 0
    shown = run("show", str(page), "--desk", desk).out
    assert "[de, not coded] „Die Grenze" in shown
    assert "| teaser: " in shown
    assert "| byline: By Anna Roe" in shown
    assert "from Example Gazette" in shown
    assert "| paragraph" not in shown
