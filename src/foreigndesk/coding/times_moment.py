"""What readings of time expressions are made of, and dates without a year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from foreigndesk.codebook.times import TimeBook
from foreigndesk.coding.calendar_grain import Stretch, part_of

AGAINST, AGAINST_FAR, COMING = 12.0, 4.0, 2.5
REFERENCE = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 type and value, an EDTF date, and the stretch that later words may lean on."""

    type: str
    value: str
    edtf: str | None = None
    stretch: Stretch | None = None


@dataclass(slots=True)
class Moment:
    """What a reading may lean on.

    `anchor` is the day of writing, None if unknown; `last` the stretch named before; `future`
    whether the words around speak of what is to come (None: they do not tell), `near` whether
    those words stand close by.
    """

    book: TimeBook
    anchor: date | None
    last: Stretch | None = None
    future: bool | None = None
    near: bool = True
    groups: dict[str, str] = field(default_factory=dict)
    args: dict[str, int | str] = field(default_factory=dict)

    def get(self, *names: str) -> int | None:
        """The number that the first filled group of `names` stands for."""
        for name in names:
            word = self.groups.get(name)
            if word:
                found = self.book.value(name.rstrip("2"), word)
                return int(found) if found is not None else None
        return None

    def digits(self, name: str) -> int | None:
        """The digits of a group as a number."""
        word = re.sub(r"\D", "", self.groups.get(name) or "")
        return int(word) if word else None

    def word(self, name: str) -> str | None:
        """What a group's word stands for, as text."""
        found = self.groups.get(name)
        value = self.book.value(name, found) if found else None
        return None if value is None else str(value)


def dated(stretch: Stretch, kind: str = "DATE") -> Reading:
    """The reading of a stretch of the calendar."""
    return Reading(kind, stretch.value(), stretch.edtf(), stretch)


def with_part(moment: Moment, day: date, part: str | None) -> Reading:
    stretch = Stretch(day, "day")
    if part is None:
        return dated(stretch)
    return Reading("TIME", f"{day}T{part}", str(day), stretch)


def narrowed(moment: Moment, reading: Reading) -> Reading:
    """`reading` narrowed by early, mid or late; the value stays, as in TIMEX3."""
    word = (moment.groups.get("early") or "").lower()
    if not word or reading.stretch is None or word in ("earlier", "later"):
        return reading  # "earlier this month" is any day of it that is over
    part = "early" if word.startswith(("early", "earlier", "the b", "the s")) else "late"
    part = "mid" if word.startswith("mid") or "middle" in word else part
    return Reading(reading.type, reading.value, part_of(reading.stretch, part), reading.stretch)


def nearest(m: Moment, month: int, day: int | None) -> date:
    """The day or month without a year that lies nearest, against the words' direction if far.

    A date against the direction of words close by counts as `AGAINST` times as far, of words
    farther off as `AGAINST_FAR` times; where they do not
    tell, a coming date counts as `COMING` times as far, for news tells mostly of what was.
    """
    anchor = m.anchor or date(1, 1, 1)
    floor = anchor if day else anchor.replace(day=1)
    years = range(anchor.year - 4, anchor.year + 5)
    options = [date(y, month, day or 1) for y in years if _exists(y, month, day)]

    return min(options, key=lambda o: (distance(m, o, floor), o))


def distance(m: Moment, option: date, floor: date) -> float:
    """The days from `floor` to `option`, weighted by the direction of the words around."""
    ahead = option > floor
    weight = COMING if ahead else 1.0
    if m.future is not None and option != floor:
        weight = 1.0 if ahead == m.future else AGAINST if m.near else AGAINST_FAR
    return abs((option - floor).days) * weight


def _exists(year: int, month: int, day: int | None) -> bool:
    try:
        date(year, month, day or 1)
    except ValueError:
        return False
    return True


def yearless(m: Moment, month: int, day: int | None) -> Reading:
    date(2024, month, day or 1)
    if m.anchor is None:
        text = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
        return Reading("DATE", text, text)
    grain = str(m.args.get("grain") or ("day" if day else "month"))
    return narrowed(m, dated(Stretch(nearest(m, month, day), grain)))


def year_of(m: Moment) -> int | None:
    return m.anchor.year + (m.get("which") or 0) if m.anchor else None
