"""Sentences to Reports: the coders of this room, put together for one text at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.ontology import ontology
from foreigndesk.coding.actors import ActorReader
from foreigndesk.coding.attribution import AttributionReader, SpeechAct
from foreigndesk.coding.calendar import infer_writing_time, resolve_years
from foreigndesk.coding.completion import Completer
from foreigndesk.coding.event_date import date_words
from foreigndesk.coding.factuality import FactualityReader, predicates
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.frames import FrameReader
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.order_facts import OrderReader
from foreigndesk.coding.places import PlaceReader
from foreigndesk.coding.places_event import event_place_words
from foreigndesk.coding.times import TimeReader
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import (
    DocumentRef,
    Mention,
    Place,
    Predicate,
    Segment,
    Sentence,
    TimeExpression,
)


@dataclass(frozen=True)
class Reading:
    """All that was read in one text, before it is put into Reports.

    `published` is the publication date in EDTF, given or inferred, `written` the time of writing
    that the text's own dates show (EDTF); None if unknown. Lists of trees, mentions and frames
    run along with `sentences`.
    """

    text: str
    document: DocumentRef
    published: str | None
    written: str | None
    sentences: Sequence[Sentence]
    trees: Sequence[Tree]
    mentions: Sequence[SentenceMentions]
    frames: Sequence[Sequence[Frame]]
    acts: tuple[SpeechAct, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]

    @cached_property
    def _cues(self) -> dict[int, list[SpeechAct]]:
        table: dict[int, list[SpeechAct]] = {}
        for act in self.acts:
            table.setdefault(act.sentence, []).append(act)
        return table

    def acts_of(self, n: int) -> list[SpeechAct]:
        """The speech acts whose cue stands in sentence `n`."""
        return self._cues.get(n, [])


INFERRED = "inferred"


class Coder:
    """Reads everything in a text that Reports are made of; built once from the codebook.

    `learned`: what the rules leave open is asked of the learned model, where it is installed.
    """

    def __init__(self, codebook: Codebook, *, learned: bool = False) -> None:
        self.ontology = ontology(codebook)
        self.places = PlaceReader(codebook)
        gazetteer = self.places.gazetteer
        self.actors = ActorReader(codebook, gazetteer)
        self.frames = FrameReader(codebook)
        self.factuality = FactualityReader(codebook)
        self.attribution = AttributionReader(codebook)
        self.times = TimeReader(codebook)
        self.date_words = date_words(codebook)
        self.place_words = event_place_words(codebook, gazetteer)
        self.order = OrderReader(codebook)
        quiet = self.frames.classes.get("no-deed", frozenset())
        self.completer = Completer(self.factuality, quiet) if learned else None

    def read(
        self,
        text: str,
        sentences: list[Sentence],
        document: DocumentRef,
        pieces: Sequence[tuple[int, int]],
    ) -> Reading:
        """Everything in `text`; `pieces` are the ranges of it that are journalism."""
        given = document.published
        trees = [Tree(sentence) for sentence in sentences]
        times = self._times(text, pieces, given)
        written = infer_writing_time(times, given)
        mentions = self.actors.read(sentences, text, given or written, trees)
        if given is None and written is not None and not written.endswith(".."):
            document = replace(document, published=written, published_basis=INFERRED)
        return Reading(
            text=text,
            document=document,
            published=document.published,
            written=written,
            sentences=sentences,
            trees=trees,
            mentions=mentions,
            frames=[self._frames(text, t, m) for t, m in zip(trees, mentions, strict=True)],
            acts=self.attribution.read(trees, text),
            times=resolve_years(times, written),
            places=self.places.read(sentences, text),
        )

    def _frames(self, text: str, tree: Tree, mentions: SentenceMentions) -> list[Frame]:
        """The frames of a sentence by rules and, where that is wanted, completed."""
        found = self.frames.read(tree, mentions)
        if self.completer is None:
            return found
        return self.completer.complete(text, tree, mentions, found)

    def _times(
        self, text: str, pieces: Sequence[tuple[int, int]], published: str | None
    ) -> tuple[TimeExpression, ...]:
        return tuple(
            TimeExpression(t.start + start, t.end + start, t.text, t.type, t.value, t.edtf)
            for start, end in pieces
            for t in self.times.read(text[start:end], published)
        )

    def predicates(self, reading: Reading) -> tuple[Predicate, ...]:
        """The event-denoting words of a text with their factuality."""
        return tuple(p for tree in reading.trees for p in predicates(tree, self.factuality))


def mentions_of(reading: Reading) -> tuple[Mention, ...]:
    """All mentions of a text, in text order."""
    return tuple(m.mention for found in reading.mentions for m in found.mentions)


def journalism(segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """The ranges of the kept segments."""
    return [(s.start, s.end) for s in segments if s.kept]
