"""What a word's own modals, adverbs, adjectives and negation do to the commitment to it."""

from __future__ import annotations

from foreigndesk.codebook.factuality import Cue, Cues
from foreigndesk.coding.fact_finder import PARTS, CueFinder
from foreigndesk.coding.stand import Stand, Step
from foreigndesk.coding.status import deny
from foreigndesk.coding.tense import is_past, is_progressive
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Status


class Nodes(CueFinder):
    """Applies what modifies a word; keeps the stand of each before its negation."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        super().__init__(tree, cues)
        self._open: dict[int, Stand] = {}

    def _local(self, i: int, stand: Stand) -> Stand:
        """What the word's own modals, adverbs, adjectives and negation do to it."""
        tree = self.tree
        part = PARTS.get(tree[i].tag[:2], "")
        for cue in self._of(part, self._lemmas[i]) if part in ("noun", "adj") else ():
            if "self" in cue.frame and not (stand.path and stand.path[-1].effect == "absent"):
                stand = stand.under(cue, i, "self")
        negations: list[Step] = []
        for k in self._modifiers(i):
            no = self._negation(k)
            if no is not None:
                negations.append(no)
            else:
                stand = self._modify(i, k, stand)
        stand = self._open[i] = self._shaped(i, stand)
        noun = tree.is_noun(i)
        for step in negations:
            if noun and not stand.commitment.positive:
                continue
            stand = Stand(deny(stand.commitment), (*stand.path, step), stand.hedges)
        return stand

    def _shaped(self, i: int, stand: Stand) -> Stand:
        """What the shape of the verb group and an if-clause do to it."""
        status = stand.commitment.status
        if stand.commitment.actual and is_progressive(self.tree, i, present=True):
            return self._construction(stand, i, "progressive")
        if stand.commitment.actual and is_progressive(self.tree, i) and self._told(i):
            return self._construction(stand, i, "backshift")
        if status in (Status.PLANNED, Status.POSSIBLE) and self._has_condition(i):
            return self._construction(stand, i, "consequence")
        return stand

    def _told(self, i: int) -> bool:
        """Whether a past-tense verb tells the clause of `i`, so that its past is a present.

        What people tell of themselves ("said they were leaving") is as often a decision.
        """
        tree, head = self.tree, self.tree[i].head
        told = tree[i].dep == "ccomp" and tree[head].tag == "VBD" and "had" not in self._words[:i]
        own = any(tree[s].tag == "PRP" for s in tree.children(i, "nsubj", "nsubjpass"))
        return told and not own and is_past(tree, head)

    def _construction(self, stand: Stand, i: int, name: str) -> Stand:
        """What a construction without a word of its own does, at token `i`."""
        cues = self._of("construction", name)
        return stand.under(cues[0], i, name) if cues else stand

    def _modifiers(self, i: int) -> list[int]:
        """The words that modify `i`, those on its preposition and "no" on its subject included."""
        tree = self.tree
        found = [
            k for k in tree.children(i, "aux", "advmod", "neg", "amod", "det", "nmod", "preconj")
            if tree[k].dep != "aux" or (tree[k].tag == "MD" and not self._conditional(i, k))
        ]  # fmt: skip
        found.extend(n for k in found for n in tree.children(k, "neg") if n != k - 1)
        if tree.is_verb(i) and i and tree[i - 1].dep == "cc":
            found.append(i - 1)  # "all but collapsed"
        if tree.is_verb(i):
            found.extend(k for k in tree.children(i, "dobj") if self._is_no(k))
        for s in tree.children(i, "nsubj", "nsubjpass") if tree.is_verb(i) else ():
            found.extend(k for k in (*tree.children(s, "det", "neg"), s) if self._is_no(k))
            found.extend(k for k in tree.children(s, "advmod") if self._scarcely(k))
        return found

    def _negation(self, k: int) -> Step | None:
        """The negation that token `k` is, or None."""
        word, dep = self._words[k], self.tree[k].dep
        two = f"{self._words[k - 1]} {word}" if k else word
        for pos, name in (("adv", two), ("det", word), ("adv", word), ("adj", word)):
            for cue in self._of(pos, name):
                if cue.positive == "false" and (not cue.frame or "mod" in cue.frame):
                    return Step(k, "neg", cue.id, "false")
        if dep != "neg" or self._not_only(k):
            return None
        return Step(k, "neg", "negation", "false")

    def _not_only(self, k: int) -> bool:
        """Whether the word behind a negation takes its force away ("not only")."""
        after = self._words[k + 1] if k + 1 < len(self._words) else ""
        return any(cue.negative == "true" for cue in self._of("adv", after))

    def _is_no(self, k: int) -> bool:
        return any(cue.positive == "false" for cue in self._of("det", self._words[k]))

    def _scarcely(self, k: int) -> bool:
        """Whether an adverb on the subject takes the clause back ("hardly anyone")."""
        return any(cue.positive == "improbable" for cue in self._of("adv", self._words[k]))

    def _modify(self, i: int, k: int, stand: Stand) -> Stand:
        """The stand after modifier `k`, a modal, adverb or adjective."""
        if self.tree[k].tag == "MD":
            return self._modal(i, k, stand)
        cue, hedge = self._modifier_cue(k)
        if cue is None:
            return stand
        return stand.beside(cue, k, hedge=hedge if cue.hedge else None)

    def _modal(self, i: int, k: int, stand: Stand) -> Stand:
        negated = self.tree.child(i, "neg") is not None
        for cue in self._of("modal", self._lemmas[k]):
            if cue.form is None or self._in_form(cue.form, i):
                return stand.beside(cue, k, negated)
        return stand

    def _modifier_cue(self, k: int) -> tuple[Cue | None, str]:
        """The cue that a modifier is, alone or with what hangs on it, and its text."""
        first = min(self.tree.children(k), default=k)
        tokens = self.tree.tokens[min(first, k) : k + 1]
        joined = "".join(t.text for t in tokens)
        found = self._of("adj", joined.lower()) if first < k else ()
        if found:
            return found[0], joined
        part = PARTS.get(self.tree[k].tag[:2])
        names = (self._words[k], self._lemmas[k]) if part == "verb" else (self._words[k],)
        for name in names:
            for cue in self._of("adv" if part == "adv" else "adj", name):
                if not cue.frame or "mod" in cue.frame:
                    return cue, self.tree[k].text
        return None, ""
