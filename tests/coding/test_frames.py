from __future__ import annotations

import pytest

from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

# text; (type, actor codes, recipient codes, status) that must be among the reports
CASES = [
    ("Chad was attacked by Mali.", "ASSAULT", "MLI", "TCD", "occurred"),
    ("Mali refused to send aid to Chad.", "REJECT", "MLI", "TCD", "occurred"),
    ("Mali refused to send aid to Chad.", "AID", "MLI", "TCD", "denied"),
    ("Mali agreed to lift sanctions on Chad.", "AGREE", "MLI", "TCD", "occurred"),
    ("Mali threatened to attack Chad.", "THREATEN", "MLI", "TCD", "occurred"),
    ("Mali threatened to attack Chad.", "ASSAULT", "MLI", "TCD", "planned"),
    ("Mali denied that it had attacked Chad.", "ASSAULT", "MLI", "TCD", "denied"),
    ("Kenya accused Mali of arming Chad.", "AID", "MLI", "TCD", "possible"),
    ("Kenya said that Mali had attacked Chad.", "ASSAULT", "MLI", "TCD", "occurred"),
    ("Kenya would send aid if Mali invaded Chad.", "ASSAULT", "MLI", "TCD", "conditional"),
    ("Kenya urged Mali to free the Chadian crew.", "REQUEST", "KEN", "MLI", "occurred"),
    ("Mali said it would send aid to Chad.", "AGREE", "MLI", "TCD", "occurred"),
    ("Mali said it would not release the Chadian sailors.", "REJECT", "MLI", "TCD", "occurred"),
    ("Mali may attack Chad.", "ASSAULT", "MLI", "TCD", "possible"),
    ("The attack by Mali on Chad was condemned by Kenya.", "ASSAULT", "MLI", "TCD", "occurred"),
    ("The attack by Mali on Chad was condemned by Kenya.", "ACCUSE", "KEN", "MLI", "occurred"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient", "status"), CASES)
def test_event(
    text: str, event_type: str, actor: str, recipient: str, status: str, reader: Reader
) -> None:
    found = {
        (r.event_type.value, a.code, b.code, r.status.value)
        for r in reader.analyse(text).reports
        for a in r.actor
        for b in r.recipient
    }
    assert (event_type, actor, recipient, status) in found


@pytest.mark.parametrize(
    "text",
    ["Kenya met Ghana in the cup final.", "Rain hit the roof.", "The heat was hard to bear."],
)
def test_no_event_without_words_that_say_it(text: str, reader: Reader) -> None:
    hostile = {"ASSAULT", "COERCE", "SANCTION"}
    assert not [r for r in reader.analyse(text).reports if r.event_type.value in hostile]


def test_symmetric_sides_are_parted(reader: Reader) -> None:
    (report,) = list(reader.analyse("Mali and Chad signed a treaty in Geneva.").reports)
    assert report.symmetric
    assert [m.code for m in (*report.actor, *report.recipient)] == ["MLI", "TCD"]


def test_report_points_to_its_words(reader: Reader) -> None:
    text = "On Monday, “Mali” attacked\u00a0Chad 😀."
    for report in reader.analyse(text, "2024-05-15").reports:
        for span in (report.evidence, report.trigger, *report.actor, *report.recipient):
            assert text[span.start : span.end] == span.text
        assert (report.date.edtf, report.date.basis) == ("2024-05-13", "relative")


MORE = [
    # clauses without a verb
    ("A Ghanaian court found the Togolese envoy guilty of fraud.", "ACCUSE", "GHA", "TGO"),
    ("Mali called Chad's blockade illegal.", "ACCUSE", "MLI", "TCD"),
    ("Mali called Chad a liar.", "ACCUSE", "MLI", "TCD"),
    # the verb's subject suffers what the noun tells
    ("Malian soldiers suffered an attack by Chad.", "ASSAULT", "TCD", "MLI"),
    ("Mali's decision was met with criticism from Chad.", "ACCUSE", "TCD", "MLI"),
    ("Mali faces accusations from Chad of arming rebels.", "ACCUSE", "TCD", "MLI"),
    # nobody is named but beneath the predicate
    ("Mali gave two million dollars to fight cholera in Chad.", "AID", "MLI", "TCD"),
    ("Mali mobilised troops for a possible war against Chad.", "MOBILIZE", "MLI", "TCD"),
    # own people are no other side of a promise
    ("Mali agreed to withdraw its troops from Chad.", "AGREE", "MLI", "TCD"),
    ("Mali warned that it could fire missiles at Chad.", "THREATEN", "MLI", "TCD"),
    # modals that refuse
    ("Mali will not send aid to Chad.", "REJECT", "MLI", "TCD"),
    # slips of the parser
    ("Mali, officials said on Tuesday, has attacked Chad.", "ASSAULT", "MLI", "TCD"),
    ("Mali, Chad leaders to meet in Accra", "CONSULT", "MLI", "TCD"),
]


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient"), MORE)
def test_both_sides(text: str, event_type: str, actor: str, recipient: str, reader: Reader) -> None:
    found = set()
    for report in reader.analyse(text).reports:
        sides = [(a.code, b.code) for a in report.actor for b in report.recipient]
        found |= {(report.event_type.value, *pair) for pair in sides}
    assert (event_type, actor, recipient) in found


def test_where_a_promise_is_made_is_no_side_of_it(reader: Reader) -> None:
    (report,) = reader.analyse("Mali agreed in Geneva to disarm.").reports[:1]
    assert report.recipient == ()


def test_own_troops_are_no_side_of_a_promise(reader: Reader) -> None:
    found = reader.analyse("Mali agreed to withdraw its troops from Chad.").reports
    agreed = next(r for r in found if r.event_type.value == "AGREE")
    assert {m.code for m in agreed.recipient} == {"TCD"}


IMPLIED = [
    ("Mali invited the Chadian president to Bamako.", "TCD", "requested"),
    ("Mali invited the Chadian president to Bamako and he accepted.", "TCD", "planned"),
    ("Mali cancelled a planned visit by the Chadian president.", "TCD", "planned"),
]


@pytest.mark.parametrize(("text", "actor", "status"), IMPLIED)
def test_the_visit_that_is_asked_for(text: str, actor: str, status: str, reader: Reader) -> None:
    found = reader.analyse(text).reports
    (visit,) = [r for r in found if r.event_type.value == "CONSULT"]
    assert ([m.code for m in visit.actor], visit.status.value) == ([actor], status)


def test_a_vow_to_defy_is_a_promise_of_defiance(reader: Reader) -> None:
    found = reader.analyse("Mali vowed to defy Chad's ban.").reports
    kinds = {(r.event_type.value, r.status.value) for r in found}
    assert kinds == {("AGREE", "occurred"), ("REJECT", "planned")}


def test_would_not_have_is_no_refusal(reader: Reader) -> None:
    found = reader.analyse("Mali would not have sent aid to Chad.").reports
    assert not [r for r in found if r.event_type.value == "REJECT"]


def test_people_have_the_country_that_their_phrase_tells(reader: Reader) -> None:
    found = reader.analyse("Mali gave food to thousands of villagers in eastern Chad.").reports
    (villagers,) = found[0].recipient
    assert villagers.code == "TCD"


@pytest.mark.parametrize(
    "text", ["The United States gave Ukraine tanks.", "China has given South Korea grain."]
)
def test_who_is_given_a_thing_is_no_part_of_its_name(reader: Reader, text: str) -> None:
    (report,) = reader.analyse(text).reports
    assert report.event_type.value == "AID"
    assert [m.text for m in report.recipient] in (["Ukraine"], ["South Korea"])


def test_a_headlines_verb_is_no_noun(reader: Reader) -> None:
    found = reader.analyse("Both Russia and North Korea vow to send arms to Mali.").reports
    assert {(r.event_type.value, r.status.value) for r in found} == {
        ("AGREE", "occurred"),
        ("AID", "planned"),
    }
