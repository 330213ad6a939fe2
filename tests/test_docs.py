"""The documentation is run: commands, snippets, settings, links."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from doctest import DocTestParser
from itertools import dropwhile, groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml

from foreigndesk.codebook.lint import lint
from foreigndesk.codebook.load import open_codebook
from foreigndesk.desk.cli import cli
from foreigndesk.settings import TABLE, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *(ROOT / name / "README.md" for name in ("evaluation", "training", "sample")),
    *sorted((ROOT / "docs").glob("*.md")),
]
"""Every page that the site shows, and the README."""
SHELL = ("|", "||", "&", "&&", ";")


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


def script(name: str) -> Any:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def every_command(text: str) -> Iterator[list[str]]:
    """Every command of ours in the blocks of a page, as words: also behind `$ ` or a pipe."""
    blocks = re.findall(
        r"^( *)```(?!python|yaml|json|toml|mermaid|{).*?\n(.*?)^\1```$", text, re.M | re.S
    )
    for _, block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            if "foreigndesk " in line:
                yield from ours(re.sub(r"[<>]+", "", line.partition("  #")[0]))


def ours(line: str) -> Iterator[list[str]]:
    """The commands of ours in a line of a shell; a line of output has none."""
    try:
        words = [word for word in shlex.split(line) if word != "$"]
    except ValueError:  # a line of output, with a quotation mark that is not closed
        return
    for is_shell, part in groupby(words, key=SHELL.__contains__):
        command = list(dropwhile(re.compile(r"\w+=").match, part))
        if not is_shell and command and command[0].rpartition("/")[2] == "foreigndesk":
            yield command


def parsed(words: list[str]) -> None:
    """Parse a command without running it. Raises click.UsageError for what it does not know."""
    command: click.Command = cli
    context = click.Context(cli, info_name="foreigndesk")
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        if found is None:
            raise click.UsageError(f"no command {rest[0]}")
        command, rest = found, rest[1:]
    help_options = ["-h", "--help"]  # click keeps the option that it makes with the command
    context = click.Context(command, info_name=words[0], help_option_names=help_options)
    values, _, _ = command.make_parser(context).parse_args(rest)
    for param in command.params:
        given = values.get(param.name or "")
        if isinstance(param.type, click.Choice) and isinstance(given, str):
            param.type.convert(given, param, context)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_and_option_in_a_page_exists(page: Path) -> None:
    for words in every_command(page.read_text(encoding="utf-8")):
        try:
            parsed(words)
        except click.UsageError as error:
            pytest.fail(f"{' '.join(words)}: {error.format_message()}")


def test_a_command_or_option_that_is_gone_is_noticed() -> None:
    page = "```\n$ D=d foreigndesk export --desk d --format gdelt | foreigndesk clean -\n```\n"
    words, other = every_command(page)
    assert words == ["foreigndesk", "export", "--desk", "d", "--format", "gdelt"]
    assert other == ["foreigndesk", "clean", "-"]
    parsed(words)
    for wrong in ("exprot --desk d", "export --desks d", "export --desk d --format gdlt"):
        with pytest.raises(click.UsageError):
            parsed(["foreigndesk", *wrong.split()])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_snippet_of_python_and_yaml_can_be_read(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for snippet in fenced(text, "python"):
        examples = DocTestParser().get_examples(snippet)
        compile("".join(e.source for e in examples) if examples else snippet, page.name, "exec")
    for snippet in fenced(text, "yaml"):
        yaml.safe_load(snippet)


def test_the_tutorial_says_what_the_program_says(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ foreigndesk (\w+)", text, re.M)
    assert {"read", "timeline", "claims", "promises", "discrepancies", "show", "export", "serve",
            "review"} <= set(commands)  # fmt: skip
    assert script("make_tutorial").page(text, tmp_path) == text, (
        "out of date: run python docs/make_tutorial.py, and read what changed"
    )


def test_the_command_page_is_generated(monkeypatch: pytest.MonkeyPatch) -> None:
    module = script("make_commands")
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


def prose(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    heads = re.findall(r"^#{1,4} (.+?) *$", prose(page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_and_anchors_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        address, _, anchor = link.partition("#")
        if "://" in address:
            parts = urlsplit(link)
            assert parts.scheme in ("http", "https"), link
            assert "." in (parts.hostname or ""), link
            continue
        target = (page.parent / address).resolve() if address else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{page.name}: {link}"


def test_the_examples_of_entries_are_entries(tmp_path: Path) -> None:
    """The YAML that CONTRIBUTING shows, each in the folder that the line before it names."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = re.findall(r"`data/(\w+)/`[^`]*\n\n```yaml\n(.*?)^```$", text, re.M | re.S)
    assert [kind for kind, _ in shown] == ["predicates", "actors", "offices", "boilerplate"]
    for kind, entries in shown:
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "shown.yaml").write_text(entries, encoding="utf-8")
    _, faults = lint(open_codebook(tmp_path))
    assert [fault for fault in faults if str(tmp_path) in str(fault)] == []


def test_the_citation_is_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert all("name" in author or "family-names" in author for author in cited["authors"])


def test_two_files_reach_the_network_as_the_page_on_security_says() -> None:
    """Nothing else imports a client of HTTP or of stores, or what downloads models and data."""
    names = "httpx|requests|urllib\\.request|http\\.client|urllib3|aiohttp|fsspec|s3fs|boto3"
    clients = rf"^\s*(?:import|from) (?:{names})\b"
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "src").rglob("*.py")
        if re.search(clients, file.read_text(encoding="utf-8"), re.M)
    }
    assert found == {"src/foreigndesk/intake/fetch.py", "src/foreigndesk/address.py"}
    assert found <= set(re.findall(r"`(src/[^`]+)`", (ROOT / "docs/security.md").read_text()))


def test_no_path_of_a_machine_is_in_the_project() -> None:
    here = os.path.expanduser("~")
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert here not in text
        assert "/work/" not in text
