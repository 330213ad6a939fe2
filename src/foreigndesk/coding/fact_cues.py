"""The walk over one tree: what reaches each node from its governor, and what it does to it."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.factuality import EFFECTS, Cue, Cues
from foreigndesk.coding.status import ACTUAL, Commitment, affirm, apply, deny, weaken
from foreigndesk.coding.tense import auxiliaries, is_infinitive, is_past, is_progressive
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Status

PARTS = {"VB": "verb", "NN": "noun", "JJ": "adj", "RB": "adv", "IN": "prep", "TO": "prep"}
CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "oprd", "acomp", "dep"})
ADJUNCTS = frozenset({"advcl", "relcl", "acl"})
PREPOSITIONS = frozenset({"prep", "agent", "prt"})
_ROLES = {"dobj": "obj", "nsubjpass": "obj", "attr": "obj", "nsubj": "subj", "csubj": "subj"}
_COMPLEMENTS = ("acomp", "attr", "oprd")
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_AHEAD = (Status.PLANNED, Status.REQUESTED, Status.CONDITIONAL)
_CONDITIONAL = ("conditional", "counterfactual")


@dataclass(frozen=True, slots=True)
class Step:
    """One cue on the way: the token it stands at, the relation, the cue's id and its effect."""

    governor: int
    relation: str
    cue: str
    effect: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A commitment with the cues and hedges that led to it, outermost first."""

    commitment: Commitment = ACTUAL
    path: tuple[Step, ...] = ()
    hedges: tuple[str, ...] = ()

    def with_(self, commitment: Commitment) -> Stand:
        """The same path, another commitment."""
        return Stand(commitment, self.path, self.hedges)

    def under(self, cue: Cue, at: int, relation: str) -> Stand:
        """What stands beneath `cue`, at token `at`: its complement."""
        name = cue.positive if self.commitment.positive else cue.negative
        step = Step(at, relation, cue.id, name)
        hedges = () if EFFECTS[name].reset else self.hedges
        return Stand(apply(self.commitment, EFFECTS[name]), (*self.path, step), hedges)

    def beside(self, cue: Cue, at: int, negated: bool = False, hedge: str | None = None) -> Stand:
        """What stands after `cue`, at token `at`, has modified it: a modal, adverb, adjective."""
        name = cue.negative if negated else cue.positive
        step = Step(at, "mod", cue.id, name)
        hedges = (*self.hedges, hedge) if hedge is not None else self.hedges
        return Stand(weaken(self.commitment, EFFECTS[name]), (*self.path, step), hedges)


START = Stand()


class Walk:
    """The commitments of one tree, each node computed once, governors first."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree = tree
        self._of = cues.of
        self._words = [t.text.lower() for t in tree.tokens]
        self._lemmas = [t.lemma.lower() for t in tree.tokens]
        self._incoming: dict[int, Stand] = {}
        self._open: dict[int, Stand] = {}
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

    # ------------------------------------------------------------------ edges

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
        elif tree[i].tag == "VB" and tree.child(i, "nsubj", "nsubjpass", "expl") is not None:
            name = "headline" if is_infinitive(tree, i) else None
        elif tree[i].tag == "VB" and not auxiliaries(tree, i):
            name = "imperative"
        return self._construction(START, i, name) if name else START

    def _coordinate(self, i: int, first: int) -> Stand:
        """A conjunct shares what reaches the first one, and its modals if it has none itself."""
        tree, tag = self.tree, self.tree[i].tag
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
        own = self._open if but or tag in ("VBD", "VBZ", "VBP") else self._own
        return own.get(first, self._incoming[first])

    def _complement(self, i: int, governor: int) -> Stand:
        if self.tree[i].dep == "acomp":
            return self._own[governor]
        frame = self.frame(i)
        found = self._cue_among(i, self._governors(governor, frame), frame)
        mark = self._mark_cue(i, "that")
        if found is None:
            stand = self._default(self._own[governor], frame, governor)
        else:
            stand = self._own[governor].under(found[0], found[1], frame)
        return stand.under(mark, i, "mark") if mark is not None else stand

    def _governors(self, i: int, frame: str) -> list[int]:
        """The governor, and what a copula or a light verb says in its place."""
        tree = self.tree
        found = [i, *tree.children(i, *_COMPLEMENTS)]
        if self._lemmas[i] == "be":
            found.extend(tree.children(i, "nsubj"))
            return found[1:] + found[:1]
        if frame == "to":
            found.extend(tree.children(i, "dobj"))
        return found

    def _cue_among(self, i: int, governors: list[int], frame: str) -> tuple[Cue, int] | None:
        for g in governors:
            cue = self.cue(g, frame) if g != i else None
            if cue is not None:
                return cue, g
        return None

    def _default(self, outer: Stand, frame: str, at: int) -> Stand:
        """A complement of a word without signature: an infinitive is open, the rest is kept."""
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
            return outer.with_(affirm(outer.commitment)).under(cue, preposition, "prep")
        if governor in self._own and governor != preposition:
            found = self._cue_among(i, self._governors(governor, word), word)
            if found is not None:
                return self._own[governor].under(found[0], found[1], word)
        for cue in self._of("prep", word):
            return outer.with_(affirm(outer.commitment)).under(cue, preposition, "prep")
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
            for k in self.tree.children(governor, *_COMPLEMENTS) if role == "subj" else ():
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

    def _definite(self, i: int) -> bool:
        for k in self.tree.children(i):
            dep = self.tree[k].dep
            if dep == "poss" or (dep == "det" and self._words[k] in _DEFINITE):
                return True
        return False

    def _adjunct(self, i: int, governor: int) -> Stand:
        tree, dep = self.tree, self.tree[i].dep
        if dep == "acl":
            return self._noun_clause(i, governor)
        if dep == "relcl":
            own = self._own[governor]
            if is_infinitive(tree, i) or self._clause_of_noun(i, governor):
                return self._noun_clause(i, governor)
            return own.with_(ACTUAL if is_past(tree, i) else affirm(own.commitment))
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
            return own.under(cue, noun, frame)
        if frame == "to":
            bare = self.tree[noun].dep == "ROOT" and self.tree.is_noun(noun)
            return self._default(own, "headline" if bare else "noun", noun)
        return own.with_(affirm(own.commitment))

    def _clause_of_noun(self, i: int, noun: int) -> bool:
        """Whether a clause taken for a relative one says what the noun holds ("claims that")."""
        first = min(self.tree.children(i), default=i)
        return (
            self._words[first] == "that"
            and self.cue(noun, "that") is not None
            and (self.tree[first].dep not in ("nsubj", "nsubjpass"))
        )

    # ------------------------------------------------------------------ cues

    def frame(self, i: int) -> str:
        """The kind of clause at `i`: `to`, `ing` or `that`."""
        tag = self.tree[i].tag
        if is_infinitive(self.tree, i):
            return "to"
        if tag == "VBG" and not auxiliaries(self.tree, i):
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
        particle = self.tree.child(i, "prt") if part == "verb" else None
        if particle is not None:
            for cue in self._of(part, f"{lemma} {self._words[particle]}"):
                if self._fits(cue, i, frame):
                    return cue
        for cue in self._of(part, lemma):
            if self._fits(cue, i, frame):
                return cue
        if part == "verb" and self.tree[i].tag in ("VBN", "VBD"):
            for cue in self._of("adj", self._words[i]):
                if self._fits(cue, i, frame):
                    return cue
        return None

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
        return self._has_condition(i)

    def _mark_cue(self, i: int, frame: str) -> Cue | None:
        """The cue among the marks that open clause `i`, or its inversion ("should he go")."""
        tree = self.tree
        openers = [k for k in tree.children(i, "mark", "advmod", "aux") if self._opens(i, k)]
        two = [f"{self._words[k - 1]} {self._words[k]}" for k in openers if k]
        for name in (*two, *(self._words[k] for k in openers)):
            for cue in self._of("mark", name):
                if frame in cue.frame:
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

    def _has_condition(self, i: int) -> bool:
        for k in self.tree.children(i, "advcl"):
            cue = self._mark_cue(k, "mod")
            if cue is not None and cue.positive in _CONDITIONAL:
                return True
        return False

    # ------------------------------------------------------------------ nodes

    def _local(self, i: int, stand: Stand) -> Stand:
        """What the word's own modals, adverbs, adjectives and negation do to it."""
        tree = self.tree
        for cue in self._of("noun", self._lemmas[i]) if tree.is_noun(i) else ():
            if "self" in cue.frame:
                stand = stand.under(cue, i, "self")
        negations: list[Step] = []
        for k in self._modifiers(i):
            no = self._negation(k)
            if no is not None:
                negations.append(no)
            else:
                stand = self._modify(i, k, stand)
        stand = self._open[i] = self._shaped(i, stand)
        for step in negations:
            stand = Stand(deny(stand.commitment), (*stand.path, step), stand.hedges)
        return stand

    def _shaped(self, i: int, stand: Stand) -> Stand:
        """What the shape of the verb group and an if-clause do to it."""
        status = stand.commitment.status
        if stand.commitment.actual and is_progressive(self.tree, i, present=True):
            return self._construction(stand, i, "progressive")
        if status in (Status.PLANNED, Status.POSSIBLE) and self._has_condition(i):
            return self._construction(stand, i, "consequence")
        return stand

    def _construction(self, stand: Stand, i: int, name: str) -> Stand:
        """What a construction without a word of its own does, at token `i`."""
        cues = self._of("construction", name)
        return stand.under(cues[0], i, name) if cues else stand

    def _modifiers(self, i: int) -> list[int]:
        """The words that modify `i`, those on its preposition and "no" on its subject included."""
        tree = self.tree
        found = [
            k for k in tree.children(i, "aux", "advmod", "neg", "amod", "det", "nmod", "preconj")
            if tree[k].dep != "aux" or tree[k].tag == "MD"
        ]  # fmt: skip
        found.extend(n for k in found for n in tree.children(k, "neg") if n != k - 1)
        if tree.is_verb(i):
            found.extend(k for k in tree.children(i, "dobj") if self._is_no(k))
        for s in tree.children(i, "nsubj", "nsubjpass") if tree.is_verb(i) else ():
            found.extend(k for k in (*tree.children(s, "det", "neg"), s) if self._is_no(k))
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
