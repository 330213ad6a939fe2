"""When and where: the date and the place of reports against a gold of their own.

A text is a short article; its gold names reports by the words of their trigger. Dates and places
are scored over the reports that the coder found at those words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from evaluation.gold import HALVES, HERE, read_lines
from foreigndesk.codebook.places import place_key
from foreigndesk.model import Report
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

GOLD = HERE / "gold" / "when_where.jsonl"
NOT_JUDGED = "*"


class Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report of the gold: the words of its trigger, its EDTF date and its place.

    `date` and `place` are None where the text does not say, "*" where they are not judged;
    several right answers stand between bars. A place is a country code ("MLI"), with the place's
    name after a slash where the text names one ("MLI/Gao").
    """

    trigger: str
    date: str | None
    place: str | None


class DatedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short article with the reports that are judged; others may be coded too."""

    id: str
    text: str
    reports: tuple[Dated, ...]
    published: str | None = None

    @property
    def half(self) -> str:
        """The half of the gold that the text is in, fixed by a hash of its id."""
        return HALVES[hashlib.sha256(self.id.encode()).digest()[0] % 2]


@dataclass(frozen=True, slots=True)
class Case:
    """A report of the gold and what the coder found at its trigger, None if nothing."""

    text: DatedText
    gold: Dated
    found: Report | None

    @property
    def date_right(self) -> bool:
        """Whether the date is the gold's, letter for letter in EDTF."""
        return self.found is not None and _among(self.gold.date, self.found.date.edtf)

    @property
    def place_right(self) -> bool:
        """Whether the country and, where the gold has it, the name are the gold's."""
        if self.found is None:
            return False
        if self.gold.place is None:
            return self.found.place is None
        return any(self._names(answer) for answer in self.gold.place.split("|"))

    def _names(self, answer: str) -> bool:
        place = self.found.place if self.found else None
        country, _, name = answer.partition("/")
        if place is None or place.country != country:
            return False
        names = {place_key(n) for n in (place.name, place.text) if n}
        return not name or place_key(name) in names


def _among(gold: str | None, found: str | None) -> bool:
    return found is None if gold is None else found in gold.split("|")


def read_texts(path: Path = GOLD) -> tuple[DatedText, ...]:
    """All texts of the gold. Raises ValueError naming the line that is no such text."""
    return read_lines(path, DatedText)


def cases(texts: Sequence[DatedText] | None = None) -> tuple[Case, ...]:
    """What Foreign Desk finds at each trigger of the gold, with its default settings."""
    reader = Reader(Settings())
    return tuple(case for text in texts or read_texts() for case in _cases(reader, text))


def _cases(reader: Reader, text: DatedText) -> Iterator[Case]:
    found = reader.analyse(text.text, text.published).reports
    for gold in text.reports:
        start = text.text.index(gold.trigger)
        end = start + len(gold.trigger)
        here = [r for r in found if r.trigger.start < end and start < r.trigger.end]
        yield Case(text, gold, here[0] if here else None)


def figures(found: Sequence[Case]) -> dict[str, float]:
    """The figures of both halves: `dev.whenwhere.date` and so on, in 0 to 1.

    `found`: the share of the gold's triggers that have a report; the others are over those.
    """
    return {
        f"{half}.whenwhere.{name}": round(value, 4)
        for half in HALVES
        for name, value in _figures([c for c in found if c.text.half == half]).items()
    }


def _figures(all_cases: Sequence[Case]) -> dict[str, float]:
    found = [c for c in all_cases if c.found]
    dated = [c for c in found if c.gold.date != NOT_JUDGED]
    placed = [c for c in found if c.gold.place != NOT_JUDGED]
    named = [c for c in placed if c.gold.place is not None]
    silent = [c for c in placed if c.gold.place is None]
    return {
        "found": _share([True] * len(found), len(all_cases)),
        "date": _share([c.date_right for c in dated], len(dated)),
        "place": _share([c.place_right for c in placed], len(placed)),
        "place.named": _share([c.place_right for c in named], len(named)),
        "place.silent": _share([c.place_right for c in silent], len(silent)),
    }


def _share(right: Sequence[bool], of: int) -> float:
    return sum(right) / of if of else 0.0


def as_text(found: Sequence[Case]) -> str:
    """The figures as a table, both halves side by side."""
    values = figures(found)
    names = [n.partition(".")[2] for n in values if n.startswith(f"{HALVES[0]}.")]
    rows = [
        f"{name:28}" + "".join(f"{values[f'{h}.{name}']:>16.3f}" for h in HALVES) for name in names
    ]
    return "\n".join([f"{'when and where':28}" + "".join(f"{h:>16}" for h in HALVES), *rows])


def wrong(found: Sequence[Case]) -> Iterator[str]:
    """One line for each date or place that is not the gold's, and each report not found."""
    for case in found:
        gold, report = case.gold, case.found
        name = f"{case.text.id}\t{case.text.half}\t{gold.trigger}"
        if report is None:
            yield f"{name}\tnot found"
            continue
        if gold.date != NOT_JUDGED and not case.date_right:
            yield f"{name}\tdate {report.date.edtf} ({report.date.basis}), not {gold.date}"
        if gold.place != NOT_JUDGED and not case.place_right:
            where = f"{report.place.country}/{report.place.name}" if report.place else None
            yield f"{name}\tplace {where}, not {gold.place}"


def main() -> None:
    """Print the figures, then what is wrong."""
    found = cases()
    print(as_text(found))
    print("\n".join(wrong(found)))


if __name__ == "__main__":
    main()
