"""The shapes around a word that tell which cue acts on it, without the commitments themselves."""

from __future__ import annotations

from foreigndesk.codebook.factuality import EFFECTS, Cue
from foreigndesk.coding.fact_nodes import Nodes

COMPLEMENTS = ("acomp", "attr", "oprd")
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Shapes(Nodes):
    """Asks of one tree: who governs, what is definite, ranked, told or disputed."""

    def _too(self, i: int) -> bool:
        """Whether "too" stands with `i` or its complement ("too weak to fight", "too late to")."""
        near = (i, *self.tree.children(i, *COMPLEMENTS, "advmod"))
        return any(self._words[k] == "too" for n in near for k in self.tree.children(n, "advmod"))

    def _rank(self, noun: int) -> Cue | None:
        """What makes the noun the first, last or only one to do something, or None."""
        words = (noun, *self.tree.children(noun, "amod"))
        cues = [c for k in words for c in self._of("adj", self._words[k]) if "rank" in c.frame]
        return cues[0] if cues else None

    def _disputed(self, noun: int, cue: Cue) -> tuple[Cue, int] | None:
        """The verb that rejects an allegation or tells that an attempt failed, with its place.

        `noun` is the allegation ("dismissed claims that") or the attempt ("a bid to ... failed").
        """
        token = self.tree[noun]
        frames = {"dobj": "claim", "nsubjpass": "claim", "nsubj": "attempt"}
        frame = frames.get(token.dep, "")
        if EFFECTS[cue.positive] != EFFECTS["possible"] or not frame:
            return None
        if frame == "attempt" and cue.negative != "false":
            return None
        found = self.cue(token.head, frame)
        return (found, token.head) if found is not None else None

    def _told_of(self, i: int, noun: int) -> bool:
        """A present-tense clause about known things: "to extradite those whom it regards as spies".

        Of a thing that is itself only thought of ("a treaty that bans ..."), it is not told.
        """
        tree = self.tree
        modal = any(tree[k].tag == "MD" for k in tree.children(i, "aux"))
        vague = any(self._words[k] in ("a", "an", "any") for k in tree.children(noun, "det"))
        return tree[i].tag in ("VBZ", "VBP") and not (modal or vague)

    def _definite(self, i: int) -> bool:
        for k in self.tree.children(i):
            dep = self.tree[k].dep
            if dep == "poss" or (dep == "det" and self._words[k] in _DEFINITE):
                return True
        return False

    def _clause_of_noun(self, i: int, noun: int) -> bool:
        """Whether a clause taken for a relative one says what the noun holds ("claims that")."""
        first = min(self.tree.children(i), default=i)
        return (
            self._words[first] == "that"
            and self.cue(noun, "that") is not None
            and (self.tree[first].dep not in ("nsubj", "nsubjpass"))
        )

    def _governors(self, i: int, frame: str) -> list[int]:
        """The governor, and what a copula or a light verb says in its place."""
        tree = self.tree
        found = [i, *tree.children(i, *COMPLEMENTS)]
        if self._lemmas[i] == "be":
            found.extend(tree.children(i, "nsubj"))
            return found[1:] + found[:1]
        if frame == "to":
            found.extend(tree.children(i, "dobj"))
        return found

    def _prepositional_governors(self, i: int, word: str) -> list[int]:
        """The governor, and the verb whose object or agent it is ("suspects the man of")."""
        tree, found = self.tree, self._governors(i, word)
        token = tree[i]
        if token.dep in ("dobj", "nsubjpass", "dative"):
            found.append(token.head)
        elif token.dep == "pobj" and tree[token.head].dep == "agent":
            found.append(tree[token.head].head)
        return found

    def _cue_among(self, i: int, governors: list[int], frame: str) -> tuple[Cue, int] | None:
        for g in governors:
            cue = self.cue(g, frame) if g != i else None
            if cue is not None:
                return cue, g
        return None
