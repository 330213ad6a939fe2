from __future__ import annotations

from building import JANUARY, JULY, WIRE, Doc, affair, say

from foreigndesk.ledger.link import link
from foreigndesk.ledger.order import against_order
from foreigndesk.ledger.pages import not_before
from foreigndesk.ledger.promises import Outcome, Promise, outcome, promises
from foreigndesk.model import OrderFact, Report

TRIP = "Vladimir Putin > CONSULT visit > North Korea"


def only(reports: list[Report]) -> Promise:
    (promise,) = promises(link(reports, {}))
    return promise


def promised(**more: str) -> Report:
    return say(JANUARY, "Putin will visit.", TRIP, status="planned", **more)  # type: ignore[arg-type]  # keywords are passed on


def test_the_promised_trip_is_kept_by_the_visit() -> None:
    promise = only(affair())
    assert promise.by == ("Vladimir Putin",)
    assert promise.made == "2024-01-25"
    assert promise.kept_on == "2024-06-19"
    assert outcome(promise, "2024-07-19") is Outcome.KEPT
    assert outcome(promise, "2024-03-01") is Outcome.OPEN


def test_an_earlier_visit_or_one_by_another_does_not_keep_it() -> None:
    before = say(WIRE, "Putin visited.", TRIP, date="2023-06-19")
    other = say(Doc("x", "2024-06-20"), "Lavrov visited.",
                "Sergey Lavrov > CONSULT visit > North Korea", date="2024-06-19")  # fmt: skip
    back = say(Doc("y", "2024-06-20"), "Kim visited.", "Kim Jong Un > CONSULT visit > Russia",
               date="2024-06-19")  # fmt: skip
    assert only([promised(), before, other, back]).kept_by is None


def test_overdue_once_its_time_is_past() -> None:
    promise = only([promised(date="2024-03-01/2024-03-31")])
    assert outcome(promise, "2024-03-15") is Outcome.OPEN
    assert outcome(promise, "2024-07-01") is Outcome.OVERDUE


def test_a_visit_long_after_its_time_does_not_keep_it() -> None:
    late = say(WIRE, "Putin visited.", TRIP, date="2024-06-19")
    assert only([promised(date="2024-03-01/2024-03-31"), late]).kept_by is None


def test_called_off() -> None:
    off = say(Doc("off", "2024-02-10"), "Putin will not visit.", TRIP, status="denied",
              date="2024-03-01/2024-03-31")  # fmt: skip
    promise = only([promised(date="2024-03-01/2024-03-31"), off])
    assert outcome(promise, "2024-02-09") is Outcome.OPEN
    assert outcome(promise, "2024-02-11") is Outcome.CALLED_OFF


def test_broken() -> None:
    never = say(Doc("never", "2024-04-10"), "Putin did not visit.", TRIP, status="denied",
                date="2024-03-01/2024-03-31")  # fmt: skip
    promise = only([promised(date="2024-03-01/2024-03-31"), never])
    assert outcome(promise, "2024-04-11") is Outcome.BROKEN


def test_each_promise_is_kept_by_the_first_visit_after_it() -> None:
    old = say(Doc("old", "2022-12-25"), "Putin would visit some day.", TRIP, status="planned")
    first = say(Doc("first", "2023-03-20"), "Putin visited.", TRIP, date="2023-03-19")
    second = say(WIRE, "Putin visited.", TRIP, date="2024-06-19")
    found = promises(link([old, promised(), second, first], {}))
    assert {p.made: p.kept_on for p in found} == {
        "2022-12-25": "2023-03-19",
        "2024-01-25": "2024-06-19",
    }


def test_over_two_undated_pages_the_visit_keeps_the_promise_and_2019_is_contradicted() -> None:
    one, two = Doc("one"), Doc("two")
    both = "Vladimir Putin = CONSULT = Kim Jong Un"
    fact = OrderFact("last", "last meeting in 2019", 200, 220, "2019-01-01", "2019-12-31")
    reports = [
        say(one, "Choe met Lavrov.", "Choe Son Hui = CONSULT = Sergey Lavrov", date="2024-01-15"),
        say(one, "Putin met Kim in September.", both, date="2023-09-01/2023-09-30", at=50),
        say(one, "Putin will visit.", TRIP, status="planned", at=100),
        say(two, "Putin embarks on a visit.", TRIP, at=100),
        say(
            two,
            "Since their last meeting in 2019.",
            both,
            date="2019-01-01/2019-12-31",
            facts=(fact,),
            at=200,
        ),
    ]
    clusters = link(reports, {})
    found = promises(clusters)
    assert [p.kept_by is not None for p in found] == [True]
    pages = not_before(clusters, found)
    (rows,) = against_order(clusters, pages).values()
    assert {rows[0].first, rows[0].second} == {reports[1].report_id, reports[4].report_id}
    assert against_order(clusters, {}) == {}


