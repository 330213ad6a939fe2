"""Which office a person holds on a day, and who holds an office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foreigndesk.codebook.actors import Person, Term
from foreigndesk.coding.names import fold

FORMER = "ELI"


def term_on(person: Person, day: str | None) -> Term | None:
    """The term that covers the ISO `day` (the last of them), without a day the latest term.

    An open `day` ("2020-05-01/..", not before the first of May) takes the term of that day, else
    the next, else the latest.
    """
    terms = sorted(person.terms, key=lambda t: t.since)
    if day is None:
        return terms[-1] if terms else None
    at = floor(day)
    covering = [t for t in terms if t.since <= at[: len(t.since)] and _not_over(t, at)]
    if covering or not day.endswith(".."):
        return covering[-1] if covering else None
    later = [t for t in terms if t.since > at[: len(t.since)]]
    return next(iter(later or terms[-1:]), None)


def floor(day: str) -> str:
    """The first day of an EDTF date or interval."""
    return day.partition("/")[0]


def _not_over(term: Term, day: str) -> bool:
    return term.until is None or day[: len(term.until)] <= term.until


def code_on(person: Person, day: str | None) -> str:
    """The code of whom the person acts for on a day.

    In a term the term's own code or the person's; outside of terms the state once served, if the
    person's code is an organisation's, else the person's code.
    """
    term = term_on(person, day)
    if term is not None:
        return term.code or person.code
    served = [t.code for t in person.terms if t.code]
    return served[-1] if served else person.code


def sector_on(person: Person, day: str | None) -> str | None:
    """The person's sector on a day: of the term, else `otherwise`, else ELI once in office."""
    term = term_on(person, day)
    if term is not None:
        return term.sector
    if person.otherwise is not None or day is None:
        return person.otherwise
    begun = any(t.since <= day[: len(t.since)] for t in person.terms)
    return FORMER if begun else None


def likeliest(people: Iterable[Person], day: str | None) -> Person | None:
    """Of bearers of one name, the one in office on the day, else the latest in office."""
    ranked = sorted(
        people,
        key=lambda p: (
            term_on(p, day) is not None,
            max((t.until or "9999" for t in p.terms), default=""),
            max((t.since for t in p.terms), default=""),
            p.id,
        ),
    )
    return ranked[-1] if ranked else None


def leading(people: Iterable[Person], day: str, foremost: frozenset[str]) -> Person | None:
    """Of bearers of one surname the only one in office on the day; of several, in a `foremost` one.

    None where several are left, or nobody.
    """
    terms = [(person, term_on(person, floor(day))) for person in people]
    serving = [(person, term) for person, term in terms if term is not None]
    first = [person for person, term in serving if fold(term.office) in foremost]
    chosen = first or [person for person, _ in serving]
    return chosen[0] if len(chosen) == 1 else None


class Offices:
    """Finds the holder of an office ("foreign minister" of a state) on a day.

    `alike` gives an office the name of another that is the same post in another state ("secretary
    of state": "foreign minister").
    """

    def __init__(self, people: Iterable[Person], alike: Mapping[str, str] | None = None) -> None:
        self._holders: dict[tuple[str, str], list[tuple[Person, Term]]] = {}
        self.alike = alike or {}
        for person in people:
            for term in person.terms:
                key = (term.code or person.code, self._post(term.office))
                self._holders.setdefault(key, []).append((person, term))

    def _post(self, noun: str) -> str:
        office = fold(noun)
        return self.alike.get(office, office)

    def holder(self, code: str, noun: str, day: str | None) -> Person | None:
        """The one holder of just this office on `day`; None if unknown, several, or no day."""
        if day is None:
            return None
        day = floor(day)
        found = {
            person.id: person
            for person, term in self._holders.get((code, self._post(noun)), ())
            if term.since <= day[: len(term.since)] and _not_over(term, day)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def held(
    person: Person, noun: str, loosely: bool = False, posts: Mapping[str, str] | None = None
) -> bool:
    """Whether the person ever held the office; `loosely`: "minister" for a foreign minister.

    `posts` are the offices that are one post under other names, as Offices has them.
    """
    posts = posts or {}
    office = posts.get(fold(noun), fold(noun))
    offices = [fold(term.office) for term in person.terms]
    offices += [posts[o] for o in offices if o in posts]
    return office in offices or (loosely and any(o.endswith(f" {office}") for o in offices))
