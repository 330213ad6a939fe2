"""The documentation is run: commands, snippets, settings, links."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from foreigndesk.desk.cli import COMMANDS
from foreigndesk.settings import TABLE, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def fenced(text: str, language: str) -> list[str]:
    """The fenced blocks of a language ("" for none)."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def commands_of(text: str) -> list[str]:
    """The command lines `foreigndesk ...` in the plain blocks of a page."""
    lines = [line for block in fenced(text, "") for line in block.splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line.startswith("foreigndesk ")]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README speaks of: pages, a page, and a desk once it is read."""
    folder = tmp_path_factory.mktemp("workshop")
    pages = folder / "pages"
    pages.mkdir()
    for name in ("a04a-choe-meridian.html", "a10-troops-harbour-courier.txt"):
        shutil.copy(ROOT / "sample" / "pages" / name, pages)
    shutil.copy(pages / "a04a-choe-meridian.html", folder / "page.html")
    return folder


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of the docs as a shell would run it."""
    words = [sys.executable, "-m", "foreigndesk.desk.cli", *shlex.split(line)[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120)


def test_the_commands_of_the_readme(workshop: Path) -> None:
    lines = commands_of(README)
    assert len(lines) >= 9
    for line in lines:
        line = line.replace("PAGES...", "pages")
        if " ID " in line:
            shown = run("foreigndesk export --desk mydesk --what events --format csv", workshop)
            line = line.replace("ID", shown.stdout.splitlines()[1].partition(",")[0])
        done = run(line, workshop)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout or "-o " in line


def test_the_python_of_the_readme(workshop: Path) -> None:
    (snippet,) = fenced(README, "python")
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=workshop, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "REQUEST" in done.stdout


def test_the_commands_of_the_other_pages_exist() -> None:
    for page in PAGES:
        for line in commands_of(page.read_text(encoding="utf-8")):
            assert line.split()[1] in COMMANDS, f"{page.name}: {line}"


def test_the_command_page_is_generated(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "make_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("COLUMNS", "80")
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == module.page(), (
        "out of date: run python docs/make_commands.py"
    )


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [setting.name for setting in TABLE] == [field.name for field in fields(Settings)]
    for setting in TABLE:
        assert f"FOREIGNDESK_{setting.name.upper()}" in page
        assert setting.help
        assert setting.unit


def test_every_variable_that_is_read_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for file in (ROOT / "src").rglob("*.py"):
        for name in re.findall(r"[\"'](FOREIGNDESK_[A-Z_]+[A-Z])[\"']", file.read_text()):
            assert name in page, f"{file}: {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_no_path_of_a_machine_is_in_the_project() -> None:
    here = os.path.expanduser("~")
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert here not in text
        assert "/work/" not in text
