"""The site of the documentation: its navigation, and that its build lets no fault through."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BESIDE = ("pyproject.toml", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "NOTICE", "src")
"""What pages of the site are made of or lead to, outside docs/."""
needs_sphinx = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("sphinx", "myst_parser", "furo")),
    reason="the extra `docs` is not installed",
)


def build(docs: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build the site as `make docs` does."""
    words = ["-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-d", str(out / "trees"), str(docs)]
    return subprocess.run(
        [sys.executable, *words, str(out / "site")], capture_output=True, text=True, timeout=240
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    out = tmp_path_factory.mktemp("docs")
    done = build(DOCS, out)
    assert done.returncode == 0, done.stderr
    return out / "site"


def listed() -> list[str]:
    """The pages that the navigation lists."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    trees = re.findall(r"^```{toctree}\n(.*?)^```$", text, re.M | re.S)
    lines = [line for tree in trees for line in tree.splitlines()]
    named = [line for line in lines if line and not line.startswith(":")]
    return [re.sub(r".*<(.+)>", r"\1", line) for line in named]


def test_every_page_is_in_the_navigation_once() -> None:
    pages = sorted(file.stem for file in DOCS.glob("*.md") if file.stem != "index")
    assert sorted(listed()) == pages, "add the page to a toctree of docs/index.md"


def test_every_page_begins_with_its_one_title() -> None:
    for file in DOCS.glob("*.md"):
        prose = re.sub(r"^```.*?^```$", "", file.read_text(encoding="utf-8"), flags=re.M | re.S)
        heads = re.findall(r"^# .+$", prose, re.M)
        assert len(heads) == 1, file.name
        assert prose.startswith(heads[0]), file.name


@needs_sphinx
def test_it_builds_without_a_warning(site: Path) -> None:
    for name in ("index", *listed()):
        assert (site / f"{name}.html").stat().st_size > 2000, name


@needs_sphinx
def test_the_reference_comes_from_the_docstrings(site: Path) -> None:
    import foreigndesk
    from foreigndesk import model

    records = (site / "records.html").read_text(encoding="utf-8")
    api = (site / "api.html").read_text(encoding="utf-8")
    assert "One statement, in one sentence" in records
    own = {
        name for name, of in vars(model).items() if getattr(of, "__module__", "") == model.__name__
    }
    assert len(own) > 25
    for name in own:
        assert f'id="foreigndesk.model.{name}"' in records, f"{name}: add it to docs/records.md"
    for name in {*foreigndesk.__all__} - own - {"__version__"}:
        assert f'id="foreigndesk.{name}"' in api or f'id="foreigndesk.errors.{name}"' in api, (
            f"{name}: add it to docs/api.md"
        )


@needs_sphinx
def test_files_outside_docs_are_pages_with_links_within_the_site(site: Path) -> None:
    page = (site / "evaluation.html").read_text(encoding="utf-8")
    assert "468 texts" in page
    assert 'href="evaluation.html' in (site / "accuracy.html").read_text(encoding="utf-8")
    assert 'href="intake.html' in (site / "changelog.html").read_text(encoding="utf-8")


@needs_sphinx
def test_it_loads_nothing_from_another_machine(site: Path) -> None:
    for file in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = file.read_text(encoding="utf-8")
        loaded = re.findall(
            r"<(?:script|img|iframe|source)[^>]+\bsrc=\"((?:https?:)?//[^\"]+)", text
        )
        loaded += re.findall(r"<link[^>]+\bhref=\"((?:https?:)?//[^\"]+)", text)
        loaded += re.findall(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)", text)
        assert not loaded, f"{file.name}: {loaded}"
    assert "Search.setIndex" in (site / "searchindex.js").read_text(encoding="utf-8")


@needs_sphinx
def test_faults_end_the_build(tmp_path: Path) -> None:
    """A page outside the navigation, a broken link, a broken anchor, a signature that is gone."""
    for name in BESIDE:
        (tmp_path / name).symlink_to(ROOT / name)
    for folder in ("evaluation", "training", "sample"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("images"))
    (tmp_path / "docs" / "stray.md").write_text(
        "# Stray\n\n[page](nowhere.md) [place](accuracy.md#nowhere) [file](../nowhere.txt)\n\n"
        "```{eval-rst}\n.. autofunction:: foreigndesk.nowhere\n```\n"
    )
    shutil.copytree(DOCS / "images", tmp_path / "docs" / "images")
    done = build(tmp_path / "docs", tmp_path / "out")
    assert done.returncode != 0
    told = ("isn't included in any toctree", "nowhere.md", "accuracy", "nowhere.txt", "'nowhere'")
    for word in told:
        assert word in done.stderr, word
    places = [line for line in done.stderr.splitlines() if ".md:" in line]
    assert places
    assert all("stray.md:" in line for line in places)
