"""`foreigndesk recode` as a user runs it: lines for people, records for programs, clear errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

WALTZ = """
- id: own.waltz
  event: CONSULT
  mode: visit
  contexts: [diplomatic]
  verbs: [waltz]
  recipient: [with]
  says: "Norway waltzed with Mali."
  not: "Norway met Mali."
- id: own.meet
  event: COOPERATE
  verbs: [meet]
  recipient: [object]
  says: "Norway met Mali."
  not: "Norway waltzed with Mali."
"""


@pytest.fixture
def own(run, tmp_path: Path) -> Path:
    """A folder with a desk of one page, and a codebook of one's own that codes it otherwise."""
    page = tmp_path / "page.txt"
    page.write_text("Norway waltzed with Mali in Oslo. Sweden met Chad in Paris on Monday.\n")
    assert run("read", page, "--desk", tmp_path / "desk").status == 0
    (tmp_path / "book" / "predicates").mkdir(parents=True)
    (tmp_path / "book" / "predicates" / "own.yaml").write_text(WALTZ)
    return tmp_path


def recode(run, own: Path, *more: object) -> list[str]:
    """The lines of a recoding with the codebook."""
    ran = run("recode", "--desk", own / "desk", "--codebook", own / "book", *more)
    assert ran.status == 0, ran.err
    return ran.out.splitlines()


def test_the_difference_for_people(run, own: Path) -> None:
    lines = recode(run, own)
    text = "\n".join(lines)
    assert lines[0].endswith("page.txt")
    assert "  added    CONSULT (visit): Norway (NOR) > Mali (MLI), occurred  [own.waltz]" in text
    assert "event_type: CONSULT → COOPERATE" in text
    assert "→ own.meet" in text
    assert "[Norway]actor [waltzed]trigger with [Mali]recipient" in text
    (sums,) = [line.split() for line in lines if line.startswith("CONSULT/visit")]
    assert sums[1:] == ["0", "1", "1", "0", "0"]
    assert all(len(line) <= 80 for line in lines if str(own) not in line)
    assert "1 article again" in lines[-1]
    again = recode(run, own)
    assert again == [
        f"Coded 0 articles again with the codebook {own / 'book'}: 0 coded otherwise than before.",
        "1 passed over: coded with it already (--all codes them too).",
    ]


def test_the_difference_for_programs(run, own: Path) -> None:
    rows = [json.loads(line) for line in recode(run, own, "--json", "--dry-run")]
    assert [row["kind"] for row in rows[-1:]] == ["summary"]
    added = next(row for row in rows if row.get("change") == "added")
    assert (added["rule"], added["trigger"], added["before"]) == ("own.waltz", "waltzed", None)
    assert added["after"]["event_mode"] == "visit"
    changed = next(row for row in rows if row.get("change") == "changed")
    fields = {c["field"]: (c["before"], c["after"]) for c in changed["changes"]}
    assert fields["event_type"] == ("CONSULT", "COOPERATE")
    recode(run, own, "-o", own / "difference.jsonl", "--limit", 1)
    kept = [json.loads(line) for line in (own / "difference.jsonl").read_text().splitlines()]
    assert kept == rows


def test_a_dry_run_and_a_limit(run, own: Path) -> None:
    lines = recode(run, own, "--dry-run", "--limit", 1)
    assert lines[-1] == "Nothing was written (--dry-run)."
    assert any(line.startswith("and 1 more:") for line in lines)
    assert not any("COOPERATE:" in line for line in lines)
    assert len(run("timeline", "--desk", own / "desk", "--json").out.splitlines()) == 1


def test_the_listings_are_asked_by_mode_and_context(run, own: Path) -> None:
    recode(run, own)

    def events(*filters: str) -> list[str]:
        ran = run("timeline", "--desk", own / "desk", "--json", *filters)
        return [json.loads(line)["event_type"] for line in ran.out.splitlines()]

    assert sorted(events()) == ["CONSULT", "COOPERATE"]
    assert events("--mode", "VISIT") == events("--context", "Diplomatic") == ["CONSULT"]
    assert events("--mode", "vis") == events("--context", "diplo") == []
    assert events("--context", '"') == []


def test_judgements_that_hold_no_more_are_listed(run, own: Path) -> None:
    exported = run("export", "--desk", own / "desk", "--what", "reports", "--format", "jsonl").out
    report = json.loads(exported.splitlines()[0])["report_id"]
    (own / "judged.jsonl").write_text(
        json.dumps({"subject": report, "verdict": "wrong", "by": "anna", "at": "2024-07-01"}) + "\n"
        + json.dumps({"subject": "r0", "verdict": "right", "by": "bo", "at": "2024-07-02"}) + "\n"
    )  # fmt: skip
    assert run("review", "--desk", own / "desk", "--from", own / "judged.jsonl").status == 0
    text = "\n".join(recode(run, own))
    assert "0 stand, 0 went over" in text
    assert "2 are about no report any more:" in text
    assert f"  wrong, by anna, 2024-07-01, of {report}" in text
    assert "CONSULT: Sweden" in text
    assert "  right, by bo, 2024-07-02, of r0" in text
    plain = run("recode", "--desk", own / "desk", "--plain").out
    assert "1 stand, 0 went over" in plain


def test_what_is_wrong_is_said(run, own: Path) -> None:
    missing = run("recode", "--desk", own / "nowhere")
    assert (missing.status, "no such folder" in missing.err) == (2, True)
    no_book = run("recode", "--desk", own / "desk", "--codebook", own / "nowhere")
    assert (no_book.status, "no such directory" in no_book.err) == (2, True)
    (own / "book" / "predicates" / "own.yaml").write_text("- id: own.x\n  verbz: [a]\n")
    before = sorted((own / "desk").rglob("*"))
    broken = run("recode", "--desk", own / "desk", "--codebook", own / "book")
    assert broken.status == 2
    assert "own.yaml" in broken.err
    assert "codebook lint" in broken.err
    assert sorted((own / "desk").rglob("*")) == before
