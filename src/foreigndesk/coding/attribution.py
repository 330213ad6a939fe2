"""Who says what in an article, nested to any depth: sources, cues, contents and stances.

The speech acts of each sentence are read from its tree (`speech`); quotations, which may run over
sentences, are then given to the act that introduces them or, without one, to the last speaker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foreigndesk.codebook.attribution import SpeechCues, load_speech_cues
from foreigndesk.codebook.load import Codebook
from foreigndesk.coding.event_nouns import load_event_words
from foreigndesk.coding.quotes import is_long, join, paragraphs, quotations
from foreigndesk.coding.speech import said
from foreigndesk.coding.speech_act import Said
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import AttributionSpan, Span, Stance, TextRange

_NEXT_LINE = 8
"""Characters, at most, between a quotation and the dash before its speaker's name."""
_EDGE = ",;:.- \t\n–—"


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """One attribution of an article.

    `sentence` holds the cue, tokens `cue` (first and last, inclusive); `source` are the heads of
    the source's noun phrases in sentence `source_sentence`, None if unnamed. `content` are
    character ranges of the document. `rule` is the id of the codebook entry. `speech` is false
    for a will or an opinion that states no fact ("supports a strike").
    """

    sentence: int
    source: tuple[int, ...] | None
    source_sentence: int
    cue: tuple[int, int]
    content: tuple[TextRange, ...]
    stance: Stance
    rule: str
    speech: bool = True


class AttributionReader:
    """Reads the speech acts of an article."""

    def __init__(self, codebook: Codebook) -> None:
        """Raises CodebookError where the attribution data are wrong."""
        self._cues = load_speech_cues(codebook)
        self._events = load_event_words(codebook)

    def read(self, trees: Sequence[Tree], text: str) -> tuple[SpeechAct, ...]:
        """The speech acts of an article whose sentences are `trees` and whose text is `text`.

        In text order of their cues; an act lies inside another if its cue lies in its content.
        """
        acts = [
            _act(n, tree, s, text, self._speaks(tree, s))
            for n, tree in enumerate(trees)
            for s in said(tree, self._cues)
        ]
        _answer(acts, trees, self._cues)
        quoting = _Quoting(acts, trees, text)
        for first, last in paragraphs(trees):
            quoting.give(first, last)
        return tuple(act for act in acts if act.content)

    def _speaks(self, tree: Tree, s: Said) -> bool:
        """Whether the act states something: no mere opinion, and no happening that "shows"."""
        if not s.cue.speech or s.source is None:
            return s.cue.speech
        for head in s.source:
            lemma = tree[head].lemma.lower()
            common = tree[head].tag in ("NN", "NNS")
            if not common or not self._events.holds(lemma) or self._cues.of("source", lemma):
                return True
        return False


def attributions_for(
    acts: Iterable[SpeechAct], sentence: int, start: int, end: int
) -> tuple[SpeechAct, ...]:
    """The acts of speech whose content covers characters `start` to `end`, outermost first.

    Acts that only show a will or an opinion (`speech` false) are left out. `sentence` is the
    index of the sentence of the characters.
    """
    found = [
        act
        for act in acts
        if act.speech and any(r.start <= start and end <= r.end for r in act.content)
    ]
    return tuple(sorted(found, key=lambda act: (-_size(act), act.sentence, act.cue)))


def attribution_spans(
    acts: Iterable[SpeechAct], trees: Sequence[Tree], text: str
) -> tuple[AttributionSpan, ...]:
    """The acts with the characters of speaker, cue and content, in the order of their cues."""
    found = []
    for act in acts:
        cue = trees[act.sentence].span(act.cue[0], act.cue[1], text)
        found.append(AttributionSpan(_speaker(act, trees, text), cue, act.content, act.stance))
    return tuple(found)


def _size(act: SpeechAct) -> int:
    return sum(r.end - r.start for r in act.content)


def _act(n: int, tree: Tree, s: Said, text: str, speech: bool) -> SpeechAct:
    cue = s.cue
    outside = set(range(s.first, s.last + 1))
    ranges = _ranges(tree, [k for k in s.content if k not in outside], text)
    return SpeechAct(n, s.source, n, (s.first, s.last), ranges, cue.stance, cue.id, speech)


def _ranges(tree: Tree, tokens: Sequence[int], text: str) -> tuple[TextRange, ...]:
    """Tokens as character ranges, those side by side joined, without punctuation at the edges."""
    runs: list[list[int]] = []
    for k in tokens:
        if runs and runs[-1][-1] == k - 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    found = []
    for run in runs:
        start, end = tree[run[0]].start, tree[run[-1]].end
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if any(c.isalnum() for c in text[start:end]):
            found.append(TextRange(start, end))
    return tuple(found)


