"""The tutorial of one's own codebook, run as it stands: files, commands, output."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "own-codebook.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"`(?P<file>[\w./]+)`[^`]*?:\n\n```(?:yaml|json)\n(?P<content>.*?)^```$"
    r'|<!-- in (?P<changed>\S+): "(?P<old>.*?)" becomes "(?P<new>.*?)" -->'
    r"|^```console\n(?P<session>.*?)^```$",
    re.S | re.M,
)
WILD = (
    (r"\b[0-9a-f]{10}\b", "ID"),  # ids of events
    (r"Version [0-9a-f]{12}", "Version"),
    (r"[\d,]+ entries, no fault", "N entries, no fault"),
    (r"\b[01]\.\d+\b", "0.N"),  # confidence, which a newer model changes
    (r"(?m)^    (?:\.\.\.|\w+: [\w.-]+: fell: .*)\n", ""),  # entries that fell, shown as ...
)


def plain(text: str) -> str:
    """Output without what other versions of the codebook make otherwise."""
    for pattern, instead in WILD:
        text = re.sub(pattern, instead, text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def sessions(text: str) -> list[tuple[str, str]]:
    """The commands of a console block with what they print."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M)
    return [(command, output) for command, output in found]


def test_the_tutorial_is_true(run, tmp_path: Path) -> None:
    commands = 0
    with contextlib.chdir(tmp_path):
        for step in STEP.finditer(PAGE):
            if step["file"]:
                Path(step["file"]).parent.mkdir(parents=True, exist_ok=True)
                Path(step["file"]).write_text(step["content"], encoding="utf-8")
            elif step["changed"]:
                text = Path(step["changed"]).read_text(encoding="utf-8")
                assert step["old"] in text
                Path(step["changed"]).write_text(text.replace(step["old"], step["new"], 1))
            else:
                for command, output in sessions(step["session"]):
                    commands += 1
                    ran = run(*shlex.split(command)[1:])
                    said = ran.out + ran.err
                    assert plain(said) == plain(output), command
        assert commands >= 14
        rows = [json.loads(line) for line in Path("difference.jsonl").read_text().splitlines()]
        assert {"report", "summary"} <= {row["kind"] for row in rows}
        (coded,) = Path("coded.jsonl").read_text().splitlines()
        modes = {report["event_mode"] for report in json.loads(coded)["reports"]}
        assert "sabotage/pipeline" in modes
        assert "sabotage/cable" in Path("events.csv").read_text()


def test_the_python_of_the_page(run, tmp_path: Path) -> None:
    import foreigndesk as fd

    (snippet,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)
    assert 'events(mode="sabotage")' in snippet
    (tmp_path / "a.txt").write_text("Norway met Mali in Oslo.\n")
    assert run("read", tmp_path / "a.txt", "--desk", tmp_path / "mydesk").status == 0
    assert len(fd.open(tmp_path / "mydesk").events(mode="sabotage")) == 0


ENTRY = """
- id: own.waltz
  event: CONSULT
  verbs: [waltz]
  object: [fandango]
  says: "Norway waltzed with Mali."
  not: "Norway tangoed with Mali."
"""


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("predicates", ENTRY, "at 'waltzed' it fell: object is not fandango"),
        ("predicates", ENTRY.replace("[waltz]", "[tango]"), "none of its words stands there"),
        (
            "boilerplate",
            '- id: own.b\n  kind: donation\n  marks: ["give us"]\n'
            '  says: "Give us money."\n  not: "Give us."\n',
            "codes its not: 'Give us.'",
        ),
        (
            "actors",
            "- id: own.a\n  code: NGO\n  name: Blue Oar\n  kind: organisation\n  sector: NGO\n"
            '  says: "Green Oar met Peru."\n  not: "A blue oar broke."\n',
            "actors that were read: ",
        ),
        (
            "ontology",
            "- id: own.t\n  event: WALTZ\n  under: CONSULT\n  score: 1\n"
            '  says: "Norway waltzed with Mali."\n  not: "Norway met Mali."\n',
            "does an entry of predicates/ name WALTZ?",
        ),
    ],
)
def test_a_sentence_that_is_not_coded_so_is_named_with_its_line_and_why(
    run, tmp_path: Path, kind: str, text: str, why: str
) -> None:
    (tmp_path / kind).mkdir()
    (tmp_path / kind / "own.yaml").write_text(text)
    ran = run("codebook", "lint", "--codebook", tmp_path, "--examples", "--json")
    assert ran.status == 2
    rows = [json.loads(line) for line in ran.out.splitlines()]
    faults = [row for row in rows if row["fault"]]
    assert any(why in row["found"] for row in faults), faults
    lines = text.splitlines()
    for row in faults:
        told = "not:" if "codes its not" in row["found"] else "says:"
        assert lines[row["line"] - 1].strip().startswith(told)


def test_explain_names_what_is_yours(run, tmp_path: Path) -> None:
    (tmp_path / "predicates").mkdir()
    file = tmp_path / "predicates" / "own.yaml"
    file.write_text(ENTRY.replace("  object: [fandango]\n", "  recipient: [with]\n").lstrip())
    ran = run("codebook", "explain", "Norway waltzed with Mali.", "--codebook", tmp_path)
    assert f"own.waltz (yours, {file}:1): fired" in ran.out
    fell = run("codebook", "explain", "Norway tangoed with Mali.", "--codebook", tmp_path)
    assert "own.waltz" not in fell.out
