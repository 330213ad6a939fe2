"""Frames that tell no event between actors: nature, mishaps, sport, trade's own, private crime.

The words are word classes of the codebook (`force-of-nature`, `mishap`, `mishap-noun`,
`mishap-source`, `sport`, `private-person`); which sectors and types count is said here.
"""

from __future__ import annotations

from collections.abc import Mapping

from foreigndesk.coding.clause import Clause
from foreigndesk.coding.frame import Frame
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention

Classes = Mapping[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()
_UNOFFICIAL = frozenset({None, "CVL", "SOC", "BUS", "EDU", "MED", "AGR", "UNK"})
_PRIVATE = frozenset({None, "CVL", "BUS", "MED", "CRM", "EDU"})
_PLAYED_NOT = frozenset({EventType.PROTEST, EventType.SANCTION})
_OF_FIRMS = frozenset(
    {
        EventType.AID, EventType.COOPERATE, EventType.SANCTION, EventType.ACCUSE,
        EventType.REJECT, EventType.REQUEST, EventType.AGREE,
    }
)  # fmt: skip
_CRIMES = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SUPPORT})
_CUT = frozenset({EventType.SANCTION, EventType.COERCE, EventType.RETREAT})
_BECAUSE = frozenset({"because", "due", "owing", "amid", "over", "after"})


def of_nature(clause: Clause, classes: Classes) -> bool:
    """Whether no one acts: the subject is a force of nature, a disease, a mishap or its blast."""
    tree = clause.tree
    if not tree.is_verb(clause.trigger):
        return _by_mishap(tree, clause.trigger, classes)
    if tree[clause.trigger].dep == "advcl" and _is(
        tree, tree[clause.trigger].head, "mishap", classes
    ):
        return True
    return any(
        _natural(tree, head, classes) or _by_mishap(tree, head, classes)
        for head in clause.args.subject
        if not _known(clause, head)
    )


def _known(clause: Clause, head: int) -> bool:
    """Whether it is an actor that the codebook knows ("the Tamil Tigers")."""
    mention = clause.mentions.at(head)
    return mention is not None and any(m.code or m.sector for m in mention.actors())


def no_event(tree: Tree, frame: Frame, classes: Classes) -> bool:
    """Whether a frame is but sport, a firm's own business or a private crime."""
    return (
        _told_in_fiction(tree, frame.trigger, classes)
        or (frame.event is EventType.CONSULT and (_nobody(frame) or _travel(frame, classes)))
        or (frame.event not in _PLAYED_NOT and _played(tree, frame, classes))
        or _of_a_firm(frame)
        or (frame.event in _CRIMES and _private(frame, classes))
        or (frame.event in _CUT and _weather(tree, frame.trigger, classes))
    )


def _told_in_fiction(tree: Tree, trigger: int, classes: Classes) -> bool:
    """What a film or a novel tells: "the film about a spy who kidnaps a diplomat"."""
    return any(
        tree.is_noun(i) and _is(tree, i, "fiction", classes) for i in tree.ancestors(trigger)
    )


def _nobody(frame: Frame) -> bool:
    """Whether neither side has a country, an organisation or an office."""
    return not any(m.code or m.sector for m in (*frame.actor, *frame.recipient))


def _travel(frame: Frame, classes: Classes) -> bool:
    """Tourists, pilgrims and teams go abroad too."""
    return bool(frame.actor) and all(
        _words(m) & classes.get("traveller", _NONE) for m in frame.actor
    )


def _is(tree: Tree, i: int, name: str, classes: Classes) -> bool:
    words = classes.get(name, _NONE)
    text = tree[i].text.lower()
    return tree[i].lemma.lower() in words or text in words or text.removesuffix("s") in words


def _natural(tree: Tree, head: int, classes: Classes) -> bool:
    """A storm, a disease, or a name with such a word in it: "Typhoon Haiyan", "Mount Merapi"."""
    named = [head]
    if tree[head].tag.startswith("NNP"):
        named += tree.children(head, "compound")
    return any(
        _is(tree, i, "force-of-nature", classes) or _is(tree, i, "mishap-noun", classes)
        for i in named
    )


def _by_mishap(tree: Tree, i: int, classes: Classes) -> bool:
    """A blast of gas, at a coal mine or the like."""
    if tree[i].lemma not in ("blast", "explosion"):
        return False
    beside = list(tree.children(i, "compound", "amod"))
    for preposition in tree.children(i, "prep"):
        for place in tree.children(preposition, "pobj"):
            beside += [place, *tree.children(place, "compound")]
    return any(_is(tree, k, "mishap-source", classes) for k in beside)


def _played(tree: Tree, frame: Frame, classes: Classes) -> bool:
    """Whether the sentence is of sport and nobody in the frame holds an office."""
    if any(m.sector not in _UNOFFICIAL for m in (*frame.actor, *frame.recipient)):
        return False
    text = " ".join(token.text.lower() for token in tree.tokens).replace(" - ", "-")
    padded = f" {text} "
    return any(f" {words} " in padded for words in classes.get("sport", _NONE))


def _of_a_firm(frame: Frame) -> bool:
    """What a firm does, but for what it does openly with a state or another's people."""
    if not frame.actor or any(m.sector != "BUS" for m in frame.actor):
        return False
    if frame.event not in _OF_FIRMS or frame.guessed:
        return True
    return not any(m.code and m.sector != "BUS" for m in frame.recipient)


def _private(frame: Frame, classes: Classes) -> bool:
    """What a single private person does to another of the same country."""
    if not frame.actor or any(m.sector not in _PRIVATE for m in (*frame.actor, *frame.recipient)):
        return False
    codes = {m.code for m in frame.actor}
    if codes != {None} and any(m.code and m.code not in codes for m in frame.recipient):
        return False
    return all(_words(m) & classes.get("private-person", _NONE) for m in frame.actor)


def _words(mention: Mention) -> frozenset[str]:
    return frozenset(mention.text.lower().replace("-", " ").split())


def _weather(tree: Tree, trigger: int, classes: Classes) -> bool:
    """Whether it is done because of a storm, ash, a disease."""
    return any(
        _is(tree, noun, "force-of-nature", classes)
        for k in tree.children(trigger, "prep")
        if tree[k].text.lower() in _BECAUSE
        for inner in (k, *tree.children(k, "pcomp", "prep"))
        for noun in tree.children(inner, "pobj")
    )
