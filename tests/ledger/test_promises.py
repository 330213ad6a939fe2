from __future__ import annotations

from building import JANUARY, WIRE, Doc, affair, say

from foreigndesk.ledger.link import link
from foreigndesk.ledger.promises import Outcome, Promise, outcome, promises
from foreigndesk.model import Report

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


def test_one_visit_keeps_only_the_latest_of_two_promises() -> None:
    old = say(Doc("old", "2023-01-25"), "Putin would visit some day.", TRIP, status="planned")
    visit = say(WIRE, "Putin visited.", TRIP, date="2024-06-19")
    found = promises(link([old, promised(), visit], {}))
    assert {p.made: p.kept_by is not None for p in found} == {
        "2023-01-25": False,
        "2024-01-25": True,
    }
