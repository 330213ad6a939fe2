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
