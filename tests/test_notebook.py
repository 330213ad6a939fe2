"""How results look in a notebook and in a terminal: marked, escaped, readable on any ground."""

from __future__ import annotations

import re
import sys
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

sys.path.insert(0, str(Path(__file__).parent / "ledger"))

from building import affair, write

import foreigndesk as fd
from foreigndesk.desk.web.marks import ROLES, Piece
from foreigndesk.notebook.html import INKS, SHADE, line, piece
from foreigndesk.notebook.lines import Line
from foreigndesk.notebook.tidy import KINDS

QUESTIONS = (*KINDS, "dyads", "network", "blocs", "balance", "responses", "coverage", "sources")
EVIL = '<script>alert(\'x\')</script>"><img src=x onerror="alert(1)">&amp; \x1b[31m\u202e{0} %s'
TAGS = {"div", "table", "thead", "tbody", "tr", "th", "td", "mark", "span", "details", "summary"}
WORDS = {"text", "name", "title", "outlet", "path", "lemma", "rule", "actor_id", "hedges"}


def evil(value: Any, field: str = "") -> Any:
    """A record in which every word that a page can say is hostile."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {f.name: evil(getattr(value, f.name), f.name) for f in fields(value)}
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(evil(each, field) for each in value)
    hostile = isinstance(value, str) and not isinstance(value, Enum) and field in WORDS
    return f"{value} {EVIL}" if hostile else value


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> fd.OpenDesk:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    write(folder, affair())
    return fd.open(folder)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> fd.OpenDesk:
    folder = tmp_path_factory.mktemp("evil") / "desk"
    write(folder, [evil(report) for report in affair()])
    return fd.open(folder)


def check(page: str) -> Any:
    """The page parsed, once it is sure that nothing in it acts."""
    tree = html.fromstring(page)
    for element in tree.iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"style", "title", "dir"}
        assert "url" not in element.get("style", "")
    assert "\x1b" not in page
    return tree


def shown(desk: fd.OpenDesk) -> list[Any]:
    """Everything of a desk that shows itself."""
    results = [getattr(desk, question)() for question in QUESTIONS]
    ids = [desk.events()[0].event_id, desk.reports()[0].report_id]
    ids += [desk.articles()[0].document_id, desk.stories()[0].story_id]
    return [desk, *results, *(desk.show(each) for each in ids)]


def test_nothing_of_a_page_acts(hostile: fd.OpenDesk) -> None:
    said = 0
    for value in shown(hostile):
        tree = check(value._repr_html_())
        said += "<script>alert('x')</script>\"><img src=x" in tree.text_content()
        assert "\x1b" not in repr(value)
    assert said > 10  # the words are there, as words


def test_a_hostile_text_is_shown_as_it_stands() -> None:
    text = f"Norway urged Mali {EVIL} to free the crew.\n\n{EVIL}"
    for value in (fd.code(text), fd.code_many([text, None], ids=[EVIL, "b"])):
        tree = check(value._repr_html_())
        assert "<script>" in tree.text_content()
        assert "\x1b" not in repr(value)


def marked(tree: Any) -> dict[str, list[str]]:
    """The marked words by role, but for those of the legend."""
    found: dict[str, list[str]] = {}
    for mark in tree.iter("mark"):
        for role in mark.get("title").split(", "):
            if mark.text != role:
                found.setdefault(role, []).append(mark.text)
    return found


def test_a_text_is_marked_with_all_that_was_read_in_it() -> None:
    text = "On Tuesday Norway expelled two diplomats in Oslo, a minister told Reuters."
    found = fd.code(text, published="2024-06-19")
    tree = check(found._repr_html_())
    roles = marked(tree)
    assert "expelled" in roles["trigger"]
    assert "Oslo" in "".join(roles["place"])
    assert "Tuesday" in "".join(roles["date"])
    assert "told" in "".join(roles["cue"])
    assert "Norway" in "".join(roles["actor"])
    assert text in tree.text_content()
    assert "occurred" in tree.text_content()


def test_events_show_their_evidence(desk: fd.OpenDesk) -> None:
    tree = check(desk.events()._repr_html_())
    roles = marked(tree)
    assert len(roles["trigger"]) == len(desk.events())
    text = tree.text_content()
    assert "CONSULT visit: Vladimir Putin → North Korea" in text
    labels = {span.text_content() for span in tree.iter("span")}
    assert {str(event.standing) for event in desk.events()} == labels


def test_many_rows_are_cut_and_counted(desk: fd.OpenDesk, monkeypatch: Any) -> None:
    from foreigndesk.notebook import plain, views

    assert "more" not in check(desk.events()._repr_html_()).text_content()
    monkeypatch.setattr(plain, "ROWS", 2)
    assert f"... and {len(desk.events()) - 2} more" in repr(desk.events())
    monkeypatch.setattr(views, "tidy", lambda found: plain.tidy(found, 3))
    page = desk.events()._repr_html_()
    assert f"… and {len(desk.events()) - 3} more" in page
    assert len(list(html.fromstring(page).iter("tr"))) == 4


def test_a_long_text_is_cut() -> None:
    from foreigndesk.notebook.texts import LONGEST

    page = fd.code("Norway urged Mali to free the crew. " * 3 + "word " * 5000)._repr_html_()
    assert len(html.fromstring(page).text_content()) < LONGEST + 2000
    assert "characters more" in page


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_the_terminal_shows_what_fits(
    desk: fd.OpenDesk, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for question in QUESTIONS:
        result = getattr(desk, question)()
        lines = repr(result).splitlines()
        assert lines[0].startswith(f"{len(result)} ")
        assert question in lines[0]
        assert max(map(len, lines)) <= max(columns, 80)
    assert "Putin" in repr(desk.events())
    assert "3 articles" in repr(desk)


def test_a_result_outlives_its_desk(tmp_path: Path) -> None:
    """Rows are kept; only the marks of their evidence are looked up again."""
    import shutil

    write(tmp_path / "desk", affair())
    desk = fd.open(tmp_path / "desk")
    results = [getattr(desk, question)() for question in QUESTIONS]
    shutil.rmtree(tmp_path / "desk")
    for result in results:
        check(result._repr_html_())
        assert repr(result)
        assert result.arrow().num_rows == len(result)


LIGHT, DARK = (255, 255, 255), (17, 17, 17)
"""Grounds of notebooks, with the ink that goes with each."""
INK_OF = {LIGHT: (33, 33, 33), DARK: (220, 220, 220)}


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [c / 255 for c in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_marks_are_readable_in_light_and_dark(role: str, ground: tuple[int, ...]) -> None:
    """Contrast of 7 to 1 or more (WCAG AAA), whichever the theme."""
    ink = [float(part) for part in INKS[role].split(",")]
    below = tuple(SHADE * i + (1 - SHADE) * g for i, g in zip(ink, ground, strict=True))
    light, dark = sorted((luminance(below), luminance(INK_OF[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_roles_are_told_apart_without_colour() -> None:
    styles = [str(piece(Piece("x", (role,)))) for role in ROLES]
    lines = {re.sub(r"rgba?\([^)]*\)|title=\S+", "", style) for style in styles}
    assert len(lines) == len(ROLES)
    assert all(f'title="{role}"' in style for role, style in zip(ROLES, styles, strict=True))


@given(st.text(min_size=1), st.lists(st.sampled_from(ROLES), unique=True))
def test_any_text_stays_text(text: str, roles: list[str]) -> None:
    page = line(Line((Piece(text, tuple(roles)),)))
    tree = html.fromstring(str(page))
    assert {element.tag for element in tree.iter()} <= {"div", "mark"}
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    assert tree.text_content() == kept
