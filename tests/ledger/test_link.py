from __future__ import annotations

import random
from dataclasses import replace

from building import JANUARY, JULY, WIRE, Doc, affair, say
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.ledger.events import to_event
from foreigndesk.ledger.judgements import Decisions, pair
from foreigndesk.ledger.link import link
from foreigndesk.ledger.standing import never_was
from foreigndesk.model import Event, Mention, Place, Report, Standing


def events(reports: list[Report], stories: dict[str, str] | None = None) -> list[Event]:
    return [to_event(c) for c in link(reports, stories or {})]


def of(reports: list[Report], report: Report) -> Event:
    return next(e for e in events(reports) if report.report_id in e.reports)


def test_the_visit_told_by_two_articles_is_one_event_and_the_promise_another() -> None:
    reports = affair()
    visit = of(reports, reports[8])
    assert set(visit.reports) == {reports[8].report_id, reports[11].report_id}
    assert visit.date.edtf == "2024-06-19"
    promise = of(reports, reports[1])
    assert promise.standing is Standing.PLANNED
    assert set(promise.reports) == {reports[1].report_id, reports[2].report_id}


def test_the_arms_are_one_contested_event_with_both_sides() -> None:
    reports = affair()
    arms = of(reports, reports[5])
    assert set(arms.reports) == {reports[n].report_id for n in (5, 7, 9)}
    assert arms.standing is Standing.CONTESTED
    sides = {(c.stance.value, c.speaker_code) for c in arms.claims}
    assert {("alleges", "USA"), ("alleges", "KOR"), ("denies", "PRK"), ("denies", "RUS")} <= sides
    accusing, denying = of(reports, reports[4]), of(reports, reports[6])
    assert (accusing.event_type, denying.event_type) == ("ACCUSE", "REJECT")
    assert len({arms.event_id, accusing.event_id, denying.event_id}) == 3


def test_a_condition_alone_is_no_event() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    assert events([say(JANUARY, "If Putin goes.", deed, status="conditional")]) == []


def test_two_visits_a_year_apart_stay_two_and_three_days_are_one() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    days = ("2024-06-18", "2024-06-19", "2024-06-20", "2025-06-19")
    reports = [
        say(Doc(f"d{n}", day, f"Outlet {n}"), f"Putin visits on day {n}.", deed, date=day)
        for n, day in enumerate(days)
    ]
    assert sorted(len(e.reports) for e in events(reports)) == [1, 3]


def test_near_dates_do_not_chain_into_one_long_visit() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    days = [f"2024-06-{n:02}" for n in range(1, 29, 2)]
    found = events([say(Doc(d, d), f"Putin visits {d}.", deed, date=d) for d in days])
    assert max(len(e.reports) for e in found) == 2


def test_other_persons_of_the_same_states_hold_another_meeting() -> None:
    one = say(
        JANUARY, "Choe met Lavrov.", "Choe Son Hui = CONSULT = Sergey Lavrov", date="2024-01-16"
    )
    two = say(WIRE, "Kim met Putin.", "Kim Jong Un = CONSULT = Vladimir Putin", date="2024-01-16")
    three = say(JULY, "The two held talks.", "North Korea = CONSULT = Russia", date="2024-01-16")
    assert len(events([one, two])) == 2
    assert len(events([one, three])) == 1


def test_a_visit_and_the_visit_in_return_are_two() -> None:
    there = say(JANUARY, "Kim visits.", "Kim Jong Un > CONSULT visit > Russia", date="2024-06-19")
    back = say(
        WIRE, "Putin visits.", "Vladimir Putin > CONSULT visit > North Korea", date="2024-06-19"
    )
    host = say(JULY, "Kim hosts Putin.", "Kim Jong Un > CONSULT visit > Vladimir Putin",
               date="2024-06-19", cameo="043")  # fmt: skip
    assert len(events([there, back])) == 2
    assert [len(e.reports) for e in events([back, host])] == [2]
    hosted = events([back, host])[0]
    assert [m.name for m in hosted.actors] == ["Vladimir Putin"]
    assert [m.name for m in hosted.recipients] == ["Kim Jong Un"]


