"""Labelled sentences with two marked actors: reading them, and splitting them into folds."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

PAIRS = Path(__file__).parent.parent / "evaluation" / "pairs"
# Where the habits of those who wrote the sentences differ from PLOVER's table of CAMEO codes, which
# the codebook follows, the table wins: 163 (embargo, boycott, sanctions) is COERCE, 116 (to find
# guilty) is ACCUSE.
_BY_TABLE = (
    ("SANCTION", re.compile(r"\b(sanctions|embargo|blacklist|banned imports)\b"), "COERCE"),
    ("SANCTION", re.compile(r"\b(guilty|convict(s|ed)?)\b"), "ACCUSE"),
)
_HELD = 10
_MARK = re.compile(r"⟦([AR]):(.*?)⟧")


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the half-open ranges of the marked actor and recipient in it, and the label.

    `source` is the file of a written one, which stands for who wrote it.
    """

    label: str
    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]
    source: str = ""


def parse_marks(label: str, marked: str) -> Example | None:
    """The Example of a text with one ⟦A:...⟧ and one ⟦R:...⟧; None if a mark lacks or repeats."""
    spans: dict[str, tuple[int, int]] = {}
    pieces: list[str] = []
    end = length = 0
    for mark in _MARK.finditer(marked):
        if mark[1] in spans:
            return None
        before, words = marked[end : mark.start()], mark[2].strip()
        pieces += [before, words]
        length += len(before)
        spans[mark[1]] = (length, length + len(words))
        length += len(words)
        end = mark.end()
    if len(spans) < 2:
        return None
    return Example(label, "".join(pieces) + marked[end:], spans["A"], spans["R"])


def written(folder: Path = PAIRS) -> list[Example]:
    """The sentences written for the project, in the order of files and lines.

    Raises ValueError, with file and line, for a line without label, tab or both marks.
    """
    found: dict[str, Example] = {}
    for path in sorted(folder.glob("*.tsv")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            label, tab, marked = line.partition("\t")
            example = parse_marks(label, marked) if tab else None
            if example is None:
                raise ValueError(f"{path.name}:{n}: expected LABEL<TAB>text with both marks")
            example = replace(example, label=by_table(label, example.text), source=path.stem)
            found.setdefault(example.text, example)
    return list(found.values())


def by_table(label: str, text: str) -> str:
    """The label, changed where PLOVER's table gives another to what the sentence says."""
    return next((new for old, w, new in _BY_TABLE if label == old and w.search(text)), label)


def kept_and_held(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """What is learned from, and one in `_HELD` that is never trained on, only measured on."""
    held = [int(digest(example.text)[:8], 16) % _HELD == 0 for example in examples]
    rows = list(zip(examples, held, strict=True))
    return [e for e, out in rows if not out], [e for e, out in rows if out]


def folds(examples: Sequence[Example], count: int) -> list[int]:
    """For each example the number of its fold: labels spread evenly, by the text's digest."""
    by_label: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        by_label[example.label].append(i)
    numbers = [0] * len(examples)
    for label in sorted(by_label):
        ordered = sorted(by_label[label], key=lambda i: digest(examples[i].text))
        for place, i in enumerate(ordered):
            numbers[i] = place % count
    return numbers


def digest(text: str) -> str:
    """A stable key of a text, for orders that depend on nothing else."""
    return hashlib.sha256(text.encode()).hexdigest()


def labels(examples: Iterable[Example]) -> list[str]:
    """The labels that occur, sorted."""
    return sorted({example.label for example in examples})
