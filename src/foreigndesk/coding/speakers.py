"""First persons in quotations: "we" and "I" are whoever is quoted."""

from __future__ import annotations

from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.mentions import ADJECTIVE, PLACE, PRONOUN
from foreigndesk.grammar.tree import Tree

_NEAR = 3


def first_persons(trees: list[Tree], drafts: list[list[Draft]], lexicon: Lexicon) -> None:
    """Add a draft for each first person that a quotation gives to a known speaker."""
    words = lexicon.words("reference-first-person")
    for number, tree in enumerate(trees):
        found = [t.i for t in tree.tokens if t.tag in ("PRP", "PRP$") and t.text.lower() in words]
        for i in found:
            speaker = _within(tree, i, drafts[number]) or _beside(trees, drafts, number)
            if speaker is None or not speaker.known():
                continue
            token = tree[i]
            draft = Draft(i, i, i, token.start, token.end, PRONOUN)
            draft.take(speaker)
            draft.number = "many" if token.text.lower()[0] in "wuo" else "one"
            drafts[number].append(draft)
        if found:
            drafts[number].sort(key=lambda d: (d.first, -d.last))


def _within(tree: Tree, i: int, drafts: list[Draft]) -> Draft | None:
    """The subject of the verb of saying under which the pronoun stands."""
    below = i
    for verb in tree.ancestors(i):
        if tree[below].dep == "ccomp" or tree[verb].dep == "parataxis":
            subject = tree.child(verb, "nsubj")
            speaker = next((d for d in drafts if d.head == subject and d.kind != ADJECTIVE), None)
            if speaker is not None:
                return speaker
        below = verb
    return None


def _beside(trees: list[Tree], drafts: list[list[Draft]], number: int) -> Draft | None:
    """The name on a line of its own after a quotation: "- John Kirby, spokesperson"."""
    for after in range(number + 1, min(number + 1 + _NEAR, len(trees))):
        tree = trees[after]
        if tree.tokens[0].text in ("-", "--"):
            found = [d for d in drafts[after] if d.kind not in (ADJECTIVE, PLACE)]
            return found[0] if found else None
    return None
