"""The conditions of predicate entries, as a table of small functions.

Each gives the points it is worth and the tokens it took where it holds, or says why it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foreigndesk.coding.candidates import Candidate, Candidates, Wanted
from foreigndesk.coding.clause import Clause
from foreigndesk.coding.named import actors_at
from foreigndesk.grammar.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass", "agent")
_PARTICLES = ("prt", "advmod", "prep", "acomp", "advcl", "oprd")
_BEFORE_NOUN = ("amod", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Met:
    """A condition that holds: `points` for how telling it is, the `tokens` that are its words."""

    points: float
    tokens: frozenset[int] = frozenset()


NOTHING = Met(0.0)
Condition = Callable[[Clause, Candidate], Met | str]


def phrase(clause: Clause, candidate: Candidate) -> Met | str:
    """The words of a multiword trigger stand before its last word."""
    i, tokens = clause.trigger, clause.tree.tokens
    for words in candidate.phrases:
        if not words:
            return NOTHING
        first = i - len(words)
        if first >= 0 and all(tokens[first + n].lemma.lower() == w for n, w in enumerate(words)):
            return Met(len(words), frozenset(range(first, i)))
    return "not the whole phrase"


def particle(clause: Clause, candidate: Candidate) -> Met | str:
    """One of the particles, or of the words that an object is called, stands with the verb."""
    tree = clause.tree
    for k in tree.children(clause.trigger, *_PARTICLES):
        if {tree[k].text.lower(), tree[k].lemma} & candidate.particle:
            called = tree[k].dep == "oprd"
            return Met(6.0 if called else 2.0, frozenset({k}) if called else frozenset())
    return f"no particle {'/'.join(candidate.entry.particle)}"


def object_(clause: Clause, candidate: Candidate) -> Met | str:
    """The object is one of those wanted, and none of those that are barred."""
    barred = candidate.without
    if barred is not None and among(clause, "object", barred):
        return f"object is {barred.said}"
    return _role(clause, "object", candidate.object)


def subject(clause: Clause, candidate: Candidate) -> Met | str:
    """Who acts is one of those wanted."""
    met = _role(clause, "subject", candidate.subject)
    return met if isinstance(met, str) else Met(met.points)


def prepositions(clause: Clause, candidate: Candidate) -> Met | str:
    """Each preposition wanted has one of the nouns wanted."""
    for name, wanted in candidate.with_:
        if among(clause, name, wanted) is None:
            return f"no {name} {wanted.said}"
    return Met(2 * len(candidate.with_))


def complement(clause: Clause, candidate: Candidate) -> Met | str:
    """A clause of the kind wanted follows."""
    entry = candidate.entry
    found = clause.kept("complements", lambda: complements(clause.tree, clause.trigger))
    if not found.isdisjoint(entry.complement):
        return Met(2)
    return f"no {'/'.join(entry.complement)} follows"


def modifier(clause: Clause, candidate: Candidate) -> Met | str:
    """One of the words stands before the noun, or before the object of the verb."""
    entry, tree = candidate.entry, clause.tree
    nouns = clause.args.object if tree.is_verb(clause.trigger) else (clause.trigger,)
    kids = [k for noun in nouns for k in tree.children(noun, *_BEFORE_NOUN)]
    if any(tree[k].text.lower() in entry.modifier for k in kids):
        return Met(2)
    return f"no {'/'.join(entry.modifier)} before it"


def carrier(clause: Clause, candidate: Candidate) -> Met | str:
    """One of the verbs carries the noun."""
    entry = candidate.entry
    if clause.carrier is not None and clause.tree[clause.carrier].lemma in entry.carrier:
        return Met(2)
    return f"no {'/'.join(entry.carrier)} carries it"


def own_subject(clause: Clause, candidate: Candidate) -> Met | str:
    """The subject stands with the verb itself."""
    tree, trigger = clause.tree, clause.trigger
    shared = tree[trigger].dep == "advcl" and tree.child(trigger, *_SUBJECTS) is None
    return "its subject is a whole clause" if shared else NOTHING


CONDITIONS: dict[str, Condition] = {
    "phrase": phrase,
    "particle": particle,
    "object": object_,
    "subject": subject,
    "with": prepositions,
    "complement": complement,
    "modifier": modifier,
    "carrier": carrier,
    "own_subject": own_subject,
}


OWN = 100
"""Points for an entry of the user's own: more than all conditions of another can bring."""


def hopeful(clause: Clause, candidates: Candidates) -> list[Candidate]:
    """The candidates but for those that cannot hold, as no such object or preposition is there."""
    return candidates.hopeful(clause.roles(), lemmas(clause, "object"))


def met(clause: Clause, candidate: Candidate) -> Met | str:
    """All conditions of an entry together: the sum, or the first that does not hold."""
    entry = candidate.entry
    points, tokens = entry.weight + (OWN if entry.own else 0), frozenset[int]()
    for name in candidate.conditions:
        result = CONDITIONS[name](clause, candidate)
        if isinstance(result, str):
            return result
        points += result.points
        if result.tokens:
            tokens |= result.tokens
    return Met(points, tokens)


def among(clause: Clause, role: str, wanted: Wanted) -> tuple[int, ...] | None:
    """The heads in a role that are among those `wanted`, None if there are none."""
    heads = _kept_heads(clause, role)
    if not heads:
        return () if wanted.none else None
    if wanted.actor and wanted.thing:
        return heads
    if not wanted.words.isdisjoint(lemmas(clause, role)):
        return tuple(h for h in heads if _is(clause, h, wanted))
    if not wanted.actor and not wanted.thing:
        return None
    actors = clause.kept(f"actors {role}", lambda: _actors(clause, heads))
    return tuple(h for h in heads if (h in actors) == wanted.actor) or None


def _heads(clause: Clause, role: str) -> tuple[int, ...]:
    return tuple(n for h in clause.heads(role) for n in clause.tree.conjuncts(h))


def lemmas(clause: Clause, role: str) -> frozenset[str]:
    """The lemmas of the heads in a role."""
    return clause.kept(f"lemmas {role}", lambda: _lemmas(clause, _kept_heads(clause, role)))


def _kept_heads(clause: Clause, role: str) -> tuple[int, ...]:
    return clause.kept(f"heads {role}", lambda: _heads(clause, role))


def _lemmas(clause: Clause, heads: tuple[int, ...]) -> frozenset[str]:
    return frozenset(clause.tree[h].lemma.lower() for h in heads)


def _actors(clause: Clause, heads: tuple[int, ...]) -> frozenset[int]:
    return frozenset(h for h in heads if actors_at(clause.tree, clause.mentions, h))


def _role(clause: Clause, role: str, wanted: Wanted | None) -> Met | str:
    if wanted is None:
        return NOTHING
    hit = among(clause, role, wanted)
    if hit is None:
        return f"{role} is not {wanted.said}"
    return Met(wanted.points, frozenset(hit) if wanted.closed else frozenset())


def _is(clause: Clause, head: int, wanted: Wanted) -> bool:
    if clause.tree[head].lemma.lower() in wanted.words:
        return True
    if not wanted.actor and not wanted.thing:
        return False
    return bool(actors_at(clause.tree, clause.mentions, head)) == wanted.actor


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
