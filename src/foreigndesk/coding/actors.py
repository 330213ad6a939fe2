"""Who the mentions of an article are: names, phrases and reference, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.load import Codebook
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

    def __init__(self, codebook: Codebook) -> None:
        self.names = Names(codebook)
        self.lexicon = Lexicon(codebook)
        self.offices = Offices(self.names.persons, self.lexicon.posts())
        self.homelands = Homelands(codebook)
        self.finder = UnitFinder(self.names, self.lexicon)

    def read(
        self, sentences: list[Sentence], text: str, published: str | None
    ) -> list[SentenceMentions]:
        """The mentions of each sentence of an article, reference over the whole article done.

        `text` is the Document's text in which the sentences' offsets count; `published` an ISO
        day (or month, or year) as of which offices are read, None for the latest known.
        """
        parsed = [self._parse(sentence) for sentence in sentences]
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
            abroad=any(state.id in established.supported for state in self.names.states.values()),
        )
        drafts: list[list[Draft]] = []
        for sentence in parsed:
            self._settle(sentence, established)
            drafts.append(Phrases(sentence.tree, sentence.units, setting).compose())
        trees = [sentence.tree for sentence in parsed]
        resolved = Resolver(setting).resolve(trees, drafts)
        return [SentenceMentions.of(d.finished(text) for d in found) for found in resolved]

    def _parse(self, sentence: Sentence) -> _Parsed:
        tree = Tree(sentence)
        verbal = any(tree.is_verb(t.i) for t in tree.tokens)
        heading = sentence.segment is SegmentKind.TITLE or (verbal and _title_case(tree))
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
    words = [t.text for t in tree.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    capital = sum(w[0].isupper() for w in words)
    ended = tree.tokens[-1].text in (".", "?", "!", '"')
    return len(words) >= 4 and not ended and capital >= 0.75 * len(words)
