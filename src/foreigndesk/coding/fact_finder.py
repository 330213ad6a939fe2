"""Which words of one tree are factuality cues for which others."""

from __future__ import annotations

from foreigndesk.codebook.factuality import Cue, Cues
from foreigndesk.coding.tense import auxiliaries, is_infinitive, is_past, is_progressive
from foreigndesk.grammar.tree import Tree

PARTS = {"VB": "verb", "NN": "noun", "JJ": "adj", "RB": "adv", "IN": "prep", "TO": "prep"}
_CONDITIONAL = ("conditional", "counterfactual")


class CueFinder:
    """Finds the cues of one tree: by complement, by mark, by form."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree = tree
        self._of = cues.of
        self._words = [t.text.lower() for t in tree.tokens]
        self._lemmas = [t.lemma.lower() for t in tree.tokens]

    def frame(self, i: int) -> str:
        """The kind of clause at `i`: `to`, `ing` or `that`."""
        tag = self.tree[i].tag
        if is_infinitive(self.tree, i):
            return "to"
        if tag == "VBG" and not auxiliaries(self.tree, i):
            return "ing"
        if auxiliaries(self.tree, i)[:1] in (["being"], ["having"]):
            return "ing"
        if tag == "VB" and self.tree.child(i, "aux", "mark") is None:
            return "to"
        return "that" if tag[:2] in ("VB", "MD") or self.tree[i].dep == "ccomp" else "obj"

    def cue(self, i: int, frame: str) -> Cue | None:
        """The cue that token `i` is for a complement of kind `frame`, or None."""
        part = PARTS.get(self.tree[i].tag[:2])
        if part is None:
            return None
        return self._find(part, i, frame)

    def _find(self, part: str, i: int, frame: str) -> Cue | None:
        lemma = self._lemmas[i]
        names = [f"{lemma} {word}" for word in self._particles(part, i)]
        for name in (*names, lemma):
            for cue in self._of(part, name):
                if self._fits(cue, i, frame):
                    return cue
        if part == "verb" and self.tree[i].tag in ("VBN", "VBD"):
            for cue in self._of("adj", self._words[i]):
                if self._fits(cue, i, frame):
                    return cue
        return None

    def _particles(self, part: str, i: int) -> list[str]:
        """The particle of a verb, and the adverb that stands right behind it ("has yet to")."""
        if part != "verb":
            return []
        kids = self.tree.children(i, "prt", "advmod")
        found = [k for k in kids if self.tree[k].dep == "prt" or k == i + 1]
        return [self._words[k] for k in found]

    def _fits(self, cue: Cue, i: int, frame: str) -> bool:
        if cue.frame and frame not in cue.frame:
            return False
        return cue.form is None or self._in_form(cue.form, i)

    def _in_form(self, form: str, i: int) -> bool:
        tree = self.tree
        if form == "passive":
            return tree.child(i, "auxpass", "nsubjpass") is not None or tree[i].tag == "VBN"
        if form == "progressive":
            return is_progressive(tree, i)
        if form == "perfect":
            return tree[i].tag == "VBN" and "have" in auxiliaries(tree, i)
        if form == "past":
            return is_past(tree, tree[i].head)
        if form == "open":
            return tree.is_verb(i) and not is_past(tree, i)
        return self._has_condition(i)

    def _mark_cue(self, i: int, frame: str) -> Cue | None:
        """The cue among the marks that open clause `i`, or its inversion ("should he go")."""
        tree = self.tree
        openers = [k for k in tree.children(i, "mark", "advmod", "aux") if self._opens(i, k)]
        two = [f"{self._words[k - 1]} {self._words[k]}" for k in openers if k]
        for name in (*two, *(self._words[k] for k in openers)):
            for cue in self._of("mark", name):
                if frame in cue.frame and (cue.form is None or self._in_form(cue.form, i)):
                    return cue
        return None

    def _opens(self, i: int, k: int) -> bool:
        """Whether `k` can open clause `i`: a mark, an adverb before it, an inverted auxiliary."""
        token = self.tree[k]
        if token.dep == "aux":
            return token.tag != "TO" and self._inverted(i, k)
        return token.dep == "mark" or k < i

    def _inverted(self, i: int, aux: int) -> bool:
        subject = self.tree.child(i, "nsubj", "nsubjpass")
        return subject is not None and aux < subject

    def _inversion(self, i: int) -> int | None:
        """The auxiliary that makes a clause before its governor a condition ("Should he go")."""
        tree = self.tree
        if tree[i].head <= i:
            return None
        for k in tree.children(i, "aux"):
            if self._inverted(i, k) and self._of("mark", self._words[k]):
                return k
        return None

    def _conditional(self, i: int, k: int) -> bool:
        """Whether auxiliary `k` of verb `i` is no modal but opens a condition."""
        return self._inversion(i) == k

    def _has_condition(self, i: int) -> bool:
        kids = self.tree.children(i)
        inner = [c for k in self.tree.children(i, "advmod") for c in self.tree.children(k, "advcl")]
        for k in (*kids, *inner):
            if self.tree[k].dep != "advcl" and self._inversion(k) is None:
                continue
            cue = self._mark_cue(k, "mod")
            if cue is not None and cue.form is None and cue.positive in _CONDITIONAL:
                return True
        return False
