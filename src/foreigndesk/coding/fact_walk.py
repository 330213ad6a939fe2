"""The walk over one tree, from the root down: what reaches each word from its governor."""

from __future__ import annotations

from foreigndesk.codebook.factuality import Cue, Cues
from foreigndesk.coding.fact_shapes import COMPLEMENTS, Shapes
from foreigndesk.coding.stand import START, Stand
from foreigndesk.coding.status import ACTUAL, affirm
from foreigndesk.coding.tense import auxiliaries, is_infinitive, is_past
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Status

CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "oprd", "acomp", "dep"})
ADJUNCTS = frozenset({"advcl", "relcl", "acl"})
PREPOSITIONS = frozenset({"prep", "agent", "prt"})
_ROLES = {"dobj": "obj", "nsubjpass": "obj", "attr": "obj", "nsubj": "subj", "csubj": "subj"}
_AHEAD = (Status.PLANNED, Status.REQUESTED, Status.CONDITIONAL)


class Walk(Shapes):
    """The commitments of one tree, each node computed once, governors first."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        super().__init__(tree, cues)
        self._incoming: dict[int, Stand] = {}
        self._own: dict[int, Stand] = {}

    def stand(self, i: int) -> Stand:
        """The commitment to token `i`, its own modals and negation included."""
        chain = [i]
        while chain[-1] not in self._own:
            head = self.tree[chain[-1]].head
            if head == chain[-1] or len(chain) > len(self.tree):
                break
            chain.append(head)
        for node in reversed(chain):
            if node not in self._own:
                self._incoming[node] = self._arrive(node)
                self._own[node] = self._local(node, self._incoming[node])
        return self._own[i]

    def _arrive(self, i: int) -> Stand:
        token = self.tree[i]
        if token.head == i or token.head not in self._own:
            return self._root(i)
        dep = token.dep
        if dep == "conj":
            return self._coordinate(i, token.head)
        if dep in PREPOSITIONS:
            return self._own[token.head]
        if dep in ADJUNCTS:
            return self._adjunct(i, token.head)
        if dep == "pcomp" or dep == "pobj":
            return self._prepositional(i, token.head)
        if dep in CLAUSES:
            return self._complement(i, token.head)
        if self.tree.is_noun(i):
            return self._nominal(i, token.head)
        if dep in ("amod", "nmod", "compound"):
            return self._presupposed(self._own[token.head])
        return self._own[token.head]

    def _root(self, i: int) -> Stand:
        """A question asks, a bare infinitive plans (headlines), an imperative requests."""
        tree = self.tree
        name = None
        if self._words and self._words[-1] == "?":
            name = "question"
        elif is_infinitive(tree, i) and tree.child(i, "nsubj", "nsubjpass") is not None:
            name = "headline"
        elif tree[i].tag == "VB" and not auxiliaries(tree, i):
            name = "imperative" if tree.child(i, "nsubj", "expl") is None else None
        return self._construction(START, i, name) if name else START

    def _coordinate(self, i: int, first: int) -> Stand:
        """A conjunct shares what reaches the first one, and its modals if it has none itself."""
        tree, tag = self.tree, self.tree[i].tag
        for k in tree.children(first, "cc"):
            for cue in self._of("prep", f"{self._words[k - 1]} {self._words[k]}") if k else ():
                return self._incoming[first].under(cue, k, "prep")
        if not tree.is_verb(i):
            shares = tag[:2] == "NN" and any(
                self._words[k] in ("or", "nor") for k in tree.children(first, "cc")
            )
            return self._own[first] if shares else self._incoming[first]
        if tree.child(i, "nsubj", "nsubjpass", "aux", "auxpass") is not None:
            return self._incoming[first]
        if tag in ("VBD", "VBZ", "VBP") and tree[first].tag not in ("VBD", "VBZ", "VBP"):
            return START if is_infinitive(tree, first) else self._incoming[first]
        but = any(self._words[k] == "but" for k in tree.children(first, "cc"))
        if tree[first].tag != tag and "VBN" in (tag, tree[first].tag):
            return self._incoming[first]
        nor = any(self._words[k] in ("nor", "or") for k in tree.children(first, "cc"))
        finite = tag in ("VBD", "VBZ", "VBP")
        own = self._open if but or (finite and not nor) else self._own
        return own.get(first, self._incoming[first])

    def _complement(self, i: int, governor: int) -> Stand:
        if self.tree[i].dep == "acomp":
            return self._own[governor]
        if self._inversion(i) is not None:
            return self._adjunct(i, governor)
        frame = self.frame(i)
        said = self.tree.child(governor, "dobj") if i < governor and frame == "that" else None
        if said is not None and self.cue(said, "self") is not None:
            return self._incoming[governor]
        found = self._cue_among(i, self._governors(governor, frame), frame)
        if frame == "to" and self._too(governor):
            found = None
        mark = self._mark_cue(i, "that")
        if found is None:
            stand = self._default(self._own[governor], frame, governor)
        else:
            word = self.tree[found[1]].text
            stand = self._own[governor].under(found[0], found[1], frame, word)
        return stand.under(mark, i, "mark") if mark is not None else stand

    def _default(self, outer: Stand, frame: str, at: int) -> Stand:
        """A complement of a word without signature: an infinitive is open, the rest is kept."""
        if frame == "to" and self._too(at):
            return self._construction(outer, at, "too")
        if self._of("construction", frame):
            return self._construction(outer, at, frame)
        return outer.with_(affirm(outer.commitment))

    def _prepositional(self, i: int, preposition: int) -> Stand:
        tree = self.tree
        governor = tree[preposition].head
        outer = self._own[preposition]
        word = self._words[preposition]
        two = f"{self._words[preposition - 1]} {word}" if preposition else word
        for cue in self._of("prep", two):
            return outer.under(cue, preposition, "prep")
        if governor in self._own and governor != preposition:
            found = self._cue_among(i, self._prepositional_governors(governor, word), word)
            if found is not None and found[1] == governor:
                return self._beneath(governor, found[0], word)
            if found is not None:
                return self._own[governor].under(found[0], found[1], word)
        for cue in self._of("prep", word):
            return outer.under(cue, preposition, "prep")
        if tree[i].dep == "pcomp":
            return outer.with_(affirm(outer.commitment))
        return self._presupposed(outer, i)

    def _nominal(self, i: int, governor: int) -> Stand:
        dep = self.tree[i].dep
        role = _ROLES.get(dep)
        outer = self._own[governor]
        if dep == "attr":
            return outer
        if dep == "compound":
            cue = self.cue(governor, "of")
            return outer.under(cue, governor, "compound") if cue is not None else outer
        if role is not None:
            cue = self.cue(governor, role)
            if cue is not None:
                return outer.under(cue, governor, role)
            for k in self.tree.children(governor, *COMPLEMENTS) if role == "subj" else ():
                cue = self.cue(k, role)
                if cue is not None:
                    return outer.under(cue, k, role)
        return self._presupposed(outer, i)

    def _presupposed(self, outer: Stand, i: int | None = None) -> Stand:
        """What is only mentioned: never denied with its clause; actual if spoken of as known."""
        if outer.commitment == ACTUAL:
            return outer
        if i is not None and self._definite(i):
            return Stand(ACTUAL, outer.path)
        return outer.with_(affirm(outer.commitment))

    def _adjunct(self, i: int, governor: int) -> Stand:
        tree, dep = self.tree, self.tree[i].dep
        if dep == "acl":
            return self._noun_clause(i, governor)
        if dep == "relcl":
            own = self._own[governor]
            if is_infinitive(tree, i) or self._clause_of_noun(i, governor):
                return self._noun_clause(i, governor)
            told = is_past(tree, i) or self._told_of(i, governor)
            return own.with_(ACTUAL if told else affirm(own.commitment))
        cue = self._mark_cue(i, "mod")
        outer = self._incoming[governor]
        if cue is not None and cue.positive == "background":
            outer = self._foreground(governor)
        if is_past(tree, i) and outer.commitment.status in _AHEAD:
            outer = Stand(ACTUAL, outer.path)
        if cue is not None:
            return outer.with_(affirm(outer.commitment)).under(cue, i, "mark")
        own = self._own[governor]
        if is_infinitive(tree, i):
            signature = self.cue(governor, "to")
            if signature is not None and tree.child(governor, "xcomp", "ccomp") is None:
                return own.under(signature, governor, "to")
            return self._default(own.with_(affirm(own.commitment)), "purpose", i)
        if not (is_past(tree, i) or own.commitment.actual):
            outer = own
        return outer.with_(affirm(outer.commitment))

    def _foreground(self, i: int) -> Stand:
        """What reaches the nearest finite clause at or above `i`."""
        tree = self.tree
        for node in (i, *tree.ancestors(i)):
            if self.frame(node) == "that" and tree.is_verb(node):
                return self._incoming[node]
        return self._incoming[i]

    def _noun_clause(self, i: int, noun: int) -> Stand:
        frame, own = self.frame(i), self._own[noun]
        cue = self.cue(noun, frame)
        bare = self.tree[i].tag in ("VBN", "VBG") and not auxiliaries(self.tree, i)
        if cue is not None and frame in ("to", "that") and (frame == "to" or not bare):
            return self._beneath(noun, cue, frame)
        if frame == "to":
            rank = self._rank(noun)
            if rank is not None:
                return own.under(rank, noun, "rank")
            if self.tree[i].tag == "VBN" and "be" in auxiliaries(self.tree, i):
                return self._construction(own, i, "to be done")
            bare = self.tree[noun].dep == "ROOT" and self.tree.is_noun(noun)
            return self._default(own, "headline" if bare else "noun", noun)
        return own.with_(affirm(own.commitment))

    def _beneath(self, governor: int, cue: Cue, frame: str) -> Stand:
        """What stands beneath a cue, disowned if the cue is an allegation that a verb rejects."""
        disputed = self._disputed(governor, cue) if self.tree.is_noun(governor) else None
        if disputed is not None:
            verb = disputed[1]
            return self._own[verb].under(disputed[0], verb, "claim", self.tree[verb].text)
        return self._own[governor].under(cue, governor, frame)
