"""Statements of order beside an event: "first visit in 24 years", "their last meeting in 2019"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.times import TimeBook, TimeRule
from foreigndesk.coding.calendar import interval
from foreigndesk.coding.calendar_grain import DAYS, MONTHS, shift
from foreigndesk.coding.times_moment import Moment
from foreigndesk.coding.times_periods import amount, unit
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import OrderFact

_SIEVE = re.compile(r"\b(?:first|second|third|fourth|fifth|last|latest|recent|previous)\b", re.I)
_CLAUSE = frozenset({"advcl", "acl", "conj", "attr", "xcomp", "relcl", "ccomp"})


class OrderReader:
    """Finds statements of order by the codebook's rules (`make: order-...`)."""

    def __init__(self, codebook: Codebook) -> None:
        self.book = TimeBook(codebook)
        self.rules = tuple(r for r in self.book.rules if r.make.startswith("order"))
        self._asked: tuple[Tree | None, str | None] = (None, None)
        self._facts: list[OrderFact] = []

    def of(self, text: str, tree: Tree, published: str | None) -> list[OrderFact]:
        """The statements of order of one sentence, kept while its reports are made."""
        asked = (tree, published)
        if self._asked != asked:
            self._facts = self.read(text, tree.sentence.start, tree.sentence.end, published)
            self._asked = asked
        return self._facts

    def read(self, text: str, start: int, end: int, published: str | None) -> list[OrderFact]:
        """The statements of order in text[start:end], in order, none overlapping."""
        sentence = text[start:end]
        if not _SIEVE.search(sentence):
            return []
        found = [
            self._fact(rule, match, start, published)
            for rule in self.rules
            for match in rule.pattern.finditer(sentence)
        ]
        kept: list[OrderFact] = []
        for fact in sorted(found, key=lambda f: (f.start, -f.end)):
            if not kept or fact.start >= kept[-1].end:
                kept.append(fact)
        return kept

    def _fact(
        self, rule: TimeRule, match: re.Match[str], offset: int, published: str | None
    ) -> OrderFact:
        kind = rule.make.removeprefix("order-")
        groups = {k: v for k, v in match.groupdict().items() if v is not None}
        moment = Moment(self.book, None, groups=groups | {"_text": match.group()})
        bounds = _bounds(kind, moment, published)
        span = (offset + match.start(), offset + match.end())
        return OrderFact(kind, match.group(), *span, *bounds)


def _bounds(kind: str, moment: Moment, published: str | None) -> tuple[str | None, str | None]:
    """The days between which nothing like it was ("first") or the one before was ("last")."""
    named = _named(moment)
    if kind == "last":
        return interval(named) if named else (None, None)
    begin = interval(named)[0] if named else _back(moment, published)
    return begin, interval(published)[1] if published else None


def _named(moment: Moment) -> str | None:
    """The EDTF of the year, month or day that the words name."""
    year, month, day = moment.digits("year"), moment.get("month", "mon"), moment.digits("day")
    if year is None:
        return None
    text = str(year) + (f"-{month:02}" if month else "")
    return text + (f"-{day:02}" if month and day else "")


def _back(moment: Moment, published: str | None) -> str | None:
    """The day on which "24 years" before the publication began; None if either is unknown."""
    number, grain = amount(moment), unit(moment)
    latest = interval(published)[1] if published else None
    if latest is None or number is None or grain not in {*DAYS, *MONTHS}:
        return None
    day = shift(date.fromisoformat(latest), grain, -int(number))
    return (day + timedelta(days=1)).isoformat()


@cache
def _package_reader() -> OrderReader:
    return OrderReader(open_codebook())


def order_facts(
    text: str, tree: Tree, trigger: int, published: str | None, reader: OrderReader | None = None
) -> tuple[OrderFact, ...]:
    """The statements of order said of the event at token `trigger`.

    `published` (EDTF or None) is where "in 24 years" counts from. "first": none like it from
    `earliest` to `latest`; "last": the last one before lay between `earliest` and `latest`.
    """
    reader = reader or _package_reader()
    facts = reader.of(text, tree, published)
    return tuple(fact for fact in facts if _said_of(tree, trigger, fact))


def _said_of(tree: Tree, trigger: int, fact: OrderFact) -> bool:
    """The event stands in the words, or governs them, or is one clause away by "marking", "be"."""
    inside = {t.i for t in tree.tokens if fact.start <= t.start < fact.end}
    if trigger in inside:
        return True
    top = next((i for i in sorted(inside) if tree[i].head not in inside), None)
    if top is None:
        return False
    above = [top, *tree.ancestors(top)]
    if trigger in above:
        return all(_passes(tree, i, trigger) for i in above[: above.index(trigger)])
    clauses = [i for i in above if tree.is_verb(i)]
    while len(clauses) > 1 and tree[clauses[0]].dep == "advcl":  # "..., marking the first ..."
        clauses.pop(0)
    return bool(clauses) and clauses[0] in _up(tree, trigger)


def _passes(tree: Tree, i: int, trigger: int) -> bool:
    """Whether a word on the way up to the trigger leaves the words with the trigger's event."""
    return tree[i].dep not in ("ccomp", "pcomp")


def _up(tree: Tree, trigger: int) -> list[int]:
    """The verbs above the trigger that speak of the same event: of its arguments, its "be"."""
    found = []
    for node in (trigger, *tree.ancestors(trigger)):
        if tree.is_verb(node) and node != trigger:
            found.append(node)
            if tree[node].dep not in ("advcl", "xcomp"):
                break
    return found
