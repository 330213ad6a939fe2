"""Event types of one's own: a kind of one of PLOVER's, told by the mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.ontology import ontology, own_types
from foreigndesk.codebook.predicates import predicates
from foreigndesk.errors import CodebookError
from foreigndesk.model import EventType

TYPE = """
- id: own.type
  event: SABOTAGE
  under: ASSAULT
  score: -8
  modes: {cable: {score: -7, cameo: "171", quad: 3}}
  says: a
  not: b
"""
PREDICATES = """
- {id: own.a, event: SABOTAGE, verbs: [cut], says: a, not: b}
- {id: own.b, event: SABOTAGE, mode: cable, verbs: [cut], says: a, not: b}
- {id: own.c, event: AID, verbs: [cut], becomes: {AID: SABOTAGE/cable, REJECT: "-"},
   implies: [{event: SABOTAGE}], says: a, not: b}
"""


@pytest.fixture
def book(tmp_path: Path) -> Codebook:
    for kind, text in (("ontology", TYPE), ("predicates", PREDICATES)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "own.yaml").write_text(text)
    return open_codebook(tmp_path)


def test_the_ontology_knows_it_as_a_mode(book: Codebook) -> None:
    table = ontology(book)
    assert table.intensity(EventType.ASSAULT, "sabotage") == -8
    assert table.intensity(EventType.ASSAULT, "sabotage/cable") == -7
    assert table.quad(EventType.ASSAULT, "sabotage") == 4
    assert table.quad(EventType.ASSAULT, "sabotage/cable") == 3
    assert table.cameo(EventType.ASSAULT, "sabotage/cable") == "171"
    assert table.cameo(EventType.ASSAULT, "sabotage") == table.cameo(EventType.ASSAULT, None)
    assert table.types[EventType.AID] == ontology(Codebook()).types[EventType.AID]


def test_predicates_that_name_it_have_plovers_type_and_the_mode(book: Codebook) -> None:
    found = {entry.id: entry for entry in predicates(book) if entry.own}
    assert set(found) == {"own.a", "own.b", "own.c"}
    assert (found["own.a"].event, found["own.a"].mode) == (EventType.ASSAULT, "sabotage")
    assert found["own.b"].mode == "sabotage/cable"
    assert found["own.c"].becomes == {"AID": "ASSAULT/sabotage/cable", "REJECT": "-"}
    assert found["own.c"].implies[0].mode == "sabotage"


def test_without_under_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "own.yaml").write_text(TYPE.replace("  under: ASSAULT\n", ""))
    book = open_codebook(tmp_path)
    assert own_types(book) == {}
    with pytest.raises(CodebookError, match="under"):
        ontology(book)


def test_the_package_has_none() -> None:
    assert own_types(Codebook()) == {}
    assert not any(entry.own for entry in predicates(Codebook()))