def _speaker(act: SpeechAct, trees: Sequence[Tree], text: str) -> Span | None:
    """The full noun phrase of the source, appositions and all, without the cue."""
    if not act.source:
        return None
    tree = trees[act.source_sentence]
    same = act.source_sentence == act.sentence
    above = {act.cue[1], *tree.ancestors(act.cue[1])} - set(act.source) if same else set()
    found = {k for head in act.source for k in tree.subtree(head, above)}
    if same:
        found -= set(range(act.cue[0], act.cue[1] + 1))
        head = act.source[0]
        found = {k for k in found if (k < act.cue[0]) == (head < act.cue[0])}
    ordered = sorted(found)
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[-1]].text):
        ordered.pop()
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[0]].text):
        ordered.pop(0)
    return tree.span(ordered[0], ordered[-1], text) if ordered else None


def _answer(acts: list[SpeechAct], trees: Sequence[Tree], cues: SpeechCues) -> None:
    """Lets a denial of "it" or of "the charge" reach what the act before it says, in place."""
    for k, act in enumerate(acts):
        before = acts[k - 1] if k else None
        if before is None or act.stance not in (Stance.DENIES, Stance.DOUBTS):
            continue
        near = act.sentence - before.sentence <= 1 and before.speech
        if near and before.source != act.source and _is_bare(act, trees[act.sentence], cues):
            acts[k] = replace(act, content=(*before.content, *act.content))


def _is_bare(act: SpeechAct, tree: Tree, cues: SpeechCues) -> bool:
    """Whether what is denied is but a pronoun, or a noun of speech without content of its own."""
    objects = tree.children(act.cue[1], "dobj")
    if len(objects) != 1 or len(act.content) != 1:
        return False
    token = tree[objects[0]]
    if token.tag in ("PRP", "DT"):
        return True
    held = any(tree[k].dep in ("prep", "acl", "relcl", "ccomp") for k in tree.children(token.i))
    return bool(cues.of("noun", token.lemma.lower())) and not held


# --------------------------------------------------------------------------- quotations


class _Quoting:
    """Gives the quotations of an article to its acts, widening their contents in place."""

    def __init__(self, acts: list[SpeechAct], trees: Sequence[Tree], text: str) -> None:
        self.acts, self.trees, self.text = acts, trees, text
        self._at: dict[int, list[int]] = {}
        for k, act in enumerate(acts):
            self._at.setdefault(act.sentence, []).append(k)
        self._starts = [tree.sentence.start for tree in trees]
        self._heads = frozenset(self._starts)

    def give(self, first: int, last: int) -> None:
        """Gives every quotation of sentences `first` to `last`, a paragraph, to one act."""
        speaker: int | None = None
        start, end = self.trees[first].sentence.start, self.trees[last].sentence.end
        for quote in quotations(self.text, start, end):
            whole = is_long(quote) or quote.start in self._heads
            owner = self._signed(quote, first, last) if whole else None
            if owner is None:
                owner = self._owner(quote, first, last)
            if owner is None and whole:
                owner = speaker
            if owner is None:
                continue
            act = self.acts[owner]
            self.acts[owner] = replace(act, content=join([*act.content, quote], self.text))
            speaker = owner if act.speech else speaker

    def _within(self, first: int, last: int, start: int, end: int) -> list[int]:
        """The acts of sentences `first` to `last` that begin before `end`, from `start` on."""
        low = max(first, bisect_right(self._starts, start) - 1)
        high = min(last, bisect_left(self._starts, end) - 1)
        return [k for n in range(low, high + 1) for k in self._at.get(n, ())]

    def _owner(self, quote: TextRange, first: int, last: int) -> int | None:
        """The act that introduces a quotation: its cue outside it, in the same sentence."""
        for k in self._within(first, last, quote.start, quote.end):
            act = self.acts[k]
            at = self.trees[act.sentence][act.cue[0]].start
            touches = any(r.start < quote.end and quote.start < r.end for r in act.content)
            if quote.start <= at < quote.end or not (touches or not act.content):
                continue
            if touches or is_long(quote):
                return k
        return None

    def _signed(self, quote: TextRange, first: int, last: int) -> int | None:
        """The act whose cue follows at once, on the same line or the next ("- Jane Doe")."""
        for k in self._within(first, last + 1, quote.end - 1, quote.end + _NEXT_LINE):
            act = self.acts[k]
            at = self.trees[act.sentence][act.cue[0]].start
            if at >= quote.end and not act.content:
                between = self.text[quote.end : at]
                return None if any(c.isalnum() for c in between) else k
        return None
