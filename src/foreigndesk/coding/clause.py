"""A predicate with its arguments and, for a noun, the verb that carries it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.named import named_at
from foreigndesk.grammar.clauses import Arguments, arguments, light_verb, preps, surface_subject
from foreigndesk.grammar.tree import Tree

Kept = TypeVar("Kept")
NO_ARGUMENTS = Arguments()


@dataclass(slots=True, eq=False)  # not frozen: thousands are made, and frozen ones take thrice
class Clause:
    """A predicate at token `trigger` with its arguments and, for a noun, the verb that carries it.

    `carrier` is the light verb ("hold" in "hold talks"), None if there is none. `converse`: the
    verb's subject suffers what the noun tells ("suffered an attack", "was met with criticism");
    `args` then hold who does it and that subject.
    """

    tree: Tree
    mentions: SentenceMentions
    trigger: int
    args: Arguments
    carrier: int | None = None
    carried: Arguments = NO_ARGUMENTS
    converse: bool = False
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once for this clause and kept under `name`."""
        found: Kept
        try:
            found = self._memo[name]
        except KeyError:
            found = self._memo[name] = make()
        return found

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

    def roles(self) -> frozenset[str]:
        """The names of the roles that are filled, prepositions by their words."""
        args, carried = self.args, self.carried
        pairs = (*args.preps, *args.inner, *carried.preps, *carried.inner)
        found = {name for name, _ in pairs}
        if self._there():
            found |= {"to", "in"}
        found.update(name for name in ("subject", "object", "indirect") if self.heads(name))
        return frozenset(found)

    def _there(self) -> tuple[int, ...]:
        """The adverbs "there" and "here" beside the trigger, which stand for "to" a place."""
        kids = self.tree.children(self.trigger, "advmod")
        return tuple(k for k in kids if self.tree[k].text.lower() in ("there", "here"))


@dataclass(frozen=True, slots=True)
class Carriers:
    """Verbs that carry an event noun, by lemma, some with their particles and prepositions.

    The subject of a `light` one acts; of a `converse` one it suffers; of a `converse_from` one it
    does so only where a by- or from-phrase tells who acts.
    """

    light: frozenset[str] = frozenset()
    converse: frozenset[str] = frozenset()
    converse_from: frozenset[str] = frozenset()


NO_CARRIERS = Carriers()


def clause_at(
    tree: Tree, mentions: SentenceMentions, i: int, carriers: Carriers = NO_CARRIERS
) -> Clause:
    """The clause of the predicate at `i`, with the verb among `carriers` that carries a noun."""
    if tree[i].tag == "MD":
        return Clause(tree, mentions, i, Arguments(arguments(tree, tree[i].head).subject))
    if tree.is_verb(i):
        args = _straight(tree, i, arguments(tree, i))
        accused = _accused(tree, mentions, i)
        return Clause(tree, mentions, i, replace(args, subject=accused) if accused else args)
    if tree[i].tag.startswith("JJ"):
        return Clause(
            tree, mentions, i, Arguments(_adjective_subject(tree, i), preps=preps(tree, i))
        )
    carrier = light_verb(tree, i)
    own = _named_so(tree, i, arguments(tree, i))
    if carrier is None:
        return Clause(tree, mentions, i, own)
    turned = _turned(tree, mentions, i, carrier, carriers)
    if turned is not None:
        return Clause(tree, mentions, i, turned, converse=True)
    called = tree.child(carrier, "oprd") not in (None, i)  # "called the charge absurd"
    if called or tree[carrier].lemma not in carriers.light:
        return Clause(tree, mentions, i, own)
    return Clause(tree, mentions, i, own, carrier, arguments(tree, carrier))


def _straight(tree: Tree, i: int, args: Arguments) -> Arguments:
    """A verb with its own subject and object is active ("struck down a decree by X").

    Who is let, made or wanted to do a thing is the object ("let [a convoy] cross").
    """
    own, object_ = tuple(tree.children(i, "nsubj")), tuple(tree.children(i, "dobj"))
    if args.passive and own and object_:
        by = tuple(("by", head) for head in args.subject)
        return replace(args, subject=own, object=object_, preps=args.preps + by, passive=False)
    if not args.object and not args.passive:
        return replace(args, object=_made_to(tree, i))
    return args


def _made_to(tree: Tree, i: int) -> tuple[int, ...]:
    return tuple(
        head
        for k in tree.children(i, "ccomp")
        if tree[k].tag == "VB" and tree.child(k, "mark") is None
        if not any(tree[a].tag == "MD" for a in tree.children(k, "aux"))
        for head in tree.children(k, "nsubj")
    )


def _named_so(tree: Tree, i: int, own: Arguments) -> Arguments:
    """Behind "called X a liar" the noun's object is X."""
    verb = tree[i].head
    if tree[i].dep not in ("oprd", "dobj") or not tree.is_verb(verb):
        return own
    named = tuple(k for k in tree.children(verb, "dobj") if k < i)
    return replace(own, object=named) if named else own


def _turned(
    tree: Tree, mentions: SentenceMentions, i: int, verb: int, carriers: Carriers
) -> Arguments | None:
    """Who does to whom what noun `i` tells, if `verb` is converse; None if it is not."""
    words = _with_particles(tree, i, verb)
    if words not in carriers.converse and words not in carriers.converse_from:
        return None
    own, carried = arguments(tree, i), arguments(tree, verb)
    sufferers = carried.object if carried.passive else carried.subject
    told = tuple(h for n, h in (*own.preps, *carried.preps) if n in ("by", "from"))
    doers = tuple(h for h in told if named_at(tree, mentions, h))
    if not sufferers or i in sufferers or (words not in carriers.converse and not doers):
        return None
    preps_ = tuple(p for p in (*own.preps, *carried.preps) if p[0] not in ("by", "from"))
    return Arguments(doers or own.subject, sufferers, (), preps_, own.inner)


def _with_particles(tree: Tree, i: int, verb: int) -> str:
    """The verb's lemma with its particles and the preposition before noun `i`: "come in for"."""
    particles = [tree[k].text.lower() for k in tree.children(verb, "prt")]
    before = [tree[tree[i].head].text.lower()] if tree[i].dep == "pobj" else []
    return " ".join([tree[verb].lemma, *particles, *before])


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
    if token.dep == "oprd" and tree.children(token.head, "dobj"):
        return tuple(tree.children(token.head, "dobj"))
    if token.dep in ("acomp", "attr", "conj", "oprd") and token.head != i:
        return surface_subject(tree, token.head)
    if token.dep == "ROOT":
        return tuple(tree.children(i, "nsubj"))
    return ()