def test_rebels_of_a_state_are_not_the_state() -> None:
    one = say(
        JANUARY, "Rebels hit a depot.", "Russian rebels > ASSAULT > Ukraine", date="2024-01-16"
    )
    two = say(WIRE, "Russia hit a depot.", "Russia > ASSAULT > Ukraine", date="2024-01-16")
    assert len(events([one, two])) == 2


def standing_of(*reports: Report, stories: dict[str, str] | None = None) -> Standing:
    (event,) = events(list(reports), stories)
    return event.standing


def told(name: str, outlet: str, **more: object) -> Report:
    deed = "Russia > ASSAULT > Ukraine"
    text = "A missile struck the depot near the harbour."
    return say(Doc(name, "2024-02-02", outlet), text, deed, date="2024-02-01", **more)  # type: ignore[arg-type]  # keywords are passed on


def test_standing() -> None:
    ministry = {"by": [("Defence Ministry", "asserts")]}
    assert standing_of(told("a", "A")) is Standing.REPORTED
    assert standing_of(told("a", "A"), told("b", "B")) is Standing.CORROBORATED
    copies = {"a": "s", "b": "s"}
    assert standing_of(told("a", "A"), told("b", "B"), stories=copies) is Standing.REPORTED
    assert standing_of(told("a", "A", **ministry), told("b", "B", **ministry)) is Standing.REPORTED
    assert standing_of(told("a", "A", **ministry), told("b", "B")) is Standing.CORROBORATED
    assert standing_of(told("a", "A", status="possible", by=[("Ukraine", "alleges")])) is (
        Standing.ALLEGED
    )
    denial = told("b", "B", status="denied", by=[("Russia", "denies")])
    assert standing_of(told("a", "A"), denial) is Standing.CONTESTED


def test_unnamed_sources_do_not_corroborate_each_other() -> None:
    reports = [told(n, n, hedges=("reportedly",)) for n in "ab"]
    assert standing_of(*reports) is Standing.REPORTED


def test_undated_reports_half_a_year_apart_are_two_meetings() -> None:
    deed = "Kim Jong Un = CONSULT = Vladimir Putin"
    one = say(JANUARY, "Kim met Putin.", deed)
    two = say(JULY, "Kim met Putin.", deed)
    assert len(events([one, two])) == 2


def test_judgements_are_obeyed() -> None:
    one, two = told("a", "A"), told("b", "B")
    same = pair(one.report_id, two.report_id)
    assert len(link([one, two], {}, Decisions(different=frozenset({same})))) == 2
    assert len(link([one, two], {}, Decisions(wrong=frozenset({one.report_id})))) == 1
    far = say(JULY, "Kim met Putin.", "Kim Jong Un = CONSULT = Vladimir Putin")
    joined = Decisions(same=frozenset({pair(one.report_id, far.report_id)}))
    assert len(link([one, far], {}, joined)) == 1


