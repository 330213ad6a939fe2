"""Lists of other stories that no line announces."""

from __future__ import annotations

from foreigndesk.intake.clean import Cleaner
from tests.intake.conftest import Make

HEAD = "Envoys meet over border in Vienna\n\nNovember 20, 2019 13:42\n\n"
BODY = (
    "The envoys of both states met in Vienna on Monday to speak about the border, an aide said.\n\n"
    "They are to meet again within a month, and want to open two crossings before the winter.\n"
)
OTHERS = (
    ("Envoys met over border in Rome", "August 18, 2015"),
    ("Border of both states shut for the winter", "June 15, 2010"),
    ("Two crossings on the border reopened", "May 27, 2014"),
    ("Envoys of both states walk out in Vienna", "July 30, 2011"),
)


def test_dates_of_entries_are_not_the_articles(cleaner: Cleaner, flat: Make) -> None:
    listed = "".join(f"WORLD\n\n{title}\n\n{day}\n\n" for title, day in OTHERS)
    article = cleaner.clean(flat(HEAD + "Find your next car\n\n" + listed + BODY))
    assert article.published.edtf == "2019-11-20"
    assert article.title == "Envoys meet over border in Vienna"
    assert not any(title in article.text for title, _ in OTHERS)


def test_without_a_date_of_its_own_it_has_none(cleaner: Cleaner, flat: Make) -> None:
    listed = "".join(f"WORLD\n\n{title}\n\n{day}\n\n" for title, day in OTHERS)
    assert cleaner.clean(flat(listed + BODY)).published.edtf is None


def test_dated_paragraphs_are_no_list(cleaner: Cleaner, flat: Make) -> None:
    days = ("November 18, 2019", "November 19, 2019", "November 20, 2019")
    text = "".join(
        f"{day}\n\nThe envoys met for the {n}th time and spoke for {n} hours about the two"
        " crossings that both of the states had shut in the spring.\n\n"
        for n, day in enumerate(days, 4)
    )
    found = cleaner.clean(flat("Envoys meet over border in Vienna\n\n" + text))
    assert found.published.edtf == "2019-11-18"
    assert "for the 6th time" in found.text


def test_headlines_glued_to_their_blurbs(cleaner: Cleaner, flat: Make) -> None:
    blurbs = "".join(
        f"{title} TodayThe papers of both states said on Sunday that nothing at all had come of"
        f" what was agreed there, and that the fourth round of {n} was not to be the last one.\n\n"
        for n, (title, _) in enumerate(OTHERS)
    )
    assert "papers of both states" not in cleaner.clean(flat(HEAD + BODY + blurbs)).text
