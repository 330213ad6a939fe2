"""Every time expression of an English text, by the codebook's own grammar."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.times import TimeBook, TimeRule
from foreigndesk.coding.calendar import is_day
from foreigndesk.coding.calendar_grain import Stretch
from foreigndesk.coding.times_makers import make
from foreigndesk.coding.times_moment import Moment, Reading
from foreigndesk.coding.times_sieve import Sieve
from foreigndesk.model import TimeExpression

_LOOK = 160
NEAR = 20
_STOP = re.compile(r"[.!?;]\s+(?=[A-Z\"“'])|\n\s*\n")


class TimeReader:
    """Finds and normalises time expressions.

    Each has its TIMEX3 type and value (TimeML annotation guidelines 1.2.1) and an EDTF date,
    None for durations, sets and what cannot be placed. Weeks and spans are EDTF intervals of days.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook

    @cached_property
    def book(self) -> TimeBook:
        """The word lists and rules, read at first use."""
        return TimeBook(self._codebook)

    @cached_property
    def rules(self) -> tuple[TimeRule, ...]:
        """The rules of time expressions in order (those of order facts are left out)."""
        return tuple(r for r in self.book.rules if not r.make.startswith("order"))

    @cached_property
    def _master(self) -> Sieve:
        bodies = (f"(?P<r{n}>{rule.bare})" for n, rule in enumerate(self.rules))
        return Sieve(re.compile(rf"(?:{'|'.join(bodies)})", re.IGNORECASE))

    @cached_property
    def _starts(self) -> Sieve:
        """Places where an expression may begin: the cheap sieve before the grammar."""
        names = ("month", "mon", "weekday", "wday", "units", "season", "part", "festival", "decade")
        words = "|".join(self.book.words(n) for n in names)
        other = r"today|yesterday|tomorrow|tonight|now|current|currently|present|presently|nowadays"
        more = r"moment|recently|lately|past|ago|once|future|soon|daily|weekly|monthly|quarterly"
        rest = (
            r"yearly|annually|annual|hourly|nightly|biweekly|midday|midnight|noon|a\.?m|p\.?m|q\d"
        )
        zone = self.book.words("zone")
        source = (
            rf"(?<!\w)(?:(?:{words}|{other}|{more}|{rest}|{zone})s?\b"
            rf"|(?:1[5-9]|20)\d\d|'?\d0s|\d+/\d+/\d{{4}}|\d\d?:\d\d)"
        )
        return Sieve(re.compile(source, re.IGNORECASE))

    @cached_property
    def _cues(self) -> Sieve:
        words = self.book.words
        source = (
            rf"(?<![\w-])(?:(?P<future>{words('future')})|(?P<plan>{words('plan')})"
            rf"|(?P<past>{words('past')})|(?P<aim>{words('aim')}))\b"
        )
        return Sieve(re.compile(source, re.IGNORECASE))

    def read(self, text: str, published: str | None) -> tuple[TimeExpression, ...]:
        """The time expressions of `text`, in order.

        `published` is the day of writing (ISO day; other EDTF dates place years only, None
        nothing): without it relative times stay relative ("XXXX-WXX-3", "PAST_REF").
        """
        anchor = date.fromisoformat(published) if published and is_day(published) else None
        found: list[TimeExpression] = []
        last: Stretch | None = None
        for start, end, rule in self.matches(text):
            reading = self._reading(text, (start, end), rule, Moment(self.book, anchor, last))
            if reading is None:
                continue
            last = reading.stretch or last
            words = text[start:end]
            value = (reading.type, reading.value, reading.edtf)
            found.append(TimeExpression(start, end, words, *value))
        return tuple(found)

    def matches(self, text: str) -> list[tuple[int, int, TimeRule]]:
        """Start, end and rule of every expression, before it is read."""
        found: list[tuple[int, int, TimeRule]] = []
        done, low = 0, text.lower()
        for hit in self._starts.finditer(text, low):
            if hit.start() < done:
                continue
            for start in _word_starts(text, max(done, hit.start() - 48), hit.start()):
                match = self._master.match(text, low, start)
                if match and match.end() > hit.start():
                    rule = self.rules[int((match.lastgroup or "r0")[1:])]
                    found.append((start, match.end(), rule))
                    done = match.end()
                    break
        return found

    def _reading(
        self, text: str, bounds: tuple[int, int], rule: TimeRule, moment: Moment
    ) -> Reading | None:
        match = rule.pattern.match(text, bounds[0])
        if match is None:
            return None
        moment.groups = {k: v for k, v in match.groupdict().items() if v is not None}
        moment.groups["_text"] = match.group()
        moment.args = rule.args
        moment.future, moment.near = self._direction(text, *bounds)
        return make(rule, moment)

    def _direction(self, text: str, start: int, end: int) -> tuple[bool | None, bool]:
        """Whether the nearest verb speaks of the future (None: nothing tells), and stands near.

        It is the last one before the expression, else the first one after it; "Friday's ruling"
        asks only what comes after.
        """
        left = _STOP.split(text[max(0, start - _LOOK) : start])[-1]
        owner = text.startswith(("'s", "’s"), end)
        cues = [] if owner else list(self._cues.finditer(left, left.lower()))
        if cues:
            near = len(left) - cues[-1].end() <= NEAR
            return _speaks_of_future([c.lastgroup or "" for c in cues]), near
        right = _STOP.split(text[end : end + _LOOK])[0]
        cues_after = self._cues.finditer(right, right.lower())
        found = (c.lastgroup for c in cues_after if c.lastgroup != "aim")
        cue = next(found, None)
        return (None if cue is None else cue == "future"), False


def _speaks_of_future(cues: list[str]) -> bool:
    """ "Agreed to meet" and "to meet" do, "met to agree" does not; else the last cue decides."""
    if cues[-1] != "aim":
        return cues[-1] == "future"
    before = [c for c in cues if c != "aim"]
    return not before or before[-1] in ("future", "plan")


def _word_starts(text: str, low: int, hit: int) -> list[int]:
    """The word starts from at most six words before `hit` up to it, earliest first."""
    starts = [m.start() for m in re.finditer(r"(?<![\w])['’\w]", text[low:hit])]
    return [low + s for s in starts[-6:]] + [hit]
