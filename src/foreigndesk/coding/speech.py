"""The speech acts of one sentence, by verb, noun, preposition, adverb or punctuation mark."""

from __future__ import annotations

from foreigndesk.codebook.attribution import SpeechCue, SpeechCues
from foreigndesk.coding.speech_act import QUOTES, Said
from foreigndesk.coding.speech_verbs import by_verb
from foreigndesk.coding.tense import is_infinitive
from foreigndesk.grammar.clauses import surface_subject
from foreigndesk.grammar.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = ("NN", "JJ", "CD", "IN", "DT", "POS")
_LONGEST_HEAD = 6
"""Tokens of the longest speaker before a colon."""


def said(tree: Tree, cues: SpeechCues) -> list[Said]:
    """The speech acts of a sentence in the order of their cues."""
    found: list[Said] = []
    for token in tree.tokens:
        tag, act = token.tag[:2], None
        if tag == "VB":
            act = by_verb(tree, token.i, cues)
        elif tag == "NN":
            act = _noun(tree, token.i, cues)
        elif tag in ("IN", "VB", "JJ", "TO") or token.dep == "prep":
            act = _preposition(tree, token.i, cues)
        elif tag == "RB":
            act = _adverb(tree, token.i, cues)
        elif token.text in (":", "-") or tag == ":":
            act = _mark(tree, token.i, cues)
        if act is None and token.dep == "prep":
            act = _preposition(tree, token.i, cues)
        if act is not None:
            found.append(act)
    return found


