"""Put true outputs into docs/tutorial.md: python docs/make_tutorial.py [--pictures]

Each block marked `console` holds one command behind `$ ` and what it prints. The command is run in
a new folder that holds the sample, and the output written anew. A comment above a block may say

    <!-- lines 1-8 20-24 -->    which lines of the output stand in the page; … for the others
    <!-- from report: -->       that they begin with the first that holds these words
    <!-- type y q -->           what is typed, a line each
    <!-- id timeline ... -->    that the command's id is that of the first row of this question
    <!-- id above -->           that it is that of the first report that `show` printed before

`--pictures` also takes the screenshots of the page anew, which needs Chromium and the extra
`browser`. A test holds the page to what the program says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = Path(__file__).parent / "tutorial.md"
BLOCK = re.compile(r"((?:<!-- .+ -->\n)*)```console\n\$ (.+)\n((?:.*\n)*?)```\n")
RULE = re.compile(r"<!-- (\w+) (.+) -->\n")
ID = re.compile(r"(?<=show )r?[0-9a-f]{6,}")
REPORT = re.compile(r"^ +(r[0-9a-f]{9})\b", re.M)
PORT = 8765


def page(text: str, folder: Path) -> str:
    """The tutorial `text` with the outputs of its commands, run one after another in `folder`."""
    shutil.copytree(ROOT / "sample" / "pages", folder / "sample" / "pages")
    shown_last = ""

    def made(block: re.Match[str]) -> str:
        nonlocal shown_last
        rules = dict(RULE.findall(block[1]))
        command = block[2]
        if rules.get("id") == "above":
            command = ID.sub(REPORT.findall(shown_last)[0], command)
        elif "id" in rules:
            command = ID.sub(_first(rules["id"], folder), command)
        output = _output(command, rules.get("type", ""), folder)
        shown_last = output if command.startswith("foreigndesk show") else shown_last
        shown = "".join(f"{line}\n" for line in _cut(output.splitlines(), rules))
        return f"{block[1]}```console\n$ {command}\n{shown}```\n"

    return BLOCK.sub(made, text)


def _first(question: str, folder: Path) -> str:
    """The beginning of the first id that a listing gives."""
    answer = _output(f"foreigndesk {question} --desk mydesk --json", "", folder)
    return str(json.loads(answer.splitlines()[0])["event_id"])[:10]


def _output(command: str, typed: str, folder: Path) -> str:
    """What a command prints on a terminal of 80 columns. Raises where it fails."""
    if command.startswith("foreigndesk serve"):
        return _served(command, folder)
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=_environment(), timeout=120, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, input="\n".join(typed.split()) + "\n",
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{command}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout.strip("\n")


def _served(command: str, folder: Path) -> str:
    """What `serve` prints, once its first page has been had; on a free port, shown as the usual."""
    with subprocess.Popen(
        ["sh", "-c", f"exec {command} --port 0"], cwd=folder, env=_environment(), text=True,
        stdout=subprocess.PIPE,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            line = server.stdout.readline().rstrip()
            with urllib.request.urlopen(line.split()[1], timeout=30) as answer:
                answer.read()
        finally:
            server.terminate()
    return re.sub(r":\d+/", f":{PORT}/", line)


def _environment() -> dict[str, str]:
    """The environment of a newcomer: no settings, this Python's `foreigndesk` on the path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FOREIGNDESK_DESK")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "COLUMNS": "80", "PATH": path, "PYTHONUNBUFFERED": "1"}


def _cut(lines: list[str], rules: dict[str, str]) -> list[str]:
    """The lines that a rule such as "1-8 20-24" names, … for what is left out."""
    if "from" in rules:
        return ["…", *lines[[rules["from"] in line for line in lines].index(True) :]]
    if "lines" not in rules:
        return lines
    kept: list[str] = []
    last = 0
    for part in rules["lines"].split():
        first, _, until = part.partition("-")
        start, end = int(first), int(until or first)
        if start > last + 1:
            kept.append("…")
        kept += lines[start - 1 : end]
        last = end
    return kept + (["…"] if last < len(lines) else [])


def pictures(desk: Path, event: str) -> None:
    """The screenshots that the tutorial shows, into docs/images."""
    sys.path.insert(0, str(Path(__file__).parent))
    from make_screenshots import chromium, served
    from playwright.sync_api import sync_playwright

    from foreigndesk.desk.web.options import Serving

    with sync_playwright() as playwright, served(Serving(desk)) as base:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1100, "height": 720})
        for name, path in {
            "event": f"/event/{event}",
            "timeline": "/dyad/PRK/RUS?since=2023-09",
            "review": "/review?what=links",
        }.items():
            tab.goto(base + path)
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(300)
            tab.screenshot(path=TARGET.parent / "images" / f"desk-{name}.png")
        browser.close()


def main() -> None:
    """Run the tutorial and write it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        TARGET.write_text(page(TARGET.read_text(encoding="utf-8"), folder), encoding="utf-8")
        if "--pictures" in sys.argv[1:]:
            event = _first("timeline --dyad PRK-RUS --standing contested", folder)
            pictures(folder / "mydesk", event)


if __name__ == "__main__":
    main()
