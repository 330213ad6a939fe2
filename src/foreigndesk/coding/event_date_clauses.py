"""How clauses share a time and a place: which words are said of which event.

What stands in a clause is the event's own if the path up to the event passes no other event and
no other verb. Else the clause that governs it may lend its time: the light verb of a noun ("held
talks on Friday"), the clause of "began to ..." or "..., killing dozens", of "where", "when" and
"at which".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.times import TimeBook
from foreigndesk.coding.tense import auxiliaries
from foreigndesk.grammar.tree import Tree

_PASSED = frozenset({"aux", "auxpass", "amod", "prep", "acl", "pcomp"})
"""Verbs within a phrase, no clause: "a bus carrying fans in Lahore on Friday"."""


@dataclass(frozen=True)
class DateWords:
    """Lemmas and forms that say how clauses share a time (the codebook's times.light and so on)."""

    light: frozenset[str]
    carry: frozenset[str]
    go: frozenset[str]
    relate: frozenset[str]
    during: frozenset[str]
    background: frozenset[str]
    bound: dict[str, str]
    nouns: re.Pattern[str]
    months: re.Pattern[str]


def date_words(codebook: Codebook) -> DateWords:
    """The words of a codebook. Raises CodebookError."""
    book = TimeBook(codebook)
    light, carry, go, relate, during, background = (
        frozenset(book.lists[name].words)
        for name in ("light", "carry", "go", "relate", "during", "background")
    )
    bound = {word: str(side) for word, side in book.lists["bound"].words.items()}
    nouns = re.compile(
        rf"(?!(?:{book.words('thing')})s?$)(?:{book.words('eventnoun')})", re.IGNORECASE
    )
    months = re.compile(rf"(?<!\w)(?:{book.words('month')}|{book.words('mon')})(?!\w)", re.I)
    return DateWords(light, carry, go, relate, during, background, bound, nouns, months)


@cache
def package_words() -> DateWords:
    return date_words(open_codebook())


def event_owner(
    tree: Tree, head: int, trigger: int, events: frozenset[int], words: DateWords
) -> int | None:
    """The event token that the words headed by `head` are said of: the first above."""
    for node in (head, *tree.ancestors(head)):
        if node == trigger or (node != head and node in events):
            return node
        if node == head:
            continue
        if tree.is_verb(node) and tree[node].dep not in _PASSED:
            return _object_event(tree, node, head, words) or node
        if tree[node].tag in ("NN", "NNS") and words.nouns.fullmatch(tree[node].lemma):
            return node
    return None


def _object_event(tree: Tree, verb: int, head: int, words: DateWords) -> int | None:
    """The object of "follow", "condemn" and the like, where words after it are said of it."""
    if tree[verb].lemma not in words.relate:
        return None
    found = [k for k in tree.children(verb, "dobj") if k < head]
    return found[-1] if found and words.nouns.fullmatch(tree[found[-1]].lemma) else None


def event_hosts(
    tree: Tree, trigger: int, words: DateWords, for_place: bool = False
) -> Iterator[int]:
    """The tokens whose times and places are the trigger's too, the nearest first.

    `for_place`: leave out clauses that share but the time ("shelled Gori and ministers fled").
    """
    yield trigger
    yield from _beneath(tree, trigger, words)
    seen, node = {trigger}, trigger
    while (governor := sharing(tree, node, words, for_place)) is not None:
        if governor in seen:
            return
        yield governor
        yield from _stages(tree, governor, words)
        seen.add(governor)
        node = governor


def _stages(tree: Tree, verb: int, words: DateWords) -> Iterator[int]:
    """The events in the course of which the verb's happened: "agreed at a summit in Doha"."""
    for prep in tree.children(verb, "prep") if tree.is_verb(verb) else ():
        if tree[prep].text.lower() in words.during:
            yield from tree.children(prep, "pobj")


def _beneath(tree: Tree, trigger: int, words: DateWords) -> Iterator[int]:
    """What lies below and shares its time: objects of "hold", infinitives of "begin"."""
    yield from _stages(tree, trigger, words)
    if not tree.is_verb(trigger):
        return
    if tree[trigger].lemma in words.light:
        yield from tree.children(trigger, "dobj")
    if tree[trigger].lemma in words.carry:
        for done in tree.children(trigger, "xcomp"):
            yield done
            yield from _stages(tree, done, words)
    yield from (k for k in tree.children(trigger, "advcl") if _is_when(tree, k))


def sharing(tree: Tree, node: int, words: DateWords, for_place: bool = False) -> int | None:
    """The governor that lends its time to `node`, or None."""
    token = tree[node]
    head = token.head
    if head == node:
        return None
    if tree.is_verb(node):
        if _is_relative(tree, node):
            return _above(tree, node, words)
        return head if _verb_shares(tree, node, words, for_place) else None
    if token.dep == "pobj" and tree[head].text.lower() in words.during:
        upper = tree[head].head
        return upper if tree.is_verb(upper) or tree[upper].lemma in words.light else None
    if token.dep == "pobj":
        head = tree[head].head
    light = tree.is_verb(head) and tree[head].lemma in words.light
    return head if light and token.dep in ("dobj", "nsubj", "nsubjpass", "pobj", "attr") else None


def _above(tree: Tree, clause: int, words: DateWords) -> int | None:
    """The event noun that the clause is of ("the summit at which"), else the verb above."""
    noun = tree[clause].head
    if words.nouns.fullmatch(tree[noun].lemma):
        return noun
    return next((i for i in tree.ancestors(clause) if tree.is_verb(i)), None)


def _verb_shares(tree: Tree, node: int, words: DateWords, for_place: bool) -> bool:
    token, head = tree[node], tree[tree[node].head]
    if token.dep == "relcl":
        return _is_deed_of(tree, node, words)
    if token.dep == "xcomp":
        return head.lemma in words.carry or _is_purpose(tree, node, words)
    if token.dep == "advcl":
        if _is_purpose(tree, node, words) or _is_when(tree, node):
            return True
        return token.tag == "VBG" and not tree.children(node, "mark", "aux", "prep")
    if token.dep == "conj" and tree.is_verb(head.i):
        apart = for_place and bool(tree.children(node, "nsubj", "nsubjpass"))
        return token.tag == head.tag and (not apart or _is_framed(tree, head.i, words))
    return False


def _is_framed(tree: Tree, verb: int, words: DateWords) -> bool:
    """ "In 2001 the state defaulted and crowds drove ...": a time up front frames both clauses."""
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    fronted = [k for k in tree.children(verb, "prep", "npadvmod") if subjects and k < subjects[0]]
    return any(
        tree[k].text.lower() in words.during or tree[k].text.lower() == "on" for k in fronted
    )


def _is_when(tree: Tree, clause: int) -> bool:
    """ "Accepted when they met in May", "were received in May, when they met": one time."""
    token = tree[clause]
    asks = any(tree[k].text.lower() == "when" for k in tree.children(clause, "advmod"))
    return token.dep == "advcl" and asks and token.tag == "VBD" and tree.is_verb(token.head)


def _is_purpose(tree: Tree, verb: int, words: DateWords) -> bool:
    """ "Flew to Doha on Friday to meet X": the time of who goes somewhere to do something."""
    plain = tree[verb].tag == "VB" and "to" in auxiliaries(tree, verb)
    return plain and (tree[verb].dep == "advcl" or tree[tree[verb].head].lemma in words.go)


def _is_relative(tree: Tree, verb: int) -> bool:
    """ "Flew on Friday to Doha, where she met ...": the clause's time is that of what is above."""
    return tree[verb].dep == "relcl" and asks(tree, verb)


def asks(tree: Tree, verb: int) -> bool:
    """Whether the clause hangs on its noun by "when", "where" or "at which"."""
    if any(tree[k].text.lower() in ("when", "where") for k in tree.children(verb, "advmod")):
        return True
    preps = tree.children(verb, "prep")
    return any(tree[k].text.lower() == "which" for p in preps for k in tree.children(p, "pobj"))


def _is_deed_of(tree: Tree, verb: int, words: DateWords) -> bool:
    """ "The bombing on Friday that killed nine": the noun above is the same event."""
    noun = tree[tree[verb].head]
    what = tree.children(verb, "nsubj")
    told = any(tree[k].text.lower() in ("that", "which") for k in what)
    return told and bool(words.nouns.fullmatch(noun.lemma))
