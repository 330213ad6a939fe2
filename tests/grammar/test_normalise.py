from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.grammar.normalise import plain


def test_quotes_dashes_and_spaces_are_made_plain() -> None:
    found = plain("“We’re\u00a0not — at\r\nwar”")
    assert found.text == '"We\'re not -- at war"'


def test_dash_inside_a_word_stays_a_hyphen() -> None:
    assert plain("Israel–Iran").text == "Israel-Iran"


@given(st.text(alphabet=st.sampled_from("ab .\r\n\u00a0’“”—–…\u200bنø😀``''"), max_size=80))
def test_offsets_lead_back(text: str) -> None:
    found = plain(text, 7)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert found.offsets[-1] == 7 + len(text)
    for i, character in enumerate(found.text):
        if character.isalpha():
            assert text[found.offsets[i] - 7] == character
