"""Units: stretches of a sentence that are a catalogue name, a role noun or an unknown name."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.coding.names import Reading
from foreigndesk.grammar.tree import Tree

ROLE, UNKNOWN, NOUN = "role", "unknown", "noun"


@dataclass(slots=True)
class Unit:
    """Tokens `first` to `last` with syntactic head `head`; characters `start` to `end`.

    `sort` is a use of a catalogue name (see names.py), "role", "noun" (a word that may refer to
    an actor) or "unknown" (a name that is not in the catalogue). `word` is the role noun as found.
    `namesake`: it is written like a catalogue name, but the text shows that it is another's.
    """

    sort: str
    first: int
    last: int
    head: int
    start: int
    end: int
    entry: Actor | Person | None = None
    role: Role | None = None
    word: str = ""
    unsure: bool = False
    misspelt: bool = False
    namesake: bool = False
    readings: tuple[Reading, ...] = ()
    mods: list[Unit] = field(default_factory=list)
    governor: Unit | None = None

    @property
    def is_country(self) -> bool:
        """Whether it names a state, bloc or organisation, by any form of its name."""
        return isinstance(self.entry, Actor)


def unit_head(tree: Tree, first: int, last: int) -> int:
    """The token of the stretch whose governor lies outside of it; the rightmost if several."""
    for i in range(last, first - 1, -1):
        head = tree[i].head
        if head == i or not first <= head <= last:
            return i
    return last
