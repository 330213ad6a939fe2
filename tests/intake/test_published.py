"""Publication dates and their bases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.days import address_day, edtf, first_day
from foreigndesk.intake.records import from_fields
from foreigndesk.model import Document

BODY = (
    "The envoys of both states met in Vienna on Monday to speak about the border, an aide said.\n\n"
    "They are to meet again within a month, and want to open two crossings before the winter.\n"
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published 19 July 2024 at noon", "2024-07-19"),
        ("Sept. 3rd, 2019", "2019-09-03"),
        ("2019-11-20T10:00:00+01:00", "2019-11-20"),
        ("20191120", "2019-11-20"),
        ("Mon, 04 May 2020 10:00:00 GMT", "2020-05-04"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("04/05/2018", None),
        ("By Jo Bloggs - 04/05/18 10:22 AM EDT", "2018-04-05"),
        ("11/19/19", "2019-11-19"),
        ("04/05/18", None),
        ("Nov 15, 20195:45 AM", "2019-11-15"),
        ("31 February 2018", None),
        ("May 2018", None),
        ("", None),
    ],
)
def test_first_day(text: str, day: str | None) -> None:
    assert first_day(text) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.org/2024/06/19/visit", "2024-06-19"),
        ("https://e.org/2024/jun/19/visit", "2024-06-19"),
        ("https://e.org/news/visit-20240619.html", "2024-06-19"),
        ("https://e.org/2024/06/visit", "2024-06"),
        ("https://e.org/2024/11/visit", "2024-11"),
        ("https://e.org/2024/11/05-visit", "2024-11-05"),
        ("https://e.org/20241105/visit", "2024-11-05"),
        ("https://e.org/news/2024-11-visit.html", None),
        ("https://e.org/2024/13/45/visit", None),
        ("https://e.org/articles/123456789", None),
    ],
)
def test_address_day(url: str, day: str | None) -> None:
    assert address_day(url) == day


@pytest.mark.parametrize(
    ("line", "end", "day"),
    [
        ("Tuesday, March 14, 10:30 a.m. ET", "© 2017 Example Ltd", "2017-03-14"),
        ("Friday, March 14", "© 2009-2018 Example Ltd", None),
        ("Thursday, December 28", "© 2018 Example Ltd", "2017-12-28"),
        ("March 14", "© 2017 Example Ltd", None),
        ("Posted Mar 14, 8:19 PM", "Jo Bloggs (@jo) March 15, 2017", "2017-03-14"),
        ("Posted Dec 30, 8:19 PM", "Jo Bloggs (@jo) January 2, 2018", "2017-12-30"),
        ("Updated Mar 15, 2017; posted Mar 14, 2017", "", "2017-03-14"),
    ],
)
def test_a_year_that_another_line_gives(
    cleaner: Cleaner, line: str, end: str, day: str | None
) -> None:
    page = f"{TITLE}{line}\n\n{BODY}\n\n{end}\n"
    assert dated(cleaner, page)[0] == day


def test_edtf_is_kept() -> None:
    assert edtf("2024-06") == "2024-06"
    assert edtf("2024-06-18/2024-06-20") == "2024-06-18/2024-06-20"
    assert edtf("soon") is None


def dated(cleaner: Cleaner, text: str, **fields: str) -> tuple[str | None, str | None]:
    item = from_fields("x", {"text": text, **fields})
    assert isinstance(item, Document)
    found = cleaner.clean(item).published
    return found.edtf, found.basis


TITLE = "Envoys meet over border in Vienna\n\n"


def test_bases_in_their_order(cleaner: Cleaner) -> None:
    page = TITLE + "By Jo Bloggs\n\nMay 4, 2020\n\n" + BODY
    url = "https://e.org/2020/05/05/envoys"
    assert dated(cleaner, page, url=url, published="2020-05-06") == ("2020-05-06", "given")
    assert dated(cleaner, page, url=url) == ("2020-05-05", "address")
    assert dated(cleaner, page) == ("2020-05-04", "byline")
    assert dated(cleaner, TITLE + "Published 4 May 2020\n\n" + BODY) == ("2020-05-04", "head")
    dateline = "VIENNA, 4 May 2020 (Example) - " + BODY
    assert dated(cleaner, TITLE + dateline) == ("2020-05-04", "dateline")
    assert dated(cleaner, TITLE + BODY) == (None, None)


def test_the_day_of_saving_is_not_taken(cleaner: Cleaner) -> None:
    head = "Tuesday, 5 May 2020\n\nLatest News\n\nWorld\n\n"
    assert dated(cleaner, head + TITLE + BODY) == (None, None)


def test_a_page_moved_to_another_system_keeps_the_day_of_its_address(
    cleaner: Cleaner, html: Callable[[str], Document]
) -> None:
    markup = (
        '<html><head><link rel="canonical" href="https://e.org/2011/03/18/envoys">'
        '<meta property="article:published_time" content="2019-07-01T00:00Z"></head><body><h1>'
        + TITLE
        + "</h1>"
        + "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
        + "</body></html>"
    )
    found = cleaner.clean(html(markup)).published
    assert (found.edtf, found.basis) == ("2011-03-18", "address")


def test_a_month_alone_is_a_month(cleaner: Cleaner) -> None:
    assert dated(cleaner, TITLE + "By Jo Bloggs\n\nMay 2016\n\n" + BODY) == ("2016-05", "head")


def test_the_credit_of_a_quote_is_no_date(cleaner: Cleaner) -> None:
    quote = "“We are done.”\n\nSource: Ministry of Defence, October 25, 2019\n\n"
    page = TITLE + "November 18, 2019\n\n" + quote + BODY
    assert dated(cleaner, page)[0] == "2019-11-18"
