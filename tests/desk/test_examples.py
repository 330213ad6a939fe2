"""Every codebook entry's own sentences, coded: `says:` by the entry, `not:` not by it."""

from __future__ import annotations

import pytest

from foreigndesk.desk.examples import CHECKS, check, entries_of
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(learned=0))


FAULTS = {"predicates": 0, "words": 0, "roles": 0, "offices": 0, "actors": 0}
"""Entries known to fail, a ratchet: `foreigndesk codebook lint --examples` names them.

Lower a number when entries are mended; never raise one.
"""


@pytest.mark.parametrize("kind", CHECKS)
def test_examples(reader: Reader, kind: str) -> None:
    assert entries_of(reader, kind)
    faults = list(check(reader, (kind,)))
    assert len(faults) <= FAULTS[kind], faults


def test_a_wrong_example_is_found(tmp_path) -> None:
    (tmp_path / "predicates").mkdir()
    (tmp_path / "predicates" / "own.yaml").write_text(
        "- id: own.dance\n  event: CONSULT\n  verbs: [waltz]\n  recipient: [with]\n"
        "  says: Norway slept.\n  not: Norway waltzed with Mali.\n"
    )
    found = list(check(Reader(Settings(codebook=str(tmp_path), learned=0)), ("predicates",)))
    own = [fault for fault in found if "own.dance" in fault]
    assert [("says" in fault, "not:" in fault) for fault in own] == [(True, False), (False, True)]
