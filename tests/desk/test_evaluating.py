"""`foreigndesk evaluate`: gold in its forms, its figures as text, JSON and a page; bad gold."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from foreigndesk.desk import evaluation_page
from foreigndesk.measure.accuracy import Confusion

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "own-gold.md").read_text(encoding="utf-8")
GOLD = """id,text,event_type,mode,actor,recipient,status,trigger
1,Norway urged Mali to free the crew.,REQUEST,yield,NOR,MLI,occurred,urged
2,"Iran attacked Iraq on Monday, and Oman condemned the raid.",ASSAULT,,IRN,IRQ,occurred,attacked
2,"Iran attacked Iraq on Monday, and Oman condemned the raid.",AID,,OMN,IRN,occurred,condemned
3,Rain fell over Lisbon all day.,,,,,,
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.csv"
    file.write_text(GOLD, encoding="utf-8")
    return file


def evaluated(run, *arguments: object, stdin: bytes = b"") -> dict[str, Any]:
    ran = run("evaluate", *arguments, "--json", stdin=stdin)
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def figure(found: dict[str, Any], group: str, name: str) -> dict[str, Any]:
    (row,) = [f for f in found["figures"] if (f["group"], f["name"]) == (group, name)]
    return row


def test_a_table_as_json(run, gold: Path) -> None:
    found = evaluated(run, gold, "--resamples", "100")
    assert (found["basis"], found["task"], found["texts"]) == ("gold", "events", 3)
    whole = figure(found, "overall", "whole events")
    assert whole["asked"] == 3
    assert whole["right"] == 2
    assert figure(found, "event type", "REQUEST")["recall"]["value"] == 1
    assert {"gold": "AID", "found": "ACCUSE", "count": 1} in found["confusion"]
    (wrong,) = [case for case in found["cases"] if case["kind"] == "type"]
    assert wrong["evidence"].startswith("Iran attacked Iraq")
    assert wrong["rule"].startswith("accuse.")


def test_the_same_as_text_fits_a_narrow_screen(run, gold: Path) -> None:
    ran = run("evaluate", gold, "--resamples", "100")
    assert "AID coded as ACCUSE" in ran.out
    assert "rule:" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    assert run("evaluate", gold, "--resamples", "100").out == ran.out


def test_the_order_of_rows_is_nothing(run, gold: Path, tmp_path: Path) -> None:
    head, *rows = GOLD.splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert evaluated(run, turned)["figures"] == evaluated(run, gold)["figures"]


def test_standard_input_other_encodings_and_json_lines(run, tmp_path: Path) -> None:
    assert evaluated(run, "-", stdin=GOLD.encode())["texts"] == 3
    assert evaluated(run, "-", stdin=GOLD.encode("utf-16"))["texts"] == 3
    semicolons = GOLD.replace(",", ";").replace("Monday; and", "Monday, and").encode("utf-8-sig")
    assert evaluated(run, "-", stdin=semicolons)["texts"] == 3
    rows = list(csv.DictReader(GOLD.splitlines()))
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    assert evaluated(run, "-", stdin=lines)["figures"] == evaluated(run, "-", stdin=GOLD.encode())["figures"]  # fmt: skip  # noqa: E501
    assert evaluated(run, "-", stdin=json.dumps(rows).encode())["texts"] == 3


def test_plover_records(run) -> None:
    record = {
        "id": "1", "has_event": True, "date": "2024-01-01", "event": ["REQUEST"],
        "text": "Norway urged Mali to free the crew.", "event_text": ["urged"],
        "actor": [{"code": "NOR", "sector": []}], "recipient": [{"code": "MLI", "sector": []}],
    }  # fmt: skip
    found = evaluated(run, "-", "--happened", stdin=json.dumps(record).encode())
    whole = figure(found, "overall", "whole events")
    assert (whole["right"], whole["given"], whole["asked"]) == (1, 1, 1)


def test_happened_leaves_out_what_did_not(run) -> None:
    line = b'{"text": "Norway urged Mali to free the crew.", "event_type": "REQUEST"}'
    all_, happened = (
        figure(evaluated(run, "-", *more, stdin=line), "overall", "event types")["given"]
        for more in ([], ["--happened"])
    )
    assert (all_, happened) == (2, 1)