def _noun(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    for cue in cues.of("noun", tree[i].lemma.lower()):
        heads = [k for k in tree.children(i) if _noun_frame(tree, k) in cue.frames]
        if heads:
            content = sorted({j for k in heads for j in tree.subtree(k)})
            return Said(cue, i, i, i, _noun_source(tree, i, cues), tuple(content))
    return None


def _noun_frame(tree: Tree, k: int) -> str:
    token = tree[k]
    if token.dep in ("acl", "relcl", "ccomp", "xcomp"):
        if is_infinitive(tree, k):
            return "to"
        first = min(tree.children(k), default=k)
        return "that" if tree[first].text.lower() == "that" else ""
    if token.dep == "prep":
        return token.text.lower()
    return ""


def _noun_source(tree: Tree, i: int, cues: SpeechCues) -> tuple[int, ...] | None:
    """Whose claim a noun is: possessor, by- or from-phrase, or who makes it."""
    heads = list(tree.children(i, "poss"))
    for k in tree.children(i, "prep", "agent"):
        if not heads and tree[k].text.lower() in ("by", "from"):
            heads.extend(tree.children(k, "pobj"))
    verb = tree[i].head
    if not heads and tree[i].dep == "dobj" and cues.of("light", tree[verb].lemma):
        heads.extend(surface_subject(tree, verb))
    return tuple(h for s in heads for h in tree.conjuncts(s)) or None


def _preposition(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """ "according to X", "in the view of X": the source behind, the content around."""
    word = tree[i].text.lower()
    if not cues.begins("prep", word):
        return None
    inner = tree.child(i, "prep")
    last, objects = i, tree.children(i, "pobj")
    names = [word]
    if inner is not None:
        names.insert(0, f"{word} {tree[inner].text.lower()}")
        if not objects:
            last, objects = inner, tree.children(inner, "pobj")
    for name in names:
        for cue in cues.of("prep", name):
            if objects:
                source = tuple(h for o in objects for h in tree.conjuncts(o))
                return Said(cue, i, i, last, source, tuple(_around(tree, i)))
    return _view(tree, i, cues)


def _view(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """ "in the view of X", "in X's words": the source hangs on the noun behind the preposition."""
    for k in tree.children(i, "pobj"):
        for cue in cues.of("prep", f"{tree[i].text.lower()} {tree[k].lemma.lower()}"):
            of = next((p for p in tree.children(k, "prep") if tree[p].text.lower() == "of"), k)
            heads = [*tree.children(k, "poss"), *tree.children(of, "pobj")]
            if heads:
                source = tuple(h for o in heads for h in tree.conjuncts(o))
                return Said(cue, i, i, of if of != k else i, source, tuple(_around(tree, i)))
    return None


def _adverb(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    for cue in cues.of("adverb", tree[i].text.lower()):
        head = tree[i].head
        inner = tree.subtree(head) if tree[head].dep in ("prep", "amod", "advmod") else ()
        return Said(cue, i, i, i, None, tuple(inner or _around(tree, i)))
    return None


def _around(tree: Tree, i: int) -> list[int]:
    """The clause that `i` modifies, without `i` and what hangs on it."""
    inner = frozenset(tree.subtree(i))
    node = tree[i].head
    while node != tree[node].head and not tree.is_verb(node):
        node = tree[node].head
    return [j for j in tree.subtree(node, inner) if j not in inner]


def _mark(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """ "Moscow: no talks", a speaker's name before a colon, or "- Name" behind a quotation."""
    for cue in cues.of("mark", tree[i].text):
        if tree[i].text == ":":
            before = _colon(tree, i, cue) or _announced(tree, i, cue)
            return before or _byline(tree, i, cue, cues)
        if i == 0 or (tree[i - 1].text in QUOTES and tree[0].text in QUOTES):
            return _dash(tree, i, cue)
        return _byline(tree, i, cue, cues)
    return None


def _colon(tree: Tree, i: int, cue: SpeechCue) -> Said | None:
    head, rest = range(i), range(i + 1, len(tree))
    if not 0 < i <= _LONGEST_HEAD or not tree[i - 1].tag.startswith("NN"):
        return None
    if any(tree.is_verb(k) or tree[k].tag in ("IN", ",", "POS") for k in head):
        return None
    named = any(tree[k].text[:1].isupper() for k in head)
    if not named or not any(tree[k].tag in _FINITE for k in rest):
        return None
    return Said(cue, i, i, i, (i - 1,), tuple(rest))


def _announced(tree: Tree, i: int, cue: SpeechCue) -> Said | None:
    """ "The chief was defiant: <quotation>": the subject speaks; the quotation is given later."""
    if i + 1 >= len(tree) or tree[i + 1].text not in QUOTES:
        return None
    root = next((t.i for t in tree.tokens if t.head == t.i), i)
    source = tuple(h for s in tree.children(root, "nsubj") if s < i for h in tree.conjuncts(s))
    return Said(cue, i, i, i, source, ()) if source else None


def _dash(tree: Tree, i: int, cue: SpeechCue) -> Said | None:
    if i + 1 >= len(tree) or not tree[i + 1].tag.startswith("NNP"):
        return None
    if i == 0 and any(tree[k].tag in _FINITE for k in range(1, len(tree))):
        return None
    return Said(cue, i, i, i, (_top(tree, i + 1),), ())


def _byline(tree: Tree, i: int, cue: SpeechCue, cues: SpeechCues) -> Said | None:
    """ "Ten killed in blast - police": who says so, at the end of a headline."""
    rest = range(i + 1, len(tree))
    colon = tree[i].text == ":"
    if not 0 < len(rest) <= _LONGEST_HEAD or (tree[i - 1].end < tree[i].start) is colon:
        return None
    last = rest[-1]
    known = bool(cues.of("source", tree[last].lemma.lower()))
    named = tree[last].tag.startswith("NNP") and not colon
    plain = all(tree[k].tag.startswith(_NOMINAL) for k in rest[:-1])
    if not (plain and (known or named)):
        return None
    told = [k for k in range(i) if tree[k].tag[:2] in ("VB", "MD")]
    return Said(cue, i, i, i, (last,), tuple(range(i))) if told else None


def _top(tree: Tree, i: int) -> int:
    """The head of the name that begins at token `i`."""
    while tree[i].dep in ("compound", "nmod", "amod") and tree[i].head > i:
        i = tree[i].head
    return i
