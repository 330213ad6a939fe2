"""Who says what in an article, nested to any depth: sources, cues, contents and stances.

The speech acts of each sentence are read from its tree (`speech`); quotations, which may run over
sentences, are then given to the act that introduces them or, without one, to the last speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foreigndesk.codebook.attribution import SpeechCues, load_speech_cues
from foreigndesk.codebook.load import Codebook
from foreigndesk.coding.event_nouns import load_event_words
from foreigndesk.coding.quotes import paragraphs
from foreigndesk.coding.quoting import Quoting
from foreigndesk.coding.signatures import Signature, headings, signatures
from foreigndesk.coding.speech import said
from foreigndesk.coding.speech_act import Said, SpeechAct
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import AttributionSpan, Span, Stance, TextRange

__all__ = ["AttributionReader", "SpeechAct", "attribution_spans", "attributions_for"]

_EDGE = ",;:.- \t\n–—"


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
        marked = (*headings(trees, text, self._cues), *signatures(trees, text, self._cues))
        acts.extend(_signed_act(found) for found in marked)
        acts.sort(key=lambda act: (act.sentence, act.cue))
        _answer(acts, trees, self._cues)
        quoting = Quoting(acts, trees, text)
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


def _signed_act(found: Signature) -> SpeechAct:
    cue, at = found.cue, (found.mark, found.mark)
    content = (found.content,)
    return SpeechAct(found.sentence, (found.source,), found.line, at, content, cue.stance, cue.id)


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
        found -= {k for k in found if k > head and _covers(act.content, tree[k].start)}
    ordered = sorted(found)
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[-1]].text):
        ordered.pop()
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[0]].text):
        ordered.pop(0)
    return tree.span(ordered[0], ordered[-1], text) if ordered else None


def _covers(ranges: Iterable[TextRange], at: int) -> bool:
    return any(r.start <= at < r.end for r in ranges)


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
