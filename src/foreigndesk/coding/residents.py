"""Unnamed people with the country that their own noun phrase tells: "villagers in eastern Mali"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention

_WHERE = frozenset({"in", "of", "from", "across", "throughout", "around", "inside"})
_FARTHEST = 12
"""Tokens between the people and the name of the country, at most."""


def settled(
    found: Iterable[Mention], tree: Tree, mentions: SentenceMentions, text: str
) -> tuple[Mention, ...]:
    """The mentions, those of unnamed people without a country with that of their noun phrase.

    Such a mention then reaches to the end of the country's name.
    """
    return tuple(_settled(m, tree, mentions, text) for m in found)


def _settled(mention: Mention, tree: Tree, mentions: SentenceMentions, text: str) -> Mention:
    if mention.code is not None or mention.name is not None:
        return mention
    whole = next((m for m in mentions.mentions if m.mention is mention), None)
    if whole is None or whole.members:
        return mention
    for k in range(whole.last + 1, min(len(tree), whole.last + _FARTHEST)):
        place = mentions.at(k)
        if place is None or place.head != k or not _is_where(tree, k, whole.head):
            continue
        if place.mention.code is None:
            return mention
        end = tree[place.last].end
        return replace(mention, end=end, text=text[mention.start : end], code=place.mention.code)
    return mention


def _is_where(tree: Tree, k: int, people: int) -> bool:
    """Whether the name at `k` tells where the `people` are: through prepositions alone."""
    for _ in range(3):
        preposition = tree[k].head
        if tree[k].dep != "pobj" or tree[preposition].text.lower() not in _WHERE:
            return False
        k = tree[preposition].head
        if k == people:
            return True
    return False
