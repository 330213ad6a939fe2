"""What the two real pages hold, and what they must never give. Skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.lists import claims, discrepancies, promises, timeline
from foreigndesk.engine.run import read_into
from foreigndesk.intake.read import read
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.model import Report, Status
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed pages are not beside the checkout"),
]


@pytest.fixture(scope="module")
def records() -> list[ArticleRecord]:
    reader = Reader(Settings())
    found = [reader.record(d) for d in read([SEEDS], Settings())]
    assert all(isinstance(r, ArticleRecord) for r in found)
    return [r for r in found if isinstance(r, ArticleRecord)]


@pytest.fixture(scope="module")
def reports(records: list[ArticleRecord]) -> list[Report]:
    return [report for record in records for report in record.reports]


def codes(report: Report, side: str) -> set[str]:
    return {m.code or "?" for m in getattr(report, side)}


def among(
    reports: list[Report], words: str, event_type: str, actor: set[str], recipient: set[str]
) -> Report:
    """The report of a type in a sentence with these words, with all these actors."""
    fitting = [r for r in reports if words in r.evidence.text and r.event_type == event_type]
    assert fitting, f"no {event_type} in the sentence with {words!r}"
    for report in fitting:
        sides = codes(report, "actor"), codes(report, "recipient")
        if sides == (actor, recipient) or (report.symmetric and sides == (recipient, actor)):
            return report
    raise AssertionError([(codes(r, "actor"), codes(r, "recipient")) for r in fitting])


def speakers(report: Report) -> set[tuple[str | None, str]]:
    return {(a.speaker.code if a.speaker else None, a.stance.value) for a in report.attribution}


PRK, RUS, USA, KOR, JPN, WEST = ({c} for c in ("PRK", "RUS", "USA", "KOR", "JPN", "WEST"))
HELD = [
    ("vow to form NEW WORLD ORDER", "AGREE", PRK, RUS, Status.OCCURRED),
    ("have vowed to form", "AGREE", RUS, PRK, Status.OCCURRED),
    ("have reportedly agreed", "AGREE", PRK, RUS, Status.OCCURRED),
    ("recent meeting between", "CONSULT", PRK, RUS, Status.OCCURRED),
    ("deep thanks", "SUPPORT", RUS, PRK, Status.OCCURRED),
    ("serious concern", "ACCUSE", PRK | RUS, USA, Status.OCCURRED),
    ("blasted the West", "ACCUSE", RUS, WEST, Status.OCCURRED),
    ("officially invited Putin", "REQUEST", PRK, RUS, Status.OCCURRED),
    ("grateful for the invitation", "CONSULT", RUS, PRK, Status.PLANNED),
    ("confirmed his willingness", "AGREE", RUS, PRK, Status.OCCURRED),
    ("If Putin does make it", "CONSULT", RUS, PRK, Status.CONDITIONAL),
    ("a visit by Kim to Russian", "CONSULT", PRK, RUS, Status.OCCURRED),
    ("The prospect of a solidified", "AID", PRK, RUS, Status.POSSIBLE),
    ("continue to deny", "REJECT", PRK | RUS, USA | KOR, Status.ONGOING),
    ("continue to deny", "ACCUSE", USA | KOR, PRK, Status.OCCURRED),
    ("continue to deny", "AID", PRK, RUS, Status.DENIED),
    ("ramped up its weapons tests", "MOBILIZE", PRK, set(), Status.OCCURRED),
    ("underwater attack drone", "MOBILIZE", PRK, set(), Status.OCCURRED),
    ("strengthening their combined", "MOBILIZE", USA | KOR | JPN, set(), Status.OCCURRED),
    ("Putin visits North Korea", "CONSULT", RUS, PRK, Status.OCCURRED),
    ("praising their support", "SUPPORT", RUS, PRK, Status.OCCURRED),
    ("embarks on a landmark visit", "CONSULT", RUS, PRK, Status.OCCURRED),
    ("welcomes Putin", "CONSULT", PRK, RUS, Status.OCCURRED),
    ("amidst accusations", "AID", PRK, RUS, Status.POSSIBLE),
    ("Concerns raised by U.S.", "ACCUSE", USA | KOR, set(), Status.OCCURRED),
]


@pytest.mark.parametrize(("words", "event_type", "actor", "recipient", "status"), HELD)
def test_held(
    words: str,
    event_type: str,
    actor: set[str],
    recipient: set[str],
    status: Status,
    reports: list[Report],
) -> None:
    assert among(reports, words, event_type, actor, recipient).status is status


def test_undated_page_is_dated_from_its_text(reports: list[Report]) -> None:
    meeting = among(reports, "recent meeting between", "CONSULT", PRK, RUS)
    assert (meeting.date.earliest, meeting.date.latest) == ("2024-01-15", "2024-01-17")
    assert meeting.date.basis == "inferred"
    met = among(reports, "back when he met with Kim", "CONSULT", RUS, PRK)
    september = [r for r in reports if r.date.edtf == "2023-09" and r.event_type == "CONSULT"]
    assert met.status is not Status.CONDITIONAL
    assert len(september) >= 2


def test_saving_day_is_no_publication_day(records: list[ArticleRecord]) -> None:
    for record in records:
        assert record.article.published.edtf != "2024-07-19"
        for report in record.reports:
            assert report.date.earliest != "2024-07-19"


def test_claims_stay_with_their_speakers(reports: list[Report]) -> None:
    war = among(reports, "blasted the West", "ASSAULT", WEST, RUS)
    assert (war.status, speakers(war)) == (Status.POSSIBLE, {("RUS", "alleges")})
    transfers = among(reports, "continue to deny", "AID", PRK, RUS)
    assert {("PRK", "denies"), ("RUS", "denies")} <= speakers(transfers)
    assert {("USA", "alleges"), ("KOR", "alleges")} <= speakers(transfers)
    agreed = among(reports, "have reportedly agreed", "AGREE", PRK, RUS)
    assert agreed.hedges == ("reportedly",)
    assert ("PRK", "reports") in speakers(agreed)


def test_misspelt_minister_is_resolved(reports: list[Report]) -> None:
    concern = among(reports, "serious concern", "ACCUSE", PRK | RUS, USA)
    assert ("Lavron", "Sergey Lavrov") in {(m.text, m.name) for m in concern.actor}


def test_quoted_words_have_their_speaker(reports: list[Report]) -> None:
    quoted = [r for r in reports if "deepening relationship" in r.evidence.text]
    assert quoted
    assert {a.speaker.name for r in quoted for a in r.attribution if a.speaker} == {"John Kirby"}
    calm = [r for r in reports if "not concerned about the trip" in r.evidence.text]
    assert {r.status for r in calm} == {Status.DENIED}


def test_order_facts_are_kept(reports: list[Report]) -> None:
    facts = {(f.kind, f.text) for r in reports for f in r.facts}
    assert ("first", "first trip there in 24 years") in facts
    assert ("last", "their last meeting in 2019") in facts


NEVER = (
    "Bangladesh", "Deir el-Balah", "Tel Aviv", "Houthi", "Guinness", "Trump", "PayPal",
    "TruthSocial", "Telegram", "Trendsetter", "نموذج", "email address",
)  # fmt: skip


@pytest.mark.parametrize("word", NEVER)
def test_furniture_is_never_coded(word: str, reports: list[Report]) -> None:
    assert not [r for r in reports if word in r.evidence.text]


def test_evidence_is_to_the_letter(records: list[ArticleRecord]) -> None:
    for record in records:
        text = record.document.text
        for report in record.reports:
            for span in (report.evidence, report.trigger, *report.actor, *report.recipient):
                assert text[span.start : span.end] == span.text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk.create_or_open(tmp_path_factory.mktemp("seeds") / "desk")
    read_into(desk, [SEEDS], Settings(jobs=1))
    return desk


def test_promised_trip_is_kept(desk: Desk) -> None:
    kept = promises(desk, Filters(dyad="RUS>PRK", event_type="CONSULT", status="kept"))
    assert kept.num_rows >= 1
    assert all(row["kept_by"] for row in kept.to_pylist())


def test_last_meeting_contradicts_september(desk: Desk) -> None:
    (row,) = [r for r in discrepancies(desk).to_pylist() if r["kind"] == "order"]
    told = {row["evidence_first"], row["evidence_second"]}
    assert any("last meeting in 2019" in sentence for sentence in told)
    assert any("September" in sentence for sentence in told)


def test_transfers_are_one_contested_event(desk: Desk) -> None:
    aid = timeline(desk, Filters(event_type="AID", dyad="PRK>RUS")).to_pylist()
    (contested,) = [row for row in aid if row["standing"] == "contested"]
    assert contested["stories"] == 2
    said = claims(desk, Filters(event_type="AID", dyad="PRK>RUS")).to_pylist()
    stances = {(row["speaker_code"], row["stance"]) for row in said}
    assert {("PRK", "denies"), ("RUS", "denies"), ("USA", "alleges"), ("KOR", "alleges")} <= stances
