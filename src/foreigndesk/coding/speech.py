"""Speech acts within one sentence: a cue, whose words they are, which tokens are the content."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.attribution import SpeechCue, SpeechCues
from foreigndesk.coding.tense import is_infinitive
from foreigndesk.grammar.clauses import is_passive, surface_subject
from foreigndesk.grammar.tree import Tree

_CUE_WORDS = ("aux", "auxpass", "neg", "prt")
_QUOTES = frozenset({'"', "``", "''", "'", "“", "”", "`"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_HEAD = 6
"""Tokens of the longest speaker before a colon."""


@dataclass(frozen=True, slots=True)
class Said:
    """A speech act in one sentence: all numbers are token indices, `content` sorted."""

    cue: SpeechCue
    at: int
    first: int
    last: int
    source: tuple[int, ...] | None
    content: tuple[int, ...]


def said(tree: Tree, cues: SpeechCues) -> list[Said]:
    """The speech acts of a sentence in the order of their cues."""
    found: list[Said] = []
    for token in tree.tokens:
        tag, act = token.tag[:2], None
        if tag == "VB":
            act = _verb(tree, token.i, cues)
        elif tag == "NN":
            act = _noun(tree, token.i, cues)
        elif tag in ("IN", "VB", "JJ", "TO") or token.dep == "prep":
            act = _preposition(tree, token.i, cues)
        elif tag == "RB":
            act = _adverb(tree, token.i, cues)
        elif tag == ":":
            act = _colon(tree, token.i, cues)
        if act is None and token.dep == "prep":
            act = _preposition(tree, token.i, cues)
        if act is not None:
            found.append(act)
    return found


# --------------------------------------------------------------------------- verbs


def _verb(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    token = tree[i]
    if token.dep in ("aux", "auxpass", "amod", "compound", "prep"):
        return None
    quoting: SpeechCue | None = None
    for cue in _verb_cues(tree, i, cues):
        content = _verb_content(tree, i, cue, cues)
        if content:
            return Said(cue, i, *_cue_range(tree, i, cue), _verb_source(tree, i), tuple(content))
        if quoting is None and "quote" in cue.frames:
            quoting = cue
    if quoting is None:
        return None
    return Said(quoting, i, *_cue_range(tree, i, quoting), _verb_source(tree, i), ())


def _verb_cues(tree: Tree, i: int, cues: SpeechCues) -> list[SpeechCue]:
    """The cues that verb `i` can be, with its particle first, the narrow ones first."""
    lemma = tree[i].lemma.lower()
    found: list[SpeechCue] = []
    particle = tree.child(i, "prt")
    after = particle if particle is not None else tree.child(i, "prep")
    if after is not None:
        found.extend(cues.of("verb", f"{lemma} {tree[after].text.lower()}"))
    found.extend(cues.of("verb", lemma))
    agentless = is_passive(tree, i) and tree.child(i, "agent") is None
    fitting = [cue for cue in found if agentless or not cue.passive]
    return sorted(fitting, key=lambda cue: not (cue.passive or "claim" in cue.frames))


def _verb_content(tree: Tree, i: int, cue: SpeechCue, cues: SpeechCues) -> list[int]:
    """The tokens of what verb `i` says, by the frames of its cue; empty if it governs none."""
    heads: list[int] = []
    passive = is_passive(tree, i)
    for k in tree.children(i):
        frame = _frame(tree, k, passive)
        if frame in cue.frames or (frame == "for-ing" and "for" in cue.frames):
            heads.append(k)
        elif "claim" in cue.frames and tree[k].dep in ("dobj", "nsubjpass"):
            heads.extend([k] if cues.of("noun", tree[k].lemma.lower()) else [])
    if "to" in cue.frames and not heads:
        heads.extend(k for k in tree.children(i, "advcl") if k > i and is_infinitive(tree, k))
    if "that" in cue.frames and not heads:
        return _host(tree, i)
    if heads == [k for k in heads if tree[k].dep in ("dobj", "nsubjpass")] and "obj" in cue.frames:
        heads.extend(k for k in tree.children(i, "xcomp", "oprd") if k not in heads)
    found = {j for k in heads for j in tree.subtree(k)}
    return sorted(found - {i})


def _frame(tree: Tree, k: int, passive: bool) -> str:
    """The name of the frame in which dependant `k` of a verb stands."""
    token = tree[k]
    if token.dep in ("ccomp", "xcomp", "parataxis", "oprd"):
        if is_infinitive(tree, k):
            return "to"
        if token.dep == "ccomp" or token.dep == "parataxis":
            return "that"
        return "ing" if token.tag == "VBG" else "that" if tree.is_verb(k) else "as"
    if token.dep == "dobj":
        return "obj"
    if token.dep == "nsubjpass":
        return "obj" if passive else ""
    if token.dep in ("prep", "agent", "dative"):
        word = token.text.lower()
        gerund = tree.child(k, "pcomp") is not None
        return {"to": "to-noun", "for": "for-ing" if gerund else "for"}.get(word, word)
    return ""


def _host(tree: Tree, i: int) -> list[int]:
    """The clause into which "he said" is put as an aside ("The plan, he said, will fail")."""
    token = tree[i]
    if token.dep not in ("parataxis", "ccomp", "advcl", "conj") or not tree.is_verb(token.head):
        return []
    if token.dep != "parataxis" and not _set_off(tree, i):
        return []
    inner = frozenset(tree.subtree(i))
    return [j for j in tree.subtree(token.head, inner) if j not in inner]


def _set_off(tree: Tree, i: int) -> bool:
    """Whether the words of `i` stand between commas or quotes, or end the sentence after one."""
    inner = tree.subtree(i)
    before = tree[inner[0] - 1].text if inner[0] else ""
    return (
        tree[i].dep in ("ccomp", "advcl")
        and before in (",", *_QUOTES)
        and len(inner) <= 6
        and (tree.child(i, "mark", "ccomp", "xcomp", "dobj") is None)
    )


def _verb_source(tree: Tree, i: int) -> tuple[int, ...] | None:
    if is_passive(tree, i):
        for k in tree.children(i, "agent", "prep"):
            objects = tree.children(k, "pobj")
            if tree[k].text.lower() == "by" and objects:
                return tuple(h for o in objects for h in tree.conjuncts(o))
        return None
    heads = surface_subject(tree, i)
    if tree[i].dep == "parataxis":
        heads = tuple(tree.children(i, "nsubj")) or heads
    return tuple(h for s in heads for h in tree.conjuncts(s)) or None


def _cue_range(tree: Tree, i: int, cue: SpeechCue) -> tuple[int, int]:
    """The verb with the auxiliaries and adverbs that stand directly before and after it."""
    words = set(tree.children(i, *_CUE_WORDS))
    words.update(k for k in tree.children(i, "advmod") if k < i)
    words.update(
        k for k in tree.children(i, "prep") if k == i + 1 and _frame(tree, k, False) in cue.frames
    )
    first = last = i
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return first, last


# --------------------------------------------------------------------------- nouns and the rest


def _noun(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    for cue in cues.of("noun", tree[i].lemma.lower()):
        heads = [k for k in tree.children(i) if _noun_frame(tree, k) in cue.frames]
        if heads:
            content = sorted({j for k in heads for j in tree.subtree(k)})
            return Said(cue, i, i, i, _noun_source(tree, i), tuple(content))
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


def _noun_source(tree: Tree, i: int) -> tuple[int, ...] | None:
    """Whose claim a noun is: possessor, by- or from-phrase, or who makes it."""
    heads = list(tree.children(i, "poss"))
    for k in tree.children(i, "prep", "agent"):
        if not heads and tree[k].text.lower() in ("by", "from"):
            heads.extend(tree.children(k, "pobj"))
    verb = tree[i].head
    if not heads and tree[i].dep == "dobj" and tree[verb].lemma in ("make", "issue", "release"):
        heads.extend(surface_subject(tree, verb))
    return tuple(h for s in heads for h in tree.conjuncts(s)) or None


def _preposition(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """ "according to X", "in the view of X": the source behind, the content around."""
    word = tree[i].text.lower()
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


def _colon(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """ "Moscow: no talks", a speaker's name before a colon, or "- Name" beneath a quotation."""
    found = cues.of("mark", tree[i].text)
    if not found or i > _LONGEST_HEAD:
        return None
    head, rest = range(i), range(i + 1, len(tree))
    if i == 0:
        names = [k for k in rest if tree[k].tag.startswith("NNP")]
        if not names or names[0] != 1 or any(tree[k].tag in ("VBD", "VBZ", "VBP") for k in rest):
            return None
        return Said(found[0], i, i, i, (_top(tree, names[0]),), ())
    if tree[i].text != ":" or not rest or not tree[i - 1].tag.startswith("NN"):
        return None
    if any(tree.is_verb(k) or tree[k].tag in ("IN", ",", "POS") for k in head):
        return None
    if not any(tree[k].tag in _FINITE for k in rest):
        return None
    if not any(tree[k].text[:1].isupper() for k in head):
        return None
    return Said(found[0], i, i, i, (i - 1,), tuple(rest))


def _top(tree: Tree, i: int) -> int:
    """The head of the name that begins at token `i`."""
    while tree[i].dep in ("compound", "nmod", "amod") and tree[i].head > i:
        i = tree[i].head
    return i
