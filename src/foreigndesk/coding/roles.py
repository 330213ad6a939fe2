"""Which actors fill a role of a predicate: from syntactic arguments to mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.grammar.clauses import (
    Arguments,
    agents,
    arguments,
    is_passive,
    light_verb,
    preps,
    surface_subject,
)
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention

_OWNING = ("of", "by", "from", "between", "against", "with", "on", "in")
_BEFORE = ("poss", "compound", "nmod", "amod", "npadvmod")


@dataclass(frozen=True)
class Clause:
    """A predicate at token `trigger` with its arguments and, for a noun, the verb that carries it.

    `carrier` is the light verb ("hold" in "hold talks"), None if there is none.
    """

    tree: Tree
    mentions: SentenceMentions
    trigger: int
    args: Arguments
    carrier: int | None = None
    carried: Arguments = field(default_factory=Arguments)

    def heads(self, role: str) -> tuple[int, ...]:
        """The heads of the phrases in a role: "subject", "object", "indirect" or a preposition."""
        if role == "subject":
            return self.args.subject
        if role == "object":
            return self.args.object
        if role == "indirect":
            return self.args.indirect or self.carried.indirect
        there = self._there() if role in ("to", "in") else ()
        return there + tuple(
            head
            for name, head in (
                *self.args.preps, *self.args.inner, *self.carried.preps, *self.carried.inner
            )
            if name == role and head != self.trigger
        )  # fmt: skip

    def _there(self) -> tuple[int, ...]:
        """The adverbs "there" and "here" beside the trigger, which stand for "to" a place."""
        kids = self.tree.children(self.trigger, "advmod")
        return tuple(k for k in kids if self.tree[k].text.lower() in ("there", "here"))


def clause_at(tree: Tree, mentions: SentenceMentions, i: int, light: frozenset[str]) -> Clause:
    """The clause of the predicate at `i`; `light` are the lemmas of light verbs."""
    if tree.is_verb(i):
        args = arguments(tree, i)
        accused = _accused(tree, mentions, i)
        return Clause(tree, mentions, i, replace(args, subject=accused) if accused else args)
    if tree[i].tag.startswith("JJ"):
        return Clause(
            tree, mentions, i, Arguments(_adjective_subject(tree, i), preps=preps(tree, i))
        )
    carrier = light_verb(tree, i)
    if carrier is None or tree[carrier].lemma not in light:
        return Clause(tree, mentions, i, arguments(tree, i))
    return Clause(tree, mentions, i, arguments(tree, i), carrier, arguments(tree, carrier))


def _accused(tree: Tree, mentions: SentenceMentions, i: int) -> tuple[int, ...]:
    """The actor whose gerund a parser hung on it: "accused [the North of arming rebels]"."""
    preposition = tree[i].head
    if tree[i].dep != "pcomp" or tree[preposition].text.lower() not in ("of", "for", "with"):
        return ()
    noun = tree[preposition].head
    mention = mentions.at(noun)
    if tree[noun].dep not in ("dobj", "nsubjpass", "pobj") or mention is None:
        return ()
    return (noun,) if mention.kind != "adjective" and mention.head == noun else ()


def _adjective_subject(tree: Tree, i: int) -> tuple[int, ...]:
    token = tree[i]
    if token.dep in ("acomp", "attr", "conj", "oprd") and token.head != i:
        return surface_subject(tree, token.head)
    if token.dep == "ROOT":
        return tuple(tree.children(i, "nsubj"))
    return ()


def actors_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """The actors that the noun phrase headed at `head` names, its coordination included."""
    found: list[Mention] = []
    for node in tree.conjuncts(head):
        mention = mentions.at(node)
        if mention is not None and mention.kind != "adjective":
            found.extend(mentions.actors(mention))
    return distinct(found)


def owners_at(
    tree: Tree, mentions: SentenceMentions, head: int, depth: int = 2
) -> tuple[Mention, ...]:
    """The actors to whom a thing belongs or whose it is: "Iran's tests", "a ban by the EU"."""
    before: list[Mention] = []
    for kid in tree.children(head, *_BEFORE):
        mention = mentions.at(kid)
        if mention is not None:
            before.extend(mentions.actors(mention))
            before.extend(m for k in tree.conjuncts(kid)[1:] for m in actors_at(tree, mentions, k))
    if before:
        return distinct(before)
    doers = distinct(m for k in agents(tree, head) for m in actors_at(tree, mentions, k))
    if doers:
        return doers
    for name, noun in preps(tree, head):
        if name not in _OWNING:
            continue
        found = actors_at(tree, mentions, noun)
        if not found and depth:
            found = owners_at(tree, mentions, noun, depth - 1)
        if found:
            return found
    return ()


def possessors_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """Who stands before a thing or behind its "of" or "by": "Iran's tests", "a raid by Mali"."""
    found = [m for k in tree.children(head, *_BEFORE) if (m := mentions.at(k)) is not None]
    if found:
        return distinct(m for mention in found for m in mentions.actors(mention))
    return distinct(
        m
        for name, noun in (*preps(tree, head), *_hung_too_high(tree, head))
        if name in ("of", "by")
        for m in actors_at(tree, mentions, noun)
    )


def _hung_too_high(tree: Tree, head: int) -> tuple[tuple[str, int], ...]:
    """The by-phrase of an object that a parser hung on its active verb: "condemned drills by X"."""
    verb = tree[head].head
    if tree[head].dep != "dobj" or not tree.is_verb(verb) or is_passive(tree, verb):
        return ()
    return tuple((name, noun) for name, noun in preps(tree, verb) if name == "by" and noun > head)


def named_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """The actors at `head` itself, else those whom the thing there belongs to."""
    return actors_at(tree, mentions, head) or owners_at(tree, mentions, head)


def fill(clause: Clause, role: str) -> tuple[Mention, ...]:
    """The actors in one role of a clause; empty if there are none.

    A mention headed by the trigger itself and of no country ("shared opposition to ...") fills no
    role of it.
    """
    found = _fill(clause, role)
    own = clause.mentions.headed(clause.trigger)
    return minus(found, own.actors()) if own and found and own.mention.code is None else found


def _fill(clause: Clause, role: str) -> tuple[Mention, ...]:
    tree, mentions = clause.tree, clause.mentions
    if role == "subject":
        return _subject(clause)
    if role == "owner":
        heads = clause.args.object
        return distinct(m for h in heads for m in owners_at(tree, mentions, h))
    if role == "between":
        return distinct(m for h in clause.heads("between") for m in actors_at(tree, mentions, h))
    found = distinct(m for h in clause.heads(role) for m in named_at(tree, mentions, h))
    return found or _gerund_role(clause, role)


def _subject(clause: Clause) -> tuple[Mention, ...]:
    tree, mentions = clause.tree, clause.mentions
    own = distinct(
        m for h in clause.args.subject for m in _strict(tree, mentions, h, clause.trigger)
    )
    itself = mentions.headed(clause.trigger)
    if clause.carrier is None or (own and (itself is None or own != itself.actors())):
        return own
    carried = distinct(m for h in clause.carried.subject for m in named_at(tree, mentions, h))
    return carried or own


def _strict(tree: Tree, mentions: SentenceMentions, head: int, trigger: int) -> tuple[Mention, ...]:
    """Actors at a subject: adjectives count only right before an event noun ("Russian attack")."""
    mention = mentions.at(head)
    if mention is not None and mention.kind == "adjective":
        return mentions.actors(mention) if tree[head].head == trigger and head != trigger else ()
    found = actors_at(tree, mentions, head)
    if found or tree[head].tag.startswith("JJ"):
        return found
    if head == trigger:
        return ()
    return possessors_at(tree, mentions, head) or _issuers(tree, mentions, head, trigger)


def _issuers(
    tree: Tree, mentions: SentenceMentions, head: int, trigger: int
) -> tuple[Mention, ...]:
    """Who put out or did what says or does it: "released a statement criticising Y"."""
    if tree[trigger].dep not in ("acl", "relcl") or tree[head].dep not in ("dobj", "nsubjpass"):
        return ()
    args = arguments(tree, tree[head].head)
    return distinct(m for h in args.subject for m in actors_at(tree, mentions, h))


def _gerund_role(clause: Clause, role: str) -> tuple[Mention, ...]:
    """Whose doing is spoken of behind a preposition: "concern over the U.S.'s expanding ..."."""
    tree, mentions = clause.tree, clause.mentions
    for node in (
        clause.trigger,
        *clause.args.object,
        *([clause.carrier] if clause.carrier else []),
    ):
        for k in tree.children(node, "prep"):
            if tree[k].text.lower() != role:
                continue
            for verb in tree.children(k, "pcomp"):
                heads = tree.children(verb, "poss", "nsubj", "nsubjpass")
                found = distinct(m for h in heads for m in named_at(tree, mentions, h))
                if found:
                    return found
    return ()


def distinct(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions without repeats of the same actor, in order."""
    kept: dict[tuple[object, ...], Mention] = {}
    for mention in found:
        key = (
            (mention.actor_id, mention.code)
            if mention.actor_id
            else (mention.start, mention.end, mention.name, mention.code)
        )
        kept.setdefault(key, mention)
    return tuple(kept.values())


def same_actor(a: Mention, b: Mention) -> bool:
    """Whether two mentions are of one actor: the same entry, or the same name or words."""
    if a.actor_id or b.actor_id:
        return a.actor_id == b.actor_id and a.sector == b.sector
    if a.code != b.code:
        return False
    return (a.start, a.end) == (b.start, b.end) or (a.name is not None and a.name == b.name)


def minus(found: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`found` without any actor that is among `others`."""
    return tuple(m for m in found if not any(same_actor(m, o) for o in others))
