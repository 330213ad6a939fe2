"""Fields of records under other names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foreigndesk.errors import UsageError
from foreigndesk.intake.read import read
from foreigndesk.intake.records import field_map, from_fields
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings


def test_a_map_leads_into_objects_and_goes_before_the_usual_names(tmp_path: Path) -> None:
    record = {
        "story": {"words": "Chad met Niger."},
        "text": "teaser",
        "meta": {"When": "2024-05-01"},
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record))
    settings = Settings(map="text=story.words, published=meta.When")
    (found,) = read([path], settings)
    assert isinstance(found, Document)
    assert (found.text, found.published) == ("Chad met Niger.", "2024-05-01")


def test_a_csv_column_is_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nr,Story Text,When\n1,Chad met Niger.,2024-05-01\n")
    (found,) = read([path], Settings(map="text=Story Text,published=When"))
    assert isinstance(found, Document)
    assert (found.text, found.published) == ("Chad met Niger.", "2024-05-01")


def test_a_mapped_field_that_is_not_there_is_named() -> None:
    found = from_fields("a:1", {"words": "x"}, "text=story")
    assert isinstance(found, Skipped)
    assert "'story'" in found.reason
    assert "found words" in found.reason


@pytest.mark.parametrize("text", ["text", "text=", "body=text", "=x"])
def test_a_malformed_map_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="OURS=THEIRS"):
        field_map(text)
