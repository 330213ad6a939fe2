"""A codebook that is laid out changes nothing; once uncommented, its examples hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreigndesk.codebook.lint import NAMES, Linter, lint
from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.skeleton import init, uncommented
from foreigndesk.desk.own_examples import own_faults
from foreigndesk.errors import CodebookError
from foreigndesk.settings import Settings


@pytest.fixture
def uncommented_book(tmp_path: Path) -> Path:
    for file in init(tmp_path / "book"):
        if file.suffix == ".yaml":
            file.write_text(uncommented(file.read_text(encoding="utf-8")), encoding="utf-8")
    return tmp_path / "book"


def test_what_is_laid_out_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path / "book")
    book = open_codebook(tmp_path / "book")
    assert book.version == Codebook().version
    counts, faults = lint(book)
    assert faults == []
    assert counts == lint(Codebook())[0]


def test_each_example_holds_once_it_is_uncommented(uncommented_book: Path) -> None:
    book = open_codebook(uncommented_book)
    assert book.version != Codebook().version
    linter = Linter(book)
    _, faults = linter.run()
    assert faults == []
    kinds = {kind for kind, entries in linter.own().items() if entries}
    assert kinds == {path.name for path in uncommented_book.iterdir() if path.is_dir()}
    assert kinds <= set(NAMES)
    assert own_faults(Settings(codebook=str(uncommented_book)), linter) == []


def test_a_folder_with_things_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CodebookError, match=r"thesis\.txt"):
        init(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(CodebookError, match="a file"):
        init(tmp_path / "thesis.txt")


def test_every_file_says_what_its_fields_are(tmp_path: Path) -> None:
    files = init(tmp_path / "book")
    assert files[0].name == "README.md"
    for file in files[1:]:
        lines = file.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("## ")
        assert all(line.startswith("#") for line in lines)
        assert file.parent.name in files[0].read_text(encoding="utf-8")
