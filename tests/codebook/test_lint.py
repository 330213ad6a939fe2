"""The check of data files: each fault with its line, what was found, what was expected, a hint."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.codebook.faults import Fault
from foreigndesk.codebook.lines import Broken, items
from foreigndesk.codebook.lint import KINDS, lint
from foreigndesk.codebook.load import Codebook, Entry, open_codebook
from foreigndesk.codebook.predicates import in_plover
from foreigndesk.codebook.sense import Known, wrong_with
from foreigndesk.codebook.shapes import typed

SOUND = 'says: "Norway waltzed with Mali."\n  not: "Norway met Mali."\n'
PREDICATE = f"- id: own.x\n  event: CONSULT\n  verbs: [waltz]\n  {SOUND}"


def faults(folder: Path, **files: str) -> list[Fault]:
    """The faults of an overlay with one file of each kind named."""
    for kind, text in files.items():
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / "own.yaml").write_text(text, encoding="utf-8")
    return lint(open_codebook(folder))[1]


def test_the_package_is_without_fault() -> None:
    counts, found = lint(Codebook())
    assert found == []
    assert counts["predicates"] > 2_000


def test_a_sound_overlay_is_without_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, predicates=PREDICATE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "found", "do"),
    [
        ("verbs:", "verb:", 3, "the field 'verb'", "Did you mean 'verbs'?"),
        ("CONSULT", "CONSLUT", 2, "the event type 'CONSLUT'", "Did you mean 'CONSULT'?"),
        ("[waltz]", "waltz", 3, "'waltz'", "Write it in brackets: [waltz]."),
        ("[waltz]", "[waltz]\n  cameo: 40", 4, "40 (a number)", '"40"'),
        ("[waltz]", "[waltz]\n  mode: vist", 4, "the mode 'vist'", "Did you mean 'visit'?"),
        ("[waltz]", "[waltz]\n  verbs: [tango]", 4, "the field 'verbs' twice", "Take one"),
        ("[waltz]", '[waltz]\n  object: ["@actr"]', 4, "the list @actr", "'@actor'"),
        ("[waltz]", "[waltz]\n  recipient: [objekt]", 4, "the role 'objekt'", "'object'"),
        ("[waltz]", "[waltz]\n  contexts: [militry]", 4, "the context 'militry'", "'military'"),
        ("[waltz]", "[waltz]\n  weight: 8", 4, "8.0", "Correct"),
        ("[waltz]", "[waltz]\n  needs: [actors]", 4, "the need 'actors'", "'actor'"),
        ("[waltz]", "[waltz]\n  implies: [{evnt: AID}]", 4, "the field 'evnt'", "'event'"),
        ("[waltz]", "[waltz]\n  own: true", 4, "the field 'own'", "Leave it out"),
        ("  verbs: [waltz]\n", "", 1, "no word that could set it off", "Add the words"),
        ('  not: "Norway met Mali."\n', "", 1, "no `not:`", "must not code"),
        ("Norway met Mali", "Norway waltzed with Mali", 5, "the same sentence", "Change one"),
        ("[waltz]", "[waltz", 4, "what is no YAML", "Mend the file"),
        ("- id: own.x\n  event", "id: own.x\nevent", 3, "what is no YAML", "Mend the file"),
    ],
)
def test_a_slip_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, found: str, do: str
) -> None:
    assert old in PREDICATE
    told = faults(tmp_path, predicates=PREDICATE.replace(old, new, 1))
    assert any(f.line == line and found in f.found and do in f.do for f in told), told
    assert all(f.file == str(tmp_path / "predicates" / "own.yaml") for f in told)


def test_all_faults_of_an_entry_are_told_at_once(tmp_path: Path) -> None:
    entry = "- id: a\n  event: X\n  verbs: walk\n  cameo: 1\n  mood: glad\n  says: a\n"
    lines = [fault.line for fault in faults(tmp_path, predicates=entry)]
    assert lines == [1, 2, 3, 4, 5]


def test_an_id_is_there_once_in_all_files_of_a_directory(tmp_path: Path) -> None:
    faults(tmp_path, predicates=PREDICATE)
    (tmp_path / "predicates" / "more.yaml").write_text(f"# second\n{PREDICATE}")
    _, found = lint(open_codebook(tmp_path))
    assert [(f.line, f.found) for f in found] == [
        (1, "the id 'own.x' twice (first in more.yaml, line 2)")
    ]


def test_an_id_of_the_package_replaces_its_entry(tmp_path: Path) -> None:
    assert faults(tmp_path, predicates=PREDICATE.replace("own.x", "consult.visit")) == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2023-10-12", "null", "2023-10-12 (a date)"),
        ('"2023-13-01"', "null", "the date '2023-13-01'"),
        ('"12 May 2020"', "null", "the date '12 May 2020'"),
        ('"2023-05"', '"2022"', "a term that ends (2022) before it begins (2023-05)"),
    ],
)
def test_dates_are_days_there_are(tmp_path: Path, since: str, until: str, found: str) -> None:
    text = (
        "- id: own.p\n  code: NOR\n  name: Ola Nord\n  gender: m\n  terms:\n"
        f"    - {{office: king, since: {since}, until: {until}}}\n"
        '  says: "Ola Nord left."\n  not: "Ola left."\n'
    )
    (fault,) = faults(tmp_path, offices=text)
    assert (fault.line, fault.found) == (6, found)


def test_codes_and_sectors_are_known_ones(tmp_path: Path) -> None:
    text = (
        "- id: own.a\n  code: NRW\n  name: Blue Oar\n  kind: company\n  sector: BUZ\n"
        '  says: "Blue Oar left."\n  not: "An oar."\n'
    )
    found = [(f.line, f.found) for f in faults(tmp_path, actors=text)]
    assert found == [(2, "the code 'NRW'"), (5, "the sector 'BUZ'")]


def test_marks_are_regular_expressions(tmp_path: Path) -> None:
    text = '- id: own.b\n  kind: donation\n  marks: ["give", "(give"]\n  says: give\n  not: take\n'
    (fault,) = faults(tmp_path, boilerplate=text)
    assert fault.line == 3
    assert "no regular expression" in fault.found


def test_what_nobody_reads_is_told(tmp_path: Path) -> None:
    (tmp_path / "predicate").mkdir()
    (tmp_path / "predicate" / "own.yaml").write_text(PREDICATE)
    (tmp_path / "own.yaml").write_text(PREDICATE)
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "own.yml").write_text("[]")
    told = " ".join(f"{Path(f.file).name} {f.do}" for f in faults(tmp_path))
    assert "predicate Did you mean 'predicates'?" in told
    assert "own.yaml Move it into its kind's folder." in told
    assert "own.yml Rename it" in told


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_broken_at_a_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    try:
        lines = [item.at("x.y")[0] for item in items(file)]
    except Broken as broken:
        lines = [broken.at[0]]
    assert all(line >= 1 for line in lines)


NAMES = sorted({name for _, kind in KINDS for name in kind.__struct_encode_fields__})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NAMES, "x"]) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)
KNOWN = Known({}, frozenset(), frozenset(), frozenset(), frozenset())


@given(VALUES, st.sampled_from(KINDS))
def test_any_value_is_an_entry_or_wrong(value: object, kind: tuple[str, type[Entry]]) -> None:
    """Rubbish gives words, never a crash; what is told lies within the value."""
    if isinstance(value, dict):
        value = in_plover({"id": "a", "says": "b", "not": "c", **value}, {})
    entry, wrong = typed(value, kind[1])
    assert entry is not None or wrong
    assert all(len(each) == 4 and each[1] for each in wrong)
    if entry is not None:
        assert all(len(each) == 4 for each in wrong_with(kind[0], entry, KNOWN))


def test_the_rules_of_times_can_be_made(tmp_path: Path) -> None:
    text = '- id: times.own\n  pattern: "{moon}"\n  make: date\n  says: a\n  not: b\n'
    (fault,) = faults(tmp_path, times=text)
    assert (fault.line, fault.found) == (2, "the slot {moon}")