@given(st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_events(chance: random.Random) -> None:
    reports = affair()
    expected = events(reports)
    chance.shuffle(reports)
    assert events(reports) == expected


def test_each_report_is_in_one_event_at_most() -> None:
    members = [r for e in events(affair()) for r in e.reports]
    assert len(members) == len(set(members)) == len(affair())


def test_the_last_meeting_in_2019_is_not_the_visit_of_the_same_undated_page() -> None:
    page = Doc("undated")
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    visits = [say(page, "Putin\u2019s visit to North Korea.", deed, at=n) for n in (0, 100, 200)]
    text = "The visit, long anticipated since their last meeting in 2019."
    deed = "Kim Jong Un = CONSULT = Vladimir Putin"
    last = say(page, text, deed, date="2019-01-01/2019-12-31", at=300)
    found = events([*visits, last])
    assert sorted(len(e.reports) for e in found) == [1, 3]
    (visit,) = (e for e in found if len(e.reports) == 3)
    assert [m.name for m in visit.recipients] == ["North Korea"]


def test_the_date_of_an_event_goes_with_what_most_tell() -> None:
    visit = "Vladimir Putin > CONSULT visit > North Korea"
    days = ["2023-09-01/2023-09-30", "2023-09-13", "2023-09-01/2023-09-30"]
    met = [say(Doc(f"m{n}"), f"Putin visits {n}.", visit, date=d) for n, d in enumerate(days)]
    assert [e.date.edtf for e in events(met)] == ["2023-09-13"]
    days = ["2024-01-15/2024-01-17", "2024-01-16"]
    stay = [say(Doc(f"s{n}"), f"Putin visits {n}.", visit, date=d) for n, d in enumerate(days)]
    assert [e.date.edtf for e in events(stay)] == ["2024-01-15/2024-01-17"]
    hit = [say(Doc(d), "The depot burned.", "Russia > ASSAULT > Ukraine", date=d) for d in days]
    assert [e.date.edtf for e in events(hit)] == ["2024-01-16"]


def test_an_undated_page_does_not_split_what_dated_pages_tell_of_one_matter() -> None:
    deed = "North Korea > AID > Russia"
    told = [
        say(Doc("a", "2024-01-04"), "It provided ballistic missile launchers and missiles.", deed),
        say(Doc("b", "2024-01-16"), "They accuse it of supplying artillery shells and ballistic "
            "missiles.", deed, status="possible", by=[("United States", "alleges")]),
        say(Doc("c"), "They have accused it of supplying munitions.", deed, status="possible",
            by=[("United States", "alleges")]),
    ]  # fmt: skip
    assert [len(e.reports) for e in events(told)] == [3]


def test_an_undated_word_on_the_past_recalls_the_one_deed_of_these_persons() -> None:
    deed = "Kim Jong Un > REQUEST meet > Vladimir Putin"
    news = say(Doc("n", "2023-09-14"), "Kim invited Putin to his country.", deed, date="2023-09-13")
    late = say(WIRE, "It came months after Kim had invited him.", deed)
    back = say(JULY, "Putin invited Kim.", "Vladimir Putin > REQUEST meet > Kim Jong Un")
    assert sorted(len(e.reports) for e in events([news, late, back])) == [1, 2]


def test_what_recurs_is_not_recalled() -> None:
    deed = "United States > ACCUSE > North Korea"
    news = say(Doc("n", "2023-09-14"), "Washington accused Pyongyang.", deed, date="2023-09-13")
    late = say(WIRE, "Washington has accused Pyongyang.", deed)
    assert len(events([news, late])) == 2


def test_a_deed_done_once_is_one_event_over_two_dates_and_thanks_are_two() -> None:
    deed = "Ukraine > SUPPORT > Russia"

    def days(cameo: str) -> list[Report]:
        return [
            say(Doc(d, d), "It became a member.", deed, date=d, cameo=cameo)
            for d in ("2024-03-07", "2024-03-11")
        ]

    assert len(events(days("057"))) == 1
    assert len(events(days("051"))) == 2
    years = [replace(r, date=replace(r.date, edtf="2025", earliest="2025-01-01",
                                     latest="2025-12-31")) for r in days("057")[1:]]  # fmt: skip
    assert len(events(days("057")[:1] + years)) == 2


def test_a_headline_is_the_event_of_its_article() -> None:
    deed = "Russia > SUPPORT > Ukraine"
    page = Doc("p", "2024-03-07")
    lead = say(page, "The council on Thursday approved the long text.", deed, date="2024-03-07",
               at=30)  # fmt: skip
    head = say(page, "Moscow waves accord through", deed)
    told = [
        replace(r, document=replace(r.document, title=head.evidence.text), rule=f"rule.{r.trigger}")
        for r in (lead, head)
    ]
    assert len(events([lead, head])) == 2
    assert len(events(told)) == 1


def test_what_pages_only_say_did_not_happen_is_no_event() -> None:
    deed = "Russia > AID > Ukraine"
    never = say(JANUARY, "Moscow has not sent aid.", deed, status="denied")
    denies = say(WIRE, "Moscow denies it.", deed, status="denied", by=[("Moscow", "denies")])
    (one,), (other,) = link([never], {}), link([denies], {})
    assert never_was(one.members)
    assert not never_was(other.members)


def crowd(words: str, code: str | None = None, sector: str = "CVL") -> Mention:
    return Mention(0, len(words), words, words, code, sector, None)


def test_descriptions_of_the_same_people_are_one_event_and_other_people_are_not() -> None:
    blast = "Russia > ASSAULT > Ukraine"
    text = "A bomb killed shoppers in a Kharkiv market."
    told = [say(Doc(d, "2024-02-02"), text, blast, date="2024-02-01") for d in "abc"]
    shoppers = replace(told[0], recipient=(crowd("14 shoppers"),))
    people = replace(told[1], recipient=(crowd("people", "UKR"),))
    troops = replace(told[2], recipient=(crowd("tank crews", "BLR", "MIL"),))
    assert len(link([shoppers, people], {})) == 1
    assert len(link([shoppers, people, troops], {})) == 2


def test_a_treaty_is_signed_by_both_whoever_is_named_first() -> None:
    signed = "Russia; Ukraine > SUPPORT > South Korea"
    first = say(Doc("a", "2024-02-02"), "They signed a grain accord.", signed, date="2024-02-01")
    other = "Ukraine; Russia > SUPPORT > "
    second = say(Doc("b", "2024-02-02"), "A grain accord was signed.", other, date="2024-02-01")
    pact = [replace(r, symmetric=True, cameo="057") for r in (first, second)]
    assert len(link(pact, {})) == 1


def test_two_protests_of_one_day_in_two_cities_are_two() -> None:
    march = "Russian rebels > PROTEST > Russia"
    told = [
        say(Doc(d, "2024-02-02"), "Thousands protested on Thursday.", march, date="2024-02-01")
        for d in "ab"
    ]
    spots = (
        Place("Paris", 0, 5, "Paris", "FRA", 48.9, 2.3, 1),
        Place("Marseille", 0, 9, "Marseille", "FRA", 43.3, 5.4, 2),
        Place("Saint-Denis", 0, 11, "Saint-Denis", "FRA", 48.9, 2.4, 3),
    )
    far = [replace(r, place=p) for r, p in zip(told, (spots[0], spots[1]), strict=True)]
    near = [replace(r, place=p) for r, p in zip(told, (spots[0], spots[2]), strict=True)]
    assert len(link(far, {})) == 2
    assert len(link(near, {})) == 1


def test_who_cut_relations_without_saying_with_whom_is_the_known_cut() -> None:
    words = "ties cut after protesters stormed the embassy"
    full = say(JANUARY, f"{words} in Moscow.", "South Korea > SANCTION > Russia", cameo="161",
               date="2016-01-01/2016-01-31")  # fmt: skip
    half = say(JULY, f"{words}.", "South Korea > SANCTION > ", cameo="161",
               date="2015-01-01/2015-12-31")  # fmt: skip
    assert len(events([full, half])) == 1
    long_ago = say(WIRE, f"{words}.", "South Korea > SANCTION > ", cameo="161",
                   date="2012-01-01/2012-12-31")  # fmt: skip
    assert len(events([full, long_ago])) == 2


@given(st.data())
def test_a_judgement_holds(data: st.DataObject) -> None:
    reports = affair()
    one, other = data.draw(st.permutations(reports))[:2]
    both = frozenset({pair(one.report_id, other.report_id)})
    homes = [
        {m.report_id: c.event_id for c in link(reports, {}, decisions) for m in c.members}
        for decisions in (Decisions(different=both), Decisions(same=both))
    ]
    apart = [homes[0].get(r.report_id, r.report_id) for r in (one, other)]
    assert apart[0] != apart[1]
    together = [homes[1].get(r.report_id) for r in (one, other)]
    assert together[0] == together[1] or None in together


@given(st.integers(0, 14), st.integers(0, 14))
def test_a_judgement_holds_in_a_large_cluster(one: int, other: int) -> None:
    reports = [told(f"d{n}", f"Outlet {n}") for n in range(15)]
    assert len(link(reports, {})) == 1
    if one != other:
        both = frozenset({pair(reports[one].report_id, reports[other].report_id)})
        found = link(reports, {}, Decisions(different=both))
        homes = {m.report_id: c.event_id for c in found for m in c.members}
        assert homes[reports[one].report_id] != homes[reports[other].report_id]


def test_articles_on_other_things_speak_of_other_attacks() -> None:
    deed = "Russia > ASSAULT > Ukraine"
    texts = (
        "Troops hit the Azov steel plant near Mariupol port.",
        "Troops hit the Yavoriv base beside Lviv airport.",
    )
    told = [say(Doc(t, "2024-02-02"), t, deed) for t in texts]
    again = say(Doc("z", "2024-02-03"), "A strike hit the Azov steel plant.", deed)
    assert len(events([told[0], told[1]])) == 2
    assert len(events([told[0], again])) == 1
