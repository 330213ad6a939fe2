from __future__ import annotations

from foreigndesk.coding.homeland import at_home
from foreigndesk.model import Mention, Place

POLICE = Mention(0, 6, "Police", None, None, "COP", None)
CROWD = Mention(13, 23, "protesters", None, None, "CVL", None)
UGANDA = Mention(0, 14, "Ugandan police", None, "UGA", "COP", None)
NAIROBI = Place("Nairobi", 30, 37, "Nairobi", "KEN", None, None, None)


def test_place_is_the_country_of_the_unnamed() -> None:
    actor, recipient = at_home("COERCE/arrest", (POLICE,), (CROWD,), NAIROBI)
    assert (actor[0].code, recipient[0].code) == ("KEN", "KEN")


def test_other_side_is_where_it_rules() -> None:
    _, recipient = at_home("COERCE/arrest", (UGANDA,), (CROWD,), None)
    assert recipient[0].code == "UGA"


def test_known_countries_stay() -> None:
    actor, _ = at_home("COERCE/arrest", (UGANDA,), (), NAIROBI)
    assert actor[0].code == "UGA"


def test_nothing_is_guessed_without_a_place() -> None:
    actor, recipient = at_home("COERCE/arrest", (POLICE,), (CROWD,), None)
    assert (actor[0].code, recipient[0].code) == (None, None)


def test_whom_a_government_expels_is_anothers() -> None:
    envoy = Mention(20, 34, "the ambassador", None, None, "GOV", None)
    _, recipient = at_home("SANCTION/expel", (UGANDA,), (envoy,), None)
    assert recipient[0].code is None
