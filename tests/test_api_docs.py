"""The pages on Python and spaCy are run, line by line, as a reader would type them."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from foreigndesk.exchange.export import WHAT
from foreigndesk.exchange.shapes import schema

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample pages, on a terminal of 80 columns."""
    shutil.copytree(ROOT / "sample" / "pages", tmp_path / "sample" / "pages")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize(("page", "least"), [("python.md", 45), ("for-spacy-users.md", 15)])
@pytest.mark.usefixtures("workshop")
def test_the_page_is_true(page: str, least: int) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S))
    examples = doctest.DocTestParser().get_doctest(blocks, {}, page, page, 0)
    assert len(examples.examples) >= least
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    failed, _ = runner.run(examples, out=said.append)
    assert not failed, "".join(said)


@pytest.mark.parametrize("module", ["", ".api.texts", ".api.desk", ".api.results"])
@pytest.mark.usefixtures("workshop")
def test_the_examples_of_docstrings_are_true(module: str) -> None:
    found = import_module(f"foreigndesk{module}")
    failed, tried = doctest.testmod(found, optionflags=FLAGS)
    assert not failed
    assert tried


def test_the_columns_are_those_of_the_page() -> None:
    spec = importlib.util.spec_from_file_location("columns", ROOT / "docs" / "make_columns.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert text == module.page(text), "out of date: run python docs/make_columns.py"
    for record in WHAT.values():
        assert all(f"| `{name}` |" in text for name in schema(record).names)