def test_the_visit_told_with_its_reception_does_not_keep_a_visit_in_return() -> None:
    visit = say(WIRE, "Putin visited.", TRIP, date="2024-06-19")
    both = "Kim Jong Un = CONSULT = Vladimir Putin"
    met = say(WIRE, "Kim welcomed Putin on the visit.", both, date="2024-06-19", at=50)
    back = say(JANUARY, "Kim will visit.", "Kim Jong Un > CONSULT visit > Russia", status="planned")
    clusters = link([visit, met, back], {})
    assert sorted(len(c.members) for c in clusters) == [1, 2]
    assert [p.kept_by for p in promises(clusters)] == [None]


def test_a_later_article_that_recalls_the_promise_does_not_hide_that_it_was_kept() -> None:
    recalled = say(WIRE, "He kept his promise to visit.", TRIP, status="planned")
    visit = say(WIRE, "Putin visited on Wednesday.", TRIP, at=50)
    assert only([promised(), recalled, visit]).kept_on == "2024-06-20"


def test_other_support_does_not_keep_a_promise_of_support() -> None:
    deed = "Russia > SUPPORT > North Korea"
    pledge = say(JANUARY, "Moscow will reopen its embassy.", deed, status="planned",
                 by=[("Moscow", "asserts")])  # fmt: skip
    praise = say(WIRE, "Moscow praised the parade.", deed, date="2024-06-19")
    done = say(JULY, "Moscow reopened its large embassy.", deed, date="2024-06-29")
    assert only([pledge, praise]).kept_by is None
    assert only([pledge, praise, done]).kept_on == "2024-06-29"


def test_called_off_by_one_of_the_parties() -> None:
    off = say(Doc("off", "2024-02-10"), "Pyongyang cancelled the visit.",
              "North Korea > REJECT meet > Vladimir Putin", date="2024-02-10")  # fmt: skip
    other = say(Doc("other", "2024-02-10"), "Kyiv cancelled a visit.",
                "Ukraine > REJECT meet > Israel", date="2024-02-10")  # fmt: skip
    planned = promised(date="2024-03-01/2024-03-31")
    assert outcome(only([planned, off]), "2024-04-11") is Outcome.CALLED_OFF
    assert outcome(only([planned, other]), "2024-04-11") is Outcome.OVERDUE


def test_what_nobody_promises_is_no_promise() -> None:
    aim = say(JANUARY, "It works for better ties.", "Russia > SUPPORT > Ukraine", status="planned")
    words = say(JANUARY, "It is to accuse.", "Russia > ACCUSE > Ukraine", status="requested",
                by=[("Russia", "asserts")])  # fmt: skip
    home = say(JANUARY, "Visit home.", "Vladimir Putin > CONSULT visit > Russia", status="planned")
    assert promises(link([aim, words, home], {})) == ()


def test_an_invitation_asks_for_a_visit_which_keeps_it() -> None:
    invite = say(JANUARY, "Kim invited Putin.", "Kim Jong Un > REQUEST meet > Vladimir Putin",
                 date="2024-01-24")  # fmt: skip
    visit = say(WIRE, "Putin visited.", TRIP, date="2024-06-19")
    asked = only([invite, visit])
    assert (asked.asked, asked.by, asked.to) == (True, ("Kim Jong Un",), ("Vladimir Putin",))
    assert asked.kept_on == "2024-06-19"
    assert only([invite, promised(), visit]).asked is False


def test_a_meeting_elsewhere_or_of_another_does_not_keep_a_visit() -> None:
    met = say(WIRE, "They met.", "Vladimir Putin = CONSULT = Kim Jong Un", date="2024-06-19")
    assert only([promised(), met]).kept_by is None
