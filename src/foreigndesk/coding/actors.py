"""Who the mentions of an article are: names, phrases and reference, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.places import Gazetteer
from foreigndesk.coding.actor_phrases import Phrases
from foreigndesk.coding.coreference import Resolver
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.established import Established
from foreigndesk.coding.homelands import Homelands
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.names import Names
from foreigndesk.coding.offices import Offices
from foreigndesk.coding.setting import Setting
from foreigndesk.coding.unit_finder import UnitFinder
from foreigndesk.coding.units import ROLE, UNKNOWN, Unit
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import SegmentKind, Sentence


@dataclass(slots=True)
class _Parsed:
    tree: Tree
    units: list[Unit]
    heading: bool


class ActorReader:
    """Finds and resolves the actors of a text; one reader serves any number of texts."""

    def __init__(self, codebook: Codebook, gazetteer: Gazetteer | None = None) -> None:
        """`gazetteer`: the codebook's, if there is one yet. Raises CodebookError."""
        self.names = Names(codebook)
        self.lexicon = Lexicon(codebook)
        self.offices = Offices(self.names.persons, self.lexicon.posts())
        self.homelands = Homelands(codebook, gazetteer)
        self.finder = UnitFinder(self.names, self.lexicon)
        self._states = frozenset(state.id for state in self.names.states.values())

    def read(
        self,
        sentences: Sequence[Sentence],
        text: str,
        published: str | None,
        trees: Sequence[Tree] | None = None,
    ) -> list[SentenceMentions]:
        """The mentions of each sentence of an article, reference over the whole article done.

        `text` is the Document's text in which the sentences' offsets count; `published` an ISO
        day (or month, or year) as of which offices are read, None for the latest known. `trees`
        are the sentences' own, where there are any yet.
        """
        parsed = [self._parse(tree) for tree in trees or map(Tree, sentences)]
        established = Established(self.names, published)
        for sentence in parsed:
            established.gather(sentence.units, sentence.tree)
        setting = Setting(
            lexicon=self.lexicon,
            names=self.names,
            offices=self.offices,
            homelands=self.homelands,
            published=published,
            supported=frozenset(established.supported),
            abroad=not self._states.isdisjoint(established.supported),
        )
        drafts: list[list[Draft]] = []
        for sentence in parsed:
            self._settle(sentence, established)
            drafts.append(Phrases(sentence.tree, sentence.units, setting).compose())
        resolved = Resolver(setting).resolve([sentence.tree for sentence in parsed], drafts)
        return [SentenceMentions.of(d.finished(text) for d in found) for found in resolved]

    def _parse(self, tree: Tree) -> _Parsed:
        shouted = _title_case(tree) and any(tree.is_verb(t.i) for t in tree.tokens)
        heading = tree.sentence.segment is SegmentKind.TITLE or shouted
        return _Parsed(tree, self.finder.find(tree, unknown=True), heading)

    def _settle(self, sentence: _Parsed, established: Established) -> None:
        """Choose each name's reading; in headings unknown capitals are no names by themselves."""
        kept: list[Unit] = []
        for unit in sentence.units:
            established.choose(unit)
            if unit.sort == UNKNOWN:
                tokens = sentence.tree.tokens[unit.first : unit.last + 1]
                words = tuple(t.text for t in tokens if t.text != "-")
                beside = bool(kept) and kept[-1].last == unit.first - 1
                established.resolve(unit, words, bare=not beside)
                titled = beside and kept[-1].sort == ROLE
                if sentence.heading and unit.sort == UNKNOWN and not unit.word and not titled:
                    continue
            kept.append(unit)
        sentence.units = kept


def _title_case(tree: Tree) -> bool:
    """Whether most words of a sentence of some length have capitals."""
    if tree.tokens[-1].text in (".", "?", "!", '"'):
        return False
    words = [t.text for t in tree.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    capital = sum(w[0].isupper() for w in words)
    return len(words) >= 4 and capital >= 0.75 * len(words)
