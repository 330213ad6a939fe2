"""People's decisions: appended to `judgements.jsonl`, never overwritten; the linking obeys."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from foreigndesk.errors import DamagedDeskError, DeskError
from foreigndesk.model import Judgement


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands after all judgements: report ids that are wrong, pairs same and different.

    `changes`: by report id what a person put right, as (verdict, value) (see obeying.py).
    """

    wrong: frozenset[str] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    changes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def read_judgements(path: Path) -> list[Judgement]:
    """All judgements in the order given; a half-written last line (a kill) is left out.

    Raises DamagedDeskError with the line's number where another line cannot be read.
    """
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    judgements: list[Judgement] = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            judgements.append(msgspec.json.decode(line, type=Judgement))
        except msgspec.MsgspecError as error:
            raise DamagedDeskError(
                f"{path}, line {number}", str(error), "a judgement as JSON", "Mend that line."
            ) from error
    return judgements


def append_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Append judgements in one write. Raises DeskError where the file cannot be written."""
    rows = b"".join(msgspec.json.encode(j) + b"\n" for j in judgements)
    try:
        with path.open("ab+") as file:
            _end_last_line(file.fileno())
            file.write(rows)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DeskError(
            str(path), f"that it cannot be written ({error})", "a writable file", "Check the disk."
        ) from error


def _end_last_line(handle: int) -> None:
    """Cut off a half-written last line, so that the next begins on its own."""
    size = os.fstat(handle).st_size
    content = os.pread(handle, size, 0)
    if content and not content.endswith(b"\n"):
        os.ftruncate(handle, content.rfind(b"\n") + 1)


def decide(judgements: Iterable[Judgement]) -> Decisions:
    """What stands: of two judgements on the same subject the later one.

    A judgement that another undoes (verdict "undo", the subject its id) is as if never given.
    """
    given = list(judgements)
    undone = {j.subject for j in given if j.verdict == "undo"}
    wrong: dict[str, bool] = {}
    pairs: dict[tuple[str, str], bool] = {}
    changes: dict[str, dict[str, str]] = {}
    for judgement in given:
        if judgement.judgement_id in undone:
            continue
        if judgement.verdict in ("right", "wrong"):
            wrong[judgement.subject] = judgement.verdict == "wrong"
        elif judgement.verdict in ("same", "different") and judgement.other is not None:
            pairs[pair(judgement.subject, judgement.other)] = judgement.verdict == "same"
        elif judgement.verdict in ("type", "actor") and judgement.value is not None:
            changes.setdefault(judgement.subject, {})[judgement.verdict] = judgement.value
    return Decisions(
        frozenset(k for k, v in wrong.items() if v),
        frozenset(k for k, v in pairs.items() if v),
        frozenset(k for k, v in pairs.items() if not v),
        {key: tuple(sorted(values.items())) for key, values in changes.items()},
    )


def pair(one: str, other: str) -> tuple[str, str]:
    """Two ids as an unordered pair."""
    return (one, other) if one <= other else (other, one)
