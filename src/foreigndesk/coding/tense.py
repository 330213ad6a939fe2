"""The tense of a verb, in TimeML's words, and the shapes of a verb group."""

from __future__ import annotations

from foreigndesk.grammar.tree import Tree

PRESENT_BE = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "sha"})
_HAVE = frozenset({"has", "have", "'ve", "having"})


def auxiliaries(tree: Tree, i: int) -> list[str]:
    """The auxiliaries of verb `i` in lower case, from left to right."""
    return [tree[k].text.lower() for k in tree.children(i, "aux", "auxpass")]


def tense(tree: Tree, i: int) -> str | None:
    """PAST, PRESENT, FUTURE, INFINITIVE, PRESPART or PASTPART (TimeML); None for no verb.

    A present perfect is PRESENT, a modal verb group PRESENT save for will and shall.
    """
    token = tree[i]
    if token.tag[:2] not in ("VB", "MD"):
        return None
    words = auxiliaries(tree, i)
    if any(word in _FUTURE for word in words):
        return "FUTURE"
    if "to" in words and token.tag in ("VB", "VBN", "VBG"):
        return "INFINITIVE"
    if words:
        return _finite(tree, i)
    return {"VBD": "PAST", "VBG": "PRESPART", "VBN": "PASTPART"}.get(token.tag, "PRESENT")


def _finite(tree: Tree, i: int) -> str:
    first = tree[tree.children(i, "aux", "auxpass")[0]]
    return "PAST" if first.tag == "VBD" else "PRESENT"


def is_infinitive(tree: Tree, i: int) -> bool:
    """Whether verb `i` stands with "to" ("to visit", "to be tried", "to have met")."""
    return any(tree[k].tag == "TO" for k in tree.children(i, "aux"))


def is_progressive(tree: Tree, i: int, present: bool = False) -> bool:
    """Whether verb `i` is progressive; with `present`, only "is doing" and "has been doing"."""
    if tree[i].tag != "VBG":
        return False
    words = auxiliaries(tree, i)
    if present:
        return any(w in PRESENT_BE for w in words) or ("been" in words and bool(_HAVE & set(words)))
    return bool(words)


def is_past(tree: Tree, i: int) -> bool:
    """Whether verb `i` speaks of the past: past tense or a perfect."""
    words = auxiliaries(tree, i)
    return tense(tree, i) == "PAST" or (tree[i].tag == "VBN" and any(w in _HAVE for w in words))
