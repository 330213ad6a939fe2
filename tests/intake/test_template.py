"""What the pages of an outlet have in common, learned from the pile."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import pytest

from foreigndesk.codebook.load import Codebook
from foreigndesk.intake import template as template_module
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.pile import template_of
from foreigndesk.intake.records import from_fields
from foreigndesk.intake.source import STDIN
from foreigndesk.intake.template import Template, learn, outlet_of
from foreigndesk.model import Document
from foreigndesk.settings import Settings

PLACES = ("Vienna", "Oslo", "Rome", "Accra", "Lima", "Hanoi")
BLURB = "Our readers keep this paper alive with what they give us every single month of the year."
BACKGROUND = (
    "Two years ago the union had put off the sanctions at the wish of its southern members."
)


def page(place: str, host: str = "e.org", blurb: str = BLURB) -> Document:
    text = (
        f"The Harbour Bugle and Packet\n\nEnvoys meet in {place}\n\n"
        f"The envoys of both states met in {place} on Monday to speak of the border, an aide said,"
        f" and of the price that {place} had asked for the bridges over the river.\n\n{blurb}\n\n"
        f"They will meet again in {place} within a month and want to open two crossings by then.\n"
    )
    item = from_fields(place, {"text": text, "url": f"https://{host}/{place}"})
    assert isinstance(item, Document)
    return item


def test_a_line_of_many_pages_is_furniture() -> None:
    pages = [page(place) for place in PLACES]
    cleaner = Cleaner(Codebook(), Settings(), learn(pages))
    assert BLURB in Cleaner(Codebook(), Settings()).clean(pages[0]).text
    for item in pages:
        text = cleaner.clean(item).text
        assert BLURB not in text
        assert "Bugle" not in text
        assert "within a month" in text


def test_order_and_doubles_change_nothing() -> None:
    pages = [page(place) for place in PLACES]
    template = learn(pages)
    random.Random(1).shuffle(pages)
    assert learn([*pages, *pages]).furniture == template.furniture
    assert pickle.loads(pickle.dumps(template)).furniture == template.furniture


def test_copies_of_one_article_are_no_template() -> None:
    copies = [page("Vienna", host=f"e{n}.org") for n in range(6)]
    assert learn(copies) == Template()
    same = [page("Vienna") for _ in range(6)]
    assert learn(same) == Template()


def test_background_that_a_paper_repeats_now_and_then_is_kept() -> None:
    others = [page(f"{place} {n}", blurb="") for n in range(4) for place in PLACES]
    pages = [page(place, blurb=BACKGROUND) for place in PLACES[:5]] + others
    cleaner = Cleaner(Codebook(), Settings(), learn(pages))
    assert BACKGROUND in cleaner.clean(pages[0]).text


def test_each_outlet_has_its_own() -> None:
    template = learn([page(place) for place in PLACES])
    assert template.of(page("Quito"))
    assert not template.of(page("Quito", host="other.org"))
    assert outlet_of(page("Quito", host="www.Other.org")) == "other.org"


def test_a_pile_without_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert template_of([tmp_path], Settings()) == Template()
    monkeypatch.setattr(template_module, "UNNAMED", len(PLACES))
    for place in PLACES:
        (tmp_path / f"{place}.txt").write_text(page(place, blurb="Read the Bugle daily").text)
    template = template_of([STDIN, tmp_path], Settings())
    assert template == template_of([tmp_path], Settings())
    assert template.furniture[""]
    assert template_of([STDIN], Settings()) == Template()


def test_outlets_are_bounded_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_module, "OUTLETS", 3)
    pages = [page(place, host=f"e{n}.org") for place in PLACES for n in range(9)]
    first = learn(pages)
    assert len(first.furniture) == 3
    assert learn(reversed(pages)) == first


def test_the_middle_of_a_long_page_is_not_counted() -> None:
    middle = "\n\n".join(f"Line {n} of the list" for n in range(900))
    pages = [page(place, blurb=middle) for place in PLACES]
    assert 300 < len(learn(pages).of(pages[0])) < 450
