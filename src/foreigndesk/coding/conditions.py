"""The conditions of predicate entries, as a table of small functions.

Each gives the points it is worth and the tokens it took where it holds, or says why it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.coding.roles import Clause, actors_at
from foreigndesk.grammar.tree import Tree

Classes = Mapping[str, frozenset[str]]
_SUBJECTS = ("nsubj", "nsubjpass", "agent")
_OPEN = frozenset({"@actor", "@none", "@thing"})


@dataclass(frozen=True, slots=True)
class Met:
    """A condition that holds: `points` for how telling it is, the `tokens` that are its words."""

    points: float
    tokens: frozenset[int] = frozenset()


NOTHING = Met(0.0)
Condition = Callable[[Clause, PredicateEntry, Classes], Met | str]


def phrase(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """The words of a multiword trigger stand before its last word."""
    tokens = _phrase(clause.tree, clause.trigger, entry)
    return "not the whole phrase" if tokens is None else Met(len(tokens), frozenset(tokens))


def particle(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """One of the particles stands with the verb."""
    if not entry.particle:
        return NOTHING
    tree = clause.tree
    for k in tree.children(clause.trigger, "prt", "advmod", "prep", "acomp", "advcl"):
        if tree[k].text.lower() in entry.particle:
            return Met(2)
    return f"no particle {'/'.join(entry.particle)}"


def object_(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """The object is one of those wanted, and none of those that are barred."""
    if entry.without and among(clause, "object", entry.without, classes):
        return f"object is {', '.join(entry.without)}"
    return _role(clause, "object", entry.object, classes)


def subject(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """Who acts is one of those wanted."""
    met = _role(clause, "subject", entry.subject, classes)
    return met if isinstance(met, str) else Met(met.points)


def prepositions(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """Each preposition wanted has one of the nouns wanted."""
    for name, wanted in entry.with_.items():
        if among(clause, name, wanted, classes) is None:
            return f"no {name} {', '.join(wanted)}"
    return Met(2 * len(entry.with_))


def complement(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """A clause of the kind wanted follows."""
    if not entry.complement:
        return NOTHING
    if complements(clause.tree, clause.trigger) & set(entry.complement):
        return Met(2)
    return f"no {'/'.join(entry.complement)} follows"


def modifier(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """One of the words stands before the noun."""
    if not entry.modifier:
        return NOTHING
    kids = clause.tree.children(clause.trigger, "amod", "compound", "nmod")
    if any(clause.tree[k].text.lower() in entry.modifier for k in kids):
        return Met(2)
    return f"no {'/'.join(entry.modifier)} before it"


def carrier(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """One of the verbs carries the noun."""
    if not entry.carrier:
        return NOTHING
    if clause.carrier is not None and clause.tree[clause.carrier].lemma in entry.carrier:
        return Met(2)
    return f"no {'/'.join(entry.carrier)} carries it"


def own_subject(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """The subject stands with the verb itself."""
    tree, trigger = clause.tree, clause.trigger
    shared = tree[trigger].dep == "advcl" and tree.child(trigger, *_SUBJECTS) is None
    return "its subject is a whole clause" if entry.own_subject and shared else NOTHING


CONDITIONS: tuple[Condition, ...] = (
    phrase,
    particle,
    object_,
    subject,
    prepositions,
    complement,
    modifier,
    carrier,
    own_subject,
)


def met(clause: Clause, entry: PredicateEntry, classes: Classes) -> Met | str:
    """All conditions of an entry together: the sum, or the first that does not hold."""
    points, tokens = entry.weight, set[int]()
    for condition in CONDITIONS:
        result = condition(clause, entry, classes)
        if isinstance(result, str):
            return result
        points += result.points
        tokens |= result.tokens
    return Met(points, frozenset(tokens))


def among(
    clause: Clause, role: str, wanted: tuple[str, ...], classes: Classes
) -> tuple[int, ...] | None:
    """The heads in a role that are among `wanted` words and classes, None if there are none."""
    heads = tuple(n for h in clause.heads(role) for n in clause.tree.conjuncts(h))
    if "@none" in wanted and not heads:
        return ()
    hits = tuple(h for h in heads if not wanted or _is(clause, h, wanted, classes))
    return hits or None


def _role(clause: Clause, role: str, wanted: tuple[str, ...], classes: Classes) -> Met | str:
    if not wanted:
        return NOTHING
    hit = among(clause, role, wanted, classes)
    if hit is None:
        return f"{role} is not {', '.join(wanted)}"
    points = 1.0 if wanted in (("@actor",), ("@none",)) else 3.0
    return Met(points, frozenset() if set(wanted) & _OPEN else frozenset(hit))


def _is(clause: Clause, head: int, wanted: tuple[str, ...], classes: Classes) -> bool:
    lemma = clause.tree[head].lemma.lower()
    for word in wanted:
        if word in ("@actor", "@thing"):
            if bool(actors_at(clause.tree, clause.mentions, head)) == (word == "@actor"):
                return True
        elif word.startswith("@"):
            if lemma in classes.get(word[1:], ()):
                return True
        elif lemma == word:
            return True
    return False


def _phrase(tree: Tree, i: int, entry: PredicateEntry) -> tuple[int, ...] | None:
    """The tokens of a multiword trigger before its last word; empty for a single word."""
    lemma = tree[i].lemma.lower()
    best: tuple[int, ...] | None = None
    for word in (*entry.verbs, *entry.nouns, *entry.adjectives):
        *before, last = word.split()
        if last not in (lemma, lemma.removesuffix("s")):
            continue
        place = i - len(before)
        words = [t.lemma.lower() for t in tree.tokens[max(place, 0) : i]]
        if place >= 0 and words == before and (best is None or len(before) > len(best)):
            best = tuple(range(place, i))
    return best


def complements(tree: Tree, i: int) -> set[str]:
    """What clauses follow the predicate at `i`: "infinitive", "that", "gerund"."""
    found: set[str] = set()
    for k in tree.children(i, "xcomp", "ccomp", "acl", "advcl"):
        if tree[k].tag == "VBG" and tree[k].dep == "xcomp":
            found.add("gerund")
        elif any(tree[a].tag == "TO" for a in tree.children(k, "aux")):
            found.add("infinitive")
        elif tree[k].dep == "ccomp" or tree.child(k, "mark") is not None:
            found.add("that")
    for k in tree.children(i, "prep", "agent"):
        if tree.child(k, "pcomp") is not None:
            found.add("gerund")
    return found