def test_an_output_of_code(run, gold: Path, tmp_path: Path) -> None:
    texts = {row["id"]: row["text"] for row in csv.DictReader(GOLD.splitlines())}
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    coded = tmp_path / "coded.jsonl"
    run("code", "-", "-o", coded, stdin="\n".join(lines).encode())
    assert evaluated(run, gold, "--found", coded) == evaluated(run, gold)
    other = tmp_path / "other.jsonl"
    other.write_text(coded.read_text().replace('"id":"1"', '"id":"9"'), encoding="utf-8")
    assert "nothing counts as found: 1." in evaluated(run, gold, "--found", other)["notes"][0]
    other.write_text(coded.read_text().replace('"id":"1"', '"id":"3"', 1), encoding="utf-8")
    ran = run("evaluate", gold, "--found", gold)
    assert ran.status == 2
    assert 'no "reports"' in ran.err


def test_found_of_another_text_is_refused(run, gold: Path, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    line = json.dumps({"id": "1", "text": "Iran attacked Iraq."}).encode()
    run("code", "-", "-o", coded, stdin=line)
    ran = run("evaluate", gold, "--found", coded)
    assert ran.status == 2
    assert "another text under the id '1'" in ran.err


def test_pair(run) -> None:
    lines = [
        {"text": "Mali thanked Norway.", "type": "SUPPORT", "actor_text": "Mali", "recipient_text": "Norway"},  # noqa: E501
        {"text": "Iran shelled Iraq.", "type": "AID", "pair": {"actor": [0, 4], "recipient": [13, 17]}},  # noqa: E501
    ]  # fmt: skip
    raw = "\n".join(map(json.dumps, lines)).encode()
    found = evaluated(run, "-", "--task", "pair", stdin=raw)
    whole = figure(found, "overall", "event types")
    assert (whole["right"], whole["given"], whole["asked"]) == (1, 2, 2)
    assert {"gold": "AID", "found": "ASSAULT", "count": 1} in found["confusion"]


def test_attribution(run, gold: Path) -> None:
    said = {"text": "Russia said that Israel attacked Iran.", "type": "ASSAULT", "actor": "ISR"}
    line = json.dumps(said | {"speaker": "Russia", "stance": "asserts"}).encode()
    found = evaluated(run, "-", "--task", "attribution", stdin=line)
    assert figure(found, "overall", "speakers with their stance")["right"] == 1
    assert figure(found, "stance", "asserts")["recall"]["value"] == 1
    assert "no attribution" in run("evaluate", gold, "--task", "attribution").err


def test_other_labels_for_types(run) -> None:
    rows = (
        "text,type\nNorway donated grain to Mali.,help\nMali freed two Norwegian sailors.,Yield\n"
    )
    ran = run("evaluate", "-", stdin=rows.encode())
    assert "the event type 'help'" in ran.err
    found = evaluated(run, "-", "--types", "YIELD=CONCEDE|RETREAT, help=AID", stdin=rows.encode())
    assert figure(found, "overall", "event types")["right"] == 2
    assert figure(found, "event type", "CONCEDE")["asked"] == 1
    assert found["notes"] == ["CONCEDE stands for CONCEDE and RETREAT."]
    assert "LABEL=TYPE" in run("evaluate", "-", "--types", "A=B", stdin=rows.encode()).err


class _Tags(HTMLParser):
    """The tags of a page, its unclosed ones, and the addresses it names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href")]
        if tag not in ("meta", "link", "rect", "line", "path", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line", "path"):
            assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(run, tmp_path: Path) -> None:
    hostile = GOLD.replace("Lisbon", "<script>alert(1)</script>").replace("attacked", "<b>shelled")
    file, page = tmp_path / "gold.csv", tmp_path / "page.html"
    file.write_text(hostile.replace(",<b>shelled\n", ",shelled\n"), encoding="utf-8")
    assert run("evaluate", file, "--html", page).status == 0
    text = page.read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(text)
    assert tags.open == []
    assert "script" not in tags.seen
    assert "b" not in tags.seen
    assert set(tags.addresses) <= {"data:,"}
    assert text.count("<svg") >= 4
    assert text.count("<svg") == text.count('role="img" aria-label=')
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"https?://", text)


def test_the_page_is_accessible_in_light_and_dark(run, gold: Path, tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="pip install foreigndesk[browser]")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    file = tmp_path / "page.html"
    assert run("evaluate", gold, "--html", file).status == 0
    policy = "default-src 'none'; "  # it would keep axe's own script out
    text = file.read_text(encoding="utf-8").replace(policy, "")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme)
            page.set_content(text)
            found = axe.Axe().run(page).response
            assert found["passes"]
            assert not found["violations"]
        browser.close()


def test_the_heat_map_has_a_row_for_each_type() -> None:
    columns, rows = evaluation_page.heat(
        [Confusion("AID", "AID", 3), Confusion("AID", None, 1), Confusion(None, "ASSAULT", 2)]
    )
    assert columns == ["AID", "ASSAULT", "not found"]
    assert [(name, [cell.share for cell in cells]) for name, cells in rows] == [
        ("AID", [75, 0, 25]), ("no event", [0, 100, 0]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "no records"),
        (b"text,type\n", "no records"),
        (b"words,type\nx,AID\n", "no text: its columns are words, type"),
        (b"text,type\nx,YIELD\n", "the event type 'YIELD'"),
        (b"text,type\nx,AID,more\n", "more cells than the header has"),
        (b"text,type\nx\n", "fewer cells than the header has"),
        (b'text,type\n"x,AID\ny,AID\n', "a broken row"),
        (b"Text,text,type\nx,y,AID\n", "two columns 'text'"),
        (b'{"text": 3', "broken JSON"),
        (b"[3]", "JSON that is no object"),
        (b"\x7fELF\x01", "a program"),
        (b"PK\x03\x04zzzz", "a zip archive or office file"),
    ],
)
def test_bad_gold_is_told_in_four_lines(run, content: bytes, found: str) -> None:
    ran = run("evaluate", "-", stdin=content)
    assert ran.status == 2
    assert found in ran.err
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == [
        "Error in", "found", "expected", "do",
    ]  # fmt: skip
    assert ran.out == ""


def test_nothing_to_evaluate(run, tmp_path: Path, desk: Path) -> None:
    assert "no gold" in run("evaluate").err
    assert "No such file" in run("evaluate", tmp_path / "no.csv").err
    assert "no judged report" in run("evaluate", "--desk", desk).err
    assert "no such folder" in run("evaluate", "--desk", tmp_path / "no").err


def test_judgements_of_review(run, desk: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(desk, tmp_path / "mine"))
    out = run("export", "--what", "reports", "--desk", mine).out
    ids = [json.loads(line)["report_id"] for line in out.splitlines()[:6]]
    rows = [{"subject": name, "verdict": "right"} for name in ids[:4]]
    rows += [
        {"subject": ids[4], "verdict": "wrong"},
        {"subject": ids[5], "verdict": "type", "value": "AID"},
        {"subject": ids[0], "verdict": "wrong"},
        {"subject": ids[0], "verdict": "right", "by": "ben"},
    ]
    file = tmp_path / "judged.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("review", "--desk", mine, "--from", file).status == 0
    found = evaluated(run, "--desk", mine)
    assert found["basis"] == "judgements"
    whole = figure(found, "overall", "whole reports")
    assert (whole["right"], whole["given"], whole["recall"]["value"]) == (4, 6, None)
    assert figure(found, "overall", "their types")["right"] == 4
    assert {case["text_id"] for case in found["cases"]} == {ids[4], ids[5]}
    assert sum(each["count"] for each in found["confusion"] if each["gold"] == "AID") >= 1
    assert "no precision of the pile" in " ".join(found["notes"])


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page in a language ("" for none)."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.M | re.S)
    return [text for name, text in found if name == language]


def judged(file: Path) -> None:
    """Fill a sample in: every fourth wrong, one not judged."""
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    for at, row in enumerate(rows):
        row["verdict"] = "" if at == 7 else "wrong" if at % 4 == 0 else "right"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_tutorial_runs(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "sample" / "pages", "sample/pages")
    Path("gold.csv").write_text(blocks("csv")[0], encoding="utf-8")
    Path("gold.jsonl").write_text(blocks("json")[0], encoding="utf-8")
    lines = [line for block in blocks("") for line in block.splitlines()]
    assert sum(line.startswith("foreigndesk evaluate") for line in lines) >= 6
    for line in lines:
        words = shlex.split(line)[1:]
        ran = run(*words, stdin=b"y\nn\nt AID\ny\nq\n")
        assert ran.status == 0, f"{line}: {ran.err}"
        if words[0] == "sample":
            judged(Path(words[words.index("-o") + 1]))
        elif words[0] == "evaluate":
            assert ran.out
    assert "<svg" in Path("accuracy.html").read_text(encoding="utf-8")


def test_the_page_names_every_column_and_option() -> None:
    from foreigndesk.desk.evaluating import evaluate_command
    from foreigndesk.measure.columns import COLUMNS

    assert all(f"`{name}`" in PAGE for name in COLUMNS)
    for option in (
        "--found",
        "--task",
        "--map",
        "--happened",
        "--lenient",
        "--html",
        "--seed",
        "--types",
    ):
        assert option in PAGE
        assert any(option in param.opts for param in evaluate_command.params)
