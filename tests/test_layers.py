"""The layers of the house, held by the imports as they stand in the files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "src" / "foreigndesk"
BASE = {"model", "errors", "settings", "address", "children"}
MAY: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "address": {"errors"},
    "children": set(),
    "settings": {"errors"},
    "codebook": BASE,
    "intake": BASE | {"codebook"},
    "grammar": BASE | {"codebook"},
    "coding": BASE | {"codebook", "grammar"},
    "ledger": BASE,
    "analysis": BASE | {"ledger"},
    "exchange": BASE | {"ledger", "analysis"},
    "measure": BASE,
    "pipeline": BASE | {"codebook", "intake", "grammar", "coding", "ledger"},
    "engine": BASE | {"codebook", "intake", "ledger", "pipeline"},
    "component": BASE | {"api"},
    "notebook": BASE | {"analysis", "ledger", "desk"},
    "api": BASE
    | {"intake", "coding", "engine", "analysis", "exchange", "ledger", "notebook", "pipeline"},
    "desk": BASE
    | {"codebook", "intake", "grammar", "coding", "ledger", "analysis", "exchange"}
    | {"engine", "measure", "pipeline"},
    "__init__": BASE | {"api", "engine", "notebook"},
}
"""Which rooms a room may import: the flow of the design; `pipeline` alone knows all stages."""
SPACY = {"grammar/spacy_parser.py", "grammar/gemm.py", "component.py"}
"""The parser behind its seam, and the component by which spaCy's users call us."""


def modules(file: Path) -> Iterator[str]:
    """The modules that a file imports, at its top or within a function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            names = [alias.name for alias in node.names]
            yield from (f"{node.module}.{name}" for name in names)


def room(path: Path) -> str:
    """The room in which a file stands, or the file's own name."""
    parts = path.relative_to(HOUSE).parts
    return parts[0].removesuffix(".py")


FILES = sorted(HOUSE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(HOUSE)))
def test_imports_go_down_the_list(file: Path) -> None:
    here = room(file)
    imported = {name.split(".")[1] for name in modules(file) if name.startswith("foreigndesk.")}
    known = {name for name in imported if name in MAY}
    assert known - {here} <= MAY[here], f"{here} may not import {sorted(known - MAY[here])}"


def test_every_room_has_its_rule() -> None:
    assert {room(file) for file in FILES} <= set(MAY)


def test_spacy_and_its_thinc_are_imported_in_three_places() -> None:
    users = {
        str(file.relative_to(HOUSE))
        for file in FILES
        if any(name.split(".")[0] in ("spacy", "thinc") for name in modules(file))
    }
    assert users == SPACY


def test_only_desk_and_engine_import_the_pipeline() -> None:
    users = {
        room(f) for f in FILES if any(m.startswith("foreigndesk.pipeline") for m in modules(f))
    }
    assert users <= {"desk", "engine", "api", "component"}
