"""Summaries in points, told apart from lists of other stories."""

from __future__ import annotations

from foreigndesk.intake.clean import Cleaner
from foreigndesk.model import SegmentKind as Kind
from tests.intake.conftest import Make

TITLE = "Border talks end without a deal\n\n"
POINTS = (
    "Both sides agreed to meet again in a month",
    "No date was set for the reopening of the crossings",
)
BODY = (
    "By Anna Roe\n\n"
    "The envoys of both states met in Vienna on Monday to speak about the border, an aide said.\n\n"
    "They are to meet again within a month, and want to open two crossings before the winter.\n"
)


def standfirst(cleaner: Cleaner, make: Make, page: str) -> list[str]:
    """The kept segments of kind standfirst, in order."""
    document = make(page)
    found = [s for s in cleaner.clean(document).segments if s.kept and s.kind is Kind.STANDFIRST]
    return [document.text[s.start : s.end].lstrip("• ") for s in found]


def test_bullets_between_headline_and_byline(cleaner: Cleaner, flat: Make, html: Make) -> None:
    bullets = "".join(f"• {point}\n" for point in POINTS)
    assert standfirst(cleaner, flat, TITLE + bullets + "\n" + BODY) == list(POINTS)
    items = "".join(f"<li>{point}</li>" for point in POINTS)
    body = "".join(f"<p>{block}</p>" for block in BODY.split("\n\n"))
    page = f"<html><body><h1>{TITLE}</h1><ul>{items}</ul>{body}</body></html>"
    assert standfirst(cleaner, html, page) == list(POINTS)


def test_lines_behind_one_that_announces_them(cleaner: Cleaner, flat: Make) -> None:
    page = TITLE + "Key points\n\n" + "\n".join(POINTS) + "\n\n" + BODY
    assert standfirst(cleaner, flat, page) == list(POINTS)
    assert cleaner.clean(flat(page)).title == TITLE.strip()


def test_points_are_text(cleaner: Cleaner, flat: Make) -> None:
    bullets = "".join(f"• {point}.\n" for point in POINTS)
    assert all(point in cleaner.clean(flat(TITLE + bullets + BODY)).text for point in POINTS)


def test_links_to_other_stories_are_none(cleaner: Cleaner, flat: Make, html: Make) -> None:
    others = "• Ship Sinks Off Ghana\n• Talks In Rome Break Down Over Fish\n\n"
    assert standfirst(cleaner, flat, TITLE + others + BODY) == []
    items = "".join(f"<li><a href='x'>{point}</a></li>" for point in POINTS)
    body = "".join(f"<p>{block}</p>" for block in BODY.split("\n\n"))
    page = f"<html><body><h1>{TITLE}</h1><ul>{items}</ul>{body}</body></html>"
    assert standfirst(cleaner, html, page) == []
