from __future__ import annotations

from dataclasses import replace

from building import Doc, affair, say

from foreigndesk.ledger.amounts import value
from foreigndesk.ledger.claims import claims
from foreigndesk.ledger.discrepancies import within
from foreigndesk.ledger.link import link
from foreigndesk.ledger.order import against_order
from foreigndesk.ledger.standing import standing
from foreigndesk.model import Discrepancy, OrderFact, Quantities, Report, Span, Standing

HIT = "Russia > ASSAULT > Ukraine"
TEXT = "A missile struck the depot near the harbour."


def told(name: str, published: str, **more: object) -> Report:
    return say(Doc(name, published, name), TEXT, HIT, **more)  # type: ignore[arg-type]  # keywords are passed on


def kinds(*reports: Report) -> list[str]:
    return [d.kind for c in link(reports, {}) for d in within(c)]


def order(reports: list[Report]) -> list[Discrepancy]:
    return [d for rows in against_order(link(reports, {})).values() for d in rows]


def test_the_last_meeting_in_2019_against_the_meeting_of_september_2023() -> None:
    reports = affair()
    (found,) = order(reports)
    assert {found.first, found.second} == {reports[3].report_id, reports[10].report_id}
    assert "last meeting in 2019" in found.evidence_first + found.evidence_second
    assert "met with Kim in September" in found.evidence_first + found.evidence_second
    assert found.settle


def test_a_meeting_of_their_ministers_contradicts_nothing() -> None:
    reports = affair()
    assert order([r for n, r in enumerate(reports) if n != 3]) == []


def test_tolls_that_grow_are_updates_and_tolls_that_differ_are_not() -> None:
    day = {"date": "2024-02-01"}
    first = told("a", "2024-02-01", dead=3, **day)
    assert kinds(first, told("b", "2024-02-02", dead=5, **day)) == []
    assert kinds(first, told("b", "2024-02-02", dead=2, **day)) == ["number"]
    assert kinds(first, told("b", "2024-02-01", dead=5, **day)) == ["number"]


def test_two_days_of_one_strike_exclude_each_other() -> None:
    one, two = (
        told(n, "2024-02-04", date=d) for n, d in (("a", "2024-02-01"), ("b", "2024-02-02"))
    )
    assert kinds(one, two) == ["date"]


def test_days_within_a_visit_are_parts_of_it() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    days = ("2024-06-18", "2024-06-19", "2024-06-18/2024-06-19")
    reports = [say(Doc(d, "2024-06-20"), "Putin visited.", deed, date=d) for d in days]
    assert kinds(*reports) == []
    assert kinds(*reports[:2]) == ["date"]


def test_a_denial_against_an_allegation() -> None:
    reports = affair()
    found = [d for c in link(reports, {}) for d in within(c)]
    assert [d.kind for d in found] == ["occurrence"]
    assert {found[0].first, found[0].second} <= {reports[n].report_id for n in (5, 7, 9)}


def test_the_first_visit_in_24_years_against_a_known_visit() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    first = OrderFact("first", "first in 24 years", 30, 47, "2000-07-20", "2024-07-19")
    said = say(
        Doc("now", "2024-07-19"), "Putin visits, his first in 24 years.", deed, facts=(first,)
    )
    visit = say(Doc("then", "2019-05-02"), "Putin visited.", deed, date="2019-05-01")
    back = say(
        Doc("back", "2019-05-02"),
        "Kim came.",
        "Kim Jong Un > CONSULT visit > Russia",
        date="2019-05-01",
    )
    old = say(Doc("old", "2000-07-20"), "Putin visited.", deed, date="2000-07-19")
    assert [d.kind for d in order([said, visit, back, old])] == ["order"]
    assert order([said, back, old]) == []


def test_a_country_is_no_other_place_than_a_town_in_it() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    at = {"Pyongyang": (39.03, 125.75), "Wonsan": (39.15, 127.44), "North Korea": (40.0, 127.0)}

    def visit(place: str) -> Report:
        told = say(Doc(place, "2024-06-20"), "Putin came.", deed, date="2024-06-19", place=place)
        where = replace(
            told.place, country="PRK", lat=at[place][0], lon=at[place][1], geonameid=len(place)
        )  # type: ignore[type-var]  # it has a place
        return replace(told, place=where)

    assert kinds(visit("Pyongyang"), visit("North Korea")) == []
    assert kinds(visit("Pyongyang"), visit("Wonsan")) == ["place"]


def vote(day: str, votes: str) -> Report:
    deed = "Russia > REJECT > Ukraine"
    told = say(Doc(votes, day), "Moscow vetoed the panel's renewal.", deed, date="2024-03-28")
    return replace(told, quantities=Quantities(other=(Span(0, 8, votes),)))


def test_votes_do_not_grow() -> None:
    assert kinds(vote("2024-03-28", "13 votes"), vote("2024-06-01", "14 votes")) == ["number"]
    assert kinds(vote("2024-03-28", "13 votes"), vote("2024-06-01", "two votes")) == []


