"""Languages of texts and of paragraphs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.language import language, other_language
from foreigndesk.model import Document, SegmentKind


@pytest.mark.parametrize(
    "text",
    [
        "Kenya recalls envoy",
        "Lavrov in Tehran, Raisi in Minsk.",
        "KYIV, Ukraine (AP) — Zelenskyy",
        "Ruto, Tshisekedi, Kagame, Ndayishimiye and Museveni met in Bujumbura.",
        "PUTIN, XI HAIL TIES",
    ],
)
def test_names_do_not_make_a_line_foreign(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El ejército mató a tres personas en la frontera.", "es"),
        ("Санкции против всех, а платит народ.", "ru"),
        ("أين الحكومة من هذا العدوان المتكرر على أرضنا؟", "ar"),
        ("Le président a quitté Bamako lundi matin, selon un proche.", "fr"),
        ("外交部发言人星期一在北京说，中方坚决反对。", "zh"),
    ],
)
def test_other_languages(text: str, code: str) -> None:
    assert language(text) == code


def test_too_short_to_tell() -> None:
    assert language("1 2 3 ok") is None


def test_a_foreign_paragraph_is_kept_and_not_coded(
    cleaner: Cleaner, flat: Callable[[str], Document]
) -> None:
    german = "Wir haben diesen Krieg nicht gewollt und werden ihn auch nicht weiter führen."
    english = "The minister said on Monday that the talks with the rebels had failed for good."
    page = flat(f"{english}\n\n{german}\n\n{english.replace('Monday', 'Friday')}\n")
    article = cleaner.clean(page)
    kinds = {page.text[s.start : s.end]: s.kind for s in article.segments if s.kept}
    assert article.language == "en"
    assert kinds[german] is SegmentKind.OTHER
    assert german in article.text
    assert not other_language(english)
