"""HTML to its plain rendering."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from foreigndesk.intake.language import language
from foreigndesk.intake.render import render


def test_blocks_breaks_and_bullets() -> None:
    markup = (
        "<html><head><title>no</title></head><body><h1>Head</h1><p>One <b>bold</b>\n word.<br>Two"
        "</p><ul><li>first</li><li><p>second</p></li></ul><script>no()</script>"
        "<noscript>no</noscript><template>no</template><!-- no --><div>tail</div>end</body></html>"
    )
    assert render(markup) == "Head\n\nOne bold word.\nTwo\n\n• first\n\n• second\n\ntail\n\nend"


def test_hostile_markup_is_bounded() -> None:
    began = time.perf_counter()
    assert "x" in render("<div>" * 50_000 + "x")
    assert render("<p>" + "&amp;" * 200_000).startswith("&&&")
    assert time.perf_counter() - began < 10


def test_nothing_gives_nothing() -> None:
    assert render("") == render("<!-- -->") == render("<?xml version='1.0'?>") == ""


@given(st.text(alphabet=st.sampled_from("<>/&;\"'=!-[]?pdivlbrascto \n\x00\ud800é👉"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_markup_renders_the_same_twice(markup: str) -> None:
    assert render(markup) == render(markup)


def test_language() -> None:
    assert language("The envoys met in the capital on Monday.") == "en"
    assert language("NORTH KOREA FIRES MISSILE, SOUTH SAYS") == "en"
    assert language("Президент приехал в столицу в понедельник.") == "ru"
    assert language("Le président est arrivé lundi dans la capitale.") == "fr"
    assert language("12 34") is None