def test_who_says_not_this_but_that_does_not_contradict_himself() -> None:
    page = Doc("page", "2024-07-19")
    deed = "United States > ACCUSE > Russia"
    not_this = say(page, "We are not concerned about the trip.", deed, status="denied")
    but_that = say(page, "We are concerned about the trip's fruits.", deed, at=50)
    clusters = link([not_this, but_that], {})
    assert [len(c.members) for c in clusters] == [2]
    assert kinds(not_this, but_that) == []
    assert standing(clusters[0].members) is Standing.REPORTED


def test_number_words_from_eleven_up_are_compared() -> None:
    assert kinds(vote("2024-03-28", "Thirteen members"), vote("2024-06-01", "14 members")) == [
        "number"
    ]
    both = vote("2024-03-28", "13 votes")
    two = replace(both.quantities, other=(Span(0, 8, "13 votes"), Span(9, 17, "22 votes")))
    assert kinds(replace(both, quantities=two), vote("2024-06-01", "22 votes")) == []
    assert value(None, "fifty-two") == 52
    assert value(None, "several") is None


def test_one_deed_told_with_two_days_is_a_discrepancy() -> None:
    deed = "Ukraine > SUPPORT > Russia"
    told = [
        say(Doc(d, d), "It became a member.", deed, date=d, cameo="057")
        for d in ("2024-03-07", "2024-03-11")
    ]
    assert kinds(*told) == ["date"]


def test_ties_cut_in_2015_against_january_2016() -> None:
    deed = "Russia > SANCTION discontinue > Ukraine"
    told = [
        say(Doc(name, f"2023-0{n}-10"), "Moscow cut its ties after the embassy was stormed.", deed,
            date=date, cameo="161")
        for n, (name, date) in enumerate(
            [("a", "2016-01-01/2016-01-31"), ("b", "2015-01-01/2015-12-31")], start=3
        )
    ]  # fmt: skip
    assert kinds(*told) == ["date"]


def test_who_says_no_does_not_claim_that_he_says_it() -> None:
    no = {"by": [("Russia", "asserts")]}
    own = say(Doc("a", "2024-02-01"), "Russia said that it refused.", "Russia > REJECT > Ukraine",
              **no)  # type: ignore[arg-type]  # fmt: skip  # keywords are passed on
    of_another = say(Doc("b", "2024-02-01"), "Russia said that Kyiv refused.",
                     "Ukraine > REJECT > Russia", **no)  # type: ignore[arg-type]  # fmt: skip  # keywords are passed on
    told = [claims("e", c.members) for c in link([own, of_another], {})]
    assert sorted(len(rows) for rows in told) == [0, 1]


def test_what_had_not_happened_yet_contradicts_nothing_and_a_later_no_does() -> None:
    early = told("a", "2024-02-01", status="denied")
    late = told("c", "2024-02-03", status="denied")
    happened = told("b", "2024-02-02")
    assert "occurrence" not in kinds(early, happened)
    assert kinds(happened, late) == ["occurrence"]
    denier = {"by": [("Moscow", "denies")]}
    assert kinds(told("a", "2024-02-01", status="denied", **denier), happened) == ["occurrence"]


def test_one_sentence_does_not_contradict_itself() -> None:
    one = told("a", "2024-02-01")
    other = replace(told("a", "2024-02-01", status="denied"), trigger=replace(one.trigger, start=9))
    assert kinds(one, other) == []


def test_the_year_in_which_relations_were_cut() -> None:
    words = "after protesters stormed its embassy"
    right = say(Doc("a", "2023-03-10"), f"Seoul cut ties with Moscow {words}.",
                "South Korea > SANCTION > Russia", cameo="161",
                date="2016-02-01/2016-02-28")  # fmt: skip
    wrong = say(Doc("b", "2023-11-12"), f"Seoul cut ties {words}.",
                "South Korea > SANCTION > ", cameo="161", date="2015-01-01/2015-12-31")  # fmt: skip
    (found,) = [d for c in link([right, wrong], {}) for d in within(c)]
    assert found.kind == "date"
    assert {found.says_first, found.says_second} == {"2016-02-01/2016-02-28",
                                                     "2015-01-01/2015-12-31"}  # fmt: skip


def test_votes_that_differ_between_two_texts() -> None:
    deed = "Ukraine > SUPPORT > Russia"
    told = [
        replace(
            say(Doc(d, "2024-01-24"), "It approved the accession.", deed, date="2024-01-23",
                cameo="057"),
            quantities=Quantities(other=(Span(0, 9, f"{n} votes"), Span(0, 9, "55 votes"))),
        )
        for d, n in (("a", 287), ("b", 346))
    ]  # fmt: skip
    assert kinds(*told) == ["number"]
    only = [replace(r, quantities=Quantities(other=r.quantities.other[:1])) for r in told]
    assert kinds(*only) == ["number"]
