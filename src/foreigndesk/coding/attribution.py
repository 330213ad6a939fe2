"""Who says what in an article, nested to any depth: sources, cues, contents and stances.

The speech acts of each sentence are read from its tree (`speech`); quotations, which may run over
sentences, are then given to the act that introduces them or, without one, to the last speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foreigndesk.codebook.attribution import load_speech_cues
from foreigndesk.codebook.load import Codebook
from foreigndesk.coding.event_nouns import load_event_words
from foreigndesk.coding.quotes import is_long, join, paragraphs, quotations
from foreigndesk.coding.speech import Said, said
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import AttributionSpan, Span, Stance, TextRange

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
        for first, last in paragraphs(trees):
            _give_quotations(acts, trees, text, (first, last))
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
    found = {k for head in act.source for k in tree.subtree(head)}
    if act.source_sentence == act.sentence:
        found -= set(range(act.cue[0], act.cue[1] + 1))
        head = act.source[0]
        found = {k for k in found if (k < act.cue[0]) == (head < act.cue[0])}
    ordered = sorted(found)
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[-1]].text):
        ordered.pop()
    while len(ordered) > 1 and not any(c.isalnum() for c in tree[ordered[0]].text):
        ordered.pop(0)
    return tree.span(ordered[0], ordered[-1], text) if ordered else None


# --------------------------------------------------------------------------- quotations


def _give_quotations(
    acts: list[SpeechAct], trees: Sequence[Tree], text: str, bounds: tuple[int, int]
) -> None:
    """Give every long quotation of a paragraph to an act, widening its content in place."""
    first, last = bounds
    speaker: int | None = None
    for quote in quotations(text, trees[first].sentence.start, trees[last].sentence.end):
        owner = _owner(acts, trees, quote, bounds)
        if owner is None and is_long(quote):
            owner = speaker if speaker is not None else _named_beneath(acts, trees, quote, last)
        if owner is None:
            continue
        act = acts[owner]
        acts[owner] = replace(act, content=join([*act.content, quote], text))
        speaker = owner if act.speech else speaker


def _owner(
    acts: Sequence[SpeechAct], trees: Sequence[Tree], quote: TextRange, bounds: tuple[int, int]
) -> int | None:
    """The act that a quotation belongs to: its cue outside the quotation, in the same sentence."""
    best: int | None = None
    for k, act in enumerate(acts):
        if not bounds[0] <= act.sentence <= bounds[1]:
            continue
        tree = trees[act.sentence]
        at = tree[act.cue[0]].start
        touches = any(r.start < quote.end and quote.start < r.end for r in act.content)
        if quote.start <= at < quote.end or not (touches or not act.content):
            continue
        near = tree.sentence.start < quote.end and quote.start < tree.sentence.end
        if near and best is None and (touches or is_long(quote)):
            best = k
    return best


def _named_beneath(
    acts: Sequence[SpeechAct], trees: Sequence[Tree], quote: TextRange, last: int
) -> int | None:
    """The act that names the speaker on the line after the quotation ("- Jane Doe, envoy")."""
    for k, act in enumerate(acts):
        if act.sentence == last + 1 and act.cue == (0, 0) and not act.content:
            return k
    return None
