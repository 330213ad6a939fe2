"""Who does what in a clause: subjects, objects and prepositions of a verb or an event noun.

Understood participants are found too: those shared by coordination ("arrested and deported"),
controlled ("urged Iran to free", "agreed to meet"), relative ("troops that crossed"), participial
("missiles fired by") and of verbal nouns ("the arrest of X by Y", "Kim's visit to Russia").
"""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.grammar.tree import Tree, once

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
_OBJECT_CONTROL_PREPS = frozenset({"of", "for", "from", "with", "into", "against", "over"})
_PASSIVE = ("nsubjpass", "auxpass", "csubjpass")
_SUBJECT_RAISING = frozenset({"promise", "vow", "pledge", "threaten", "swear"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The participants of one predicate, as indices of the heads of their noun phrases.

    `subject` is who acts (the by-agent of a passive), `object` who or what is acted on, `indirect`
    the indirect object; `preps` pairs of (preposition, head) on the predicate, `inner` those on
    its object, which often belong to both ("imposed sanctions on Iran").
    """

    subject: tuple[int, ...] = ()
    object: tuple[int, ...] = ()
    indirect: tuple[int, ...] = ()
    preps: tuple[tuple[str, int], ...] = ()
    inner: tuple[tuple[str, int], ...] = ()
    passive: bool = False


@once
def is_passive(tree: Tree, i: int) -> bool:
    """Whether verb `i` is passive, bare participles after a noun ("arms sent to") included."""
    token = tree[i]
    if tree.child(i, *_PASSIVE) is not None or tree.child(i, "agent") is not None:
        return True
    if token.tag not in ("VBN", "VBD") or tree.child(i, "dobj") is not None:
        return False
    if token.dep == "acl":
        return token.tag == "VBN" or _agent(tree, i) is not None
    if token.dep == "conj" and tree.child(i, "nsubj", "aux") is None and token.tag == "VBN":
        return is_passive(tree, token.head)
    return token.dep == "advcl" and token.tag == "VBN" and tree.child(i, "nsubj", "aux") is None


@once
def arguments(tree: Tree, i: int) -> Arguments:
    """The participants of the predicate at `i`, a verb or a noun."""
    return _verb_arguments(tree, i) if tree.is_verb(i) else noun_arguments(tree, i)


def _verb_arguments(tree: Tree, i: int) -> Arguments:
    passive = is_passive(tree, i)
    surface = surface_subject(tree, i)
    objects = _own_objects(tree, i)
    if passive:
        agent = _agent(tree, i)
        subject = tuple(tree.children(agent, "pobj")) if agent is not None else ()
        indirect = surface if objects else ()
        objects = objects or surface
    else:
        subject, indirect = surface, tuple(tree.children(i, "dative"))
        indirect = tuple(k for k in indirect if not _is_preposition(tree, k))
        objects = objects or _relative_object(tree, i)
    own = preps(tree, i)
    within = (*objects, *tree.children(i, "oprd", "attr")) or tuple(o for _, o in own)
    inner = tuple(p for o in within for p in _deep(tree, o))
    return Arguments(subject, objects, indirect, own, inner, passive)


def surface_subject(tree: Tree, i: int, depth: int = 8) -> tuple[int, ...]:
    """The grammatical subject of verb `i`, its own or understood; relative pronouns resolved."""
    own = tree.children(i, "nsubj", "nsubjpass")
    if own:
        found = tuple(a for k in own for a in antecedent(tree, k))
        paired = headline_pair(tree, found[0])
        return found if paired is None or paired in found else (paired, *found)
    if depth == 0:
        return ()
    token = tree[i]
    head = token.head
    if token.dep == "conj" and tree.is_verb(head):
        return surface_subject(tree, head, depth - 1)
    if token.dep in ("xcomp", "ccomp", "oprd") and (tree.is_verb(head) or tree[head].tag == "JJ"):
        return _controller(tree, i, head, depth)
    if token.dep == "acomp":
        return surface_subject(tree, head, depth - 1)
    if token.dep == "acl":
        return (head,) if token.tag in ("VBG", "VBN", "VBD") else owners(tree, head)
    if token.dep == "relcl":
        return _headline_subject(tree, i)
    if token.dep == "advcl" and tree.is_verb(head):
        return surface_subject(tree, head, depth - 1)
    if token.dep == "pcomp":
        return _gerund_subject(tree, head, depth)
    return ()


def _headline_subject(tree: Tree, i: int) -> tuple[int, ...]:
    """Who is to act in a headline that a parser took for a noun: "Mali, Chad leaders to meet"."""
    head = tree[i].head
    if tree[head].dep != "ROOT" or not _is_infinitive(tree, i) or tree.child(head, "det"):
        return ()
    return (head, *(k for k in tree.children(head, "appos") if k < i))


@once
def headline_pair(tree: Tree, i: int) -> int | None:
    """The first of two subjects that a headline joins by a comma ("Iran, Iraq sign deal")."""
    first = tree.subtree(i)[0] if i >= 2 else 0
    if first < 2 or tree[first - 1].text != "," or not tree.is_noun(first - 2):
        return None
    before = first - 2
    left = [k for k in tree.children(before, "compound", "amod", "det", "nmod") if k < before]
    if min([before, *left]) > 0 or tree[before].dep.startswith("nsubj"):
        own = tree[before].dep.startswith("nsubj") and tree[before].head == tree[i].head
        return before if own and min([before, *left]) == 0 else None
    return before


def _controller(tree: Tree, i: int, head: int, depth: int) -> tuple[int, ...]:
    """Who the subject of a complement is: the governor's object if it has one, else its subject."""
    if tree[head].lemma not in _SUBJECT_RAISING and tree[i].dep != "ccomp":
        objects = [k for k in tree.children(head, "dobj", "dative") if not _is_preposition(tree, k)]
        if objects and objects[0] < i:
            return (objects[0],)
    if tree[i].dep == "ccomp" and not _is_infinitive(tree, i):
        return ()
    return surface_subject(tree, head, depth - 1)


def _gerund_subject(tree: Tree, preposition: int, depth: int) -> tuple[int, ...]:
    """The subject of a gerund behind a preposition ("accused Iran of sending", "after meeting")."""
    governor = tree[preposition].head
    if governor == preposition:
        return ()
    if not tree.is_verb(governor):
        objects = owners(tree, governor)
        verb = tree[governor].head
        if tree[governor].dep == "dobj" and not objects:
            return surface_subject(tree, verb, depth - 1)
        return objects
    objects_ = [k for k in tree.children(governor, "dobj") if k < preposition]
    if objects_ and tree[preposition].lemma.lower() in _OBJECT_CONTROL_PREPS:
        return tuple(objects_[:1])
    return surface_subject(tree, governor, depth - 1)


def antecedent(tree: Tree, i: int) -> tuple[int, ...]:
    """What `i` stands for if it is a relative pronoun, else `i` itself."""
    if tree[i].tag not in RELATIVE_TAGS:
        return (i,)
    for node in tree.ancestors(i):
        if tree[node].dep == "relcl":
            return (tree[node].head,)
    return (i,)


def _own_objects(tree: Tree, i: int) -> tuple[int, ...]:
    found = tree.children(i, "dobj")
    return tuple(a for k in found for a in antecedent(tree, k))


def _relative_object(tree: Tree, i: int) -> tuple[int, ...]:
    """The antecedent of a relative clause without relative subject ("the deal they signed")."""
    token = tree[i]
    if token.dep != "relcl" or not tree.children(i, "nsubj"):
        return ()
    subject = tree.children(i, "nsubj")[0]
    if tree[subject].tag in RELATIVE_TAGS:
        return ()
    fronted = tree.children(i, "prep")
    if any(k < subject and tree.child(k, "pobj") is not None for k in fronted):
        return ()
    return (token.head,)


def _agent(tree: Tree, i: int) -> int | None:
    agent = tree.child(i, "agent")
    if agent is not None:
        return agent
    if tree[i].tag in ("VBN", "VBD"):
        for k in tree.children(i, "prep"):
            if tree[k].text.lower() == "by" and tree.child(k, "pobj") is not None:
                return k
    return None


def _is_preposition(tree: Tree, i: int) -> bool:
    return tree[i].tag in ("IN", "TO")


def _is_infinitive(tree: Tree, i: int) -> bool:
    return any(tree[k].tag == "TO" for k in tree.children(i, "aux"))


@once
def preps(tree: Tree, i: int) -> tuple[tuple[str, int], ...]:
    """The (preposition, head of its noun phrase) pairs on `i`, two-word prepositions joined."""
    found: list[tuple[str, int]] = []
    for k in tree.children(i, "prep", "agent", "dative", "prt", "advmod"):
        found.extend(_prep_objects(tree, k, tree[k].text.lower(), 0))
    return tuple(found)


def _prep_objects(tree: Tree, k: int, name: str, depth: int) -> list[tuple[str, int]]:
    found = [(name, a) for o in tree.children(k, "pobj") for a in antecedent(tree, o)]
    if name == "as" and not found:  # "described it as unacceptable"
        found = [(name, a) for a in tree.children(k, "amod", "acomp", "advcl", "pcomp")]
    if depth < 2:
        for inner in tree.children(k, "prep", "pcomp"):
            if tree[inner].tag in ("IN", "TO"):
                joined = f"{name} {tree[inner].text.lower()}"
                found.extend(_prep_objects(tree, inner, joined, depth + 1))
    if not tree.children(k, "pobj") and tree[k].dep in ("prep", "agent"):
        relative = [n for n in tree.ancestors(k) if tree[n].dep == "relcl"]
        if relative and not tree.children(k, "pcomp", "prep"):
            found.append((name, tree[relative[0]].head))
    return found


def _deep(tree: Tree, i: int) -> tuple[tuple[str, int], ...]:
    """The prepositions on a noun, and on what stands behind its "of" ("goal of union with X")."""
    own = preps(tree, i)
    return own + tuple(p for name, o in own if name == "of" for p in preps(tree, o))


def owners(tree: Tree, i: int) -> tuple[int, ...]:
    """Whose noun `i` is: possessor, of- or by-phrase, else the subject of the verb it completes."""
    own = tuple(a for k in tree.children(i, "poss") for a in antecedent(tree, k))
    by = tuple(o for name, o in preps(tree, i) if name in ("by", "of", "from"))
    if own or by:
        return own or by
    before = tuple(tree.children(i, "compound", "nmod", "amod"))
    token = tree[i]
    if token.dep in ("dobj", "attr") and tree.is_verb(token.head):
        return surface_subject(tree, token.head) or before
    if token.dep in ("nsubj", "nsubjpass"):
        return before
    return before


def noun_arguments(tree: Tree, i: int) -> Arguments:
    """The participants of an event noun: its possessor and by-phrase act, its of-phrase suffers.

    `subject` holds the possessor or by-phrase, then the words before the noun (which may be no
    actors at all); where there are none, the subject of the verb whose object the noun is.
    """
    found = (*preps(tree, i), *_hung_on_verb(tree, i))
    possessor = tuple(a for k in tree.children(i, "poss") for a in antecedent(tree, k))
    by = tuple(o for name, o in found if name == "by")
    before = tuple(tree.children(i, "compound", "nmod", "amod"))
    subject = by or agents(tree, i) or possessor or before
    objects = tuple(o for name, o in found if name == "of")
    if by and possessor:
        objects = possessor + objects
    inner = tuple(p for o in objects for p in preps(tree, o) if p[0] != "of")
    return Arguments(subject, objects, (), found, inner, False)


def _hung_on_verb(tree: Tree, i: int) -> tuple[tuple[str, int], ...]:
    """The phrase right behind an object, hung on its verb: "stopped [gas talks] with Moscow"."""
    verb = tree[i].head
    if tree[i].dep != "dobj" or not tree.is_verb(verb):
        return ()
    behind = tree.subtree(i)[-1] + 1
    return tuple(
        pair
        for k in tree.children(verb, "prep")
        if k == behind
        for pair in _prep_objects(tree, k, tree[k].text.lower(), 0)
    )


@once
def agents(tree: Tree, i: int) -> tuple[int, ...]:
    """By whom a noun's participle is done: "a statement released by X", "raids made by X".

    Not what others make of it, set off by a comma: "X's veto, condemned by Y".
    """
    return tuple(
        o
        for verb in tree.children(i, "acl")
        if tree[verb].tag in ("VBN", "VBD")
        and tree[verb - 1].text != ","
        and (agent := _agent(tree, verb)) is not None
        for o in tree.children(agent, "pobj")
    )


def light_verb(tree: Tree, i: int) -> int | None:
    """The verb of which event noun `i` is object, subject of a passive, or complement, or None."""
    token = tree[i]
    if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and tree.is_verb(token.head):
        return token.head
    if token.dep == "pobj":
        preposition = tree[i].head
        governor = tree[preposition].head
        if governor != preposition and tree.is_verb(governor):
            return governor
    return None
