from __future__ import annotations

import pytest

from foreigndesk.coding.pair import Pair
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "event_type"),
    [
        ("Mali will send aid to Chad.", "Mali", "Chad", "AGREE"),
        ("Mali will attack Chad.", "Mali", "Chad", "THREATEN"),
        ("Mali will not release the Chadian pilots.", "Mali", "the Chadian pilots", "REJECT"),
        ("Chad was invaded by Mali, Kenya said.", "Mali", "Chad", "ASSAULT"),
        ("Kenya condemned the new dam in Chad.", "Kenya", "the new dam", "ACCUSE"),
    ],
)
def test_relation(text: str, actor: str, recipient: str, event_type: str, reader: Reader) -> None:
    spans = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    found = reader.analyse(text, pair=Pair(*spans)).pair
    assert found is not None
    assert found.event_type.value == event_type
    assert 0 < found.confidence <= 1


def test_never_null_where_there_is_a_sentence(reader: Reader) -> None:
    found = reader.analyse("Mali lies west of Chad.", pair=Pair((0, 4), (18, 22))).pair
    assert found is not None
    assert found.confidence < 0.9


def test_no_pair_without_marks(reader: Reader) -> None:
    assert reader.analyse("Mali attacked Chad.").pair is None
