"""Predicates of a sentence matched to codebook entries: event frames with their participants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.ontology import ontology
from foreigndesk.codebook.predicates import PredicateEntry, predicates, word_classes
from foreigndesk.coding.conditions import met
from foreigndesk.coding.content import acts_in, content_of, decide, under_modal
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.participants import participants
from foreigndesk.coding.roles import Clause, clause_at
from foreigndesk.grammar.tree import Tree

_NOT_PREDICATES = frozenset({"aux", "auxpass", "amod", "compound", "nmod"})


@dataclass
class Considered:
    """What was tried at one token, for `explain`: the entry and why it fell, None if it held."""

    trigger: int
    entry_id: str
    fell: str | None


@dataclass
class FrameReader:
    """Matches predicates; built once from the codebook."""

    codebook: Codebook
    by_lemma: dict[tuple[str, str], list[PredicateEntry]] = field(init=False)
    classes: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_lemma = defaultdict(list)
        self.classes = word_classes(self.codebook)
        self.light = self.classes.get("light", frozenset()) | self.classes.get("occur", frozenset())
        types = ontology(self.codebook).types
        self.on_place = {event for event, entry in types.items() if entry.on_place}
        for entry in predicates(self.codebook):
            for kind, words in (("V", entry.verbs), ("N", entry.nouns), ("J", entry.adjectives)):
                for last in dict.fromkeys(word.split()[-1] for word in words):
                    self.by_lemma[kind, last].append(entry)

    def read(
        self, tree: Tree, mentions: SentenceMentions, log: list[Considered] | None = None
    ) -> list[Frame]:
        """The frames of a sentence, in text order; `log` collects what was considered."""
        found: dict[int, Frame] = {}
        for i in sorted(range(len(tree)), key=lambda i: (-_depth(tree, i), i)):
            entries = self._entries(tree, i)
            if entries:
                clause = clause_at(tree, mentions, i, self.light)
                frame = self._best(clause, entries, found, log)
                if frame is not None:
                    found[i] = frame
        return [found[i] for i in sorted(found) if not _consumed(found, i)]

    def _entries(self, tree: Tree, i: int) -> list[PredicateEntry]:
        token = tree[i]
        kind = token.tag[:1]
        if kind == "V" and token.dep in _NOT_PREDICATES:
            return []
        lemma = token.lemma.lower()
        found = self.by_lemma.get((kind, lemma), [])
        if token.tag == "NNPS" and not found:
            found = self.by_lemma.get((kind, lemma.removesuffix("s")), [])
        if kind == "N" and token.dep == "compound" and tree.is_noun(token.head):
            return []
        return found

    def _best(
        self,
        clause: Clause,
        entries: list[PredicateEntry],
        found: dict[int, Frame],
        log: list[Considered] | None,
    ) -> Frame | None:
        best: Frame | None = None
        for entry in entries:
            result = self._match(clause, entry, found)
            if log is not None:
                fell = result if isinstance(result, str) else None
                log.append(Considered(clause.trigger, entry.id, fell))
            if isinstance(result, Frame) and (best is None or _better(result, best)):
                best = result
        return best

    def _match(self, clause: Clause, entry: PredicateEntry, found: dict[int, Frame]) -> Frame | str:
        """The frame if every condition of the entry holds, else which one did not."""
        words = met(clause, entry, self.classes)
        if isinstance(words, str):
            return words
        content = content_of(clause, found) if entry.content or entry.becomes else ()
        event, mode = decide(entry, [found[c] for c in content])
        if event is None:
            return "its content decides that it is no event"
        frame = Frame(
            clause.trigger, entry, event, mode, (), (), entry.symmetric, words.points,
            words.tokens, content, clause.carrier,
        )  # fmt: skip
        frame = participants(
            clause, frame, [found[c] for c in content], frame.event in self.on_place
        )
        if entry.content_modal and not under_modal(entry.content_modal, clause.tree, content):
            return f"its content is under no {entry.content_modal!r}"
        if entry.content_actor and not acts_in(entry.content_actor, frame, found):
            return f"who acts in its content is not the {entry.content_actor}"
        missing = [r for r in entry.needs if not getattr(frame, r)]
        if missing:
            return f"no {missing[0]}"
        if not frame.actor and not frame.recipient:
            return "no participant"
        filled = bool(frame.actor) + bool(frame.recipient)
        return replace(frame, score=frame.score + filled)


def _better(frame: Frame, other: Frame) -> bool:
    """Whether a reading is better: of one event, the one that names more sides; else by score."""
    if (frame.event, frame.mode) == (other.event, other.mode):
        sides = bool(frame.actor) + bool(frame.recipient)
        others = bool(other.actor) + bool(other.recipient)
        if sides != others:
            return sides > others
    return frame.score > other.score


def _consumed(found: dict[int, Frame], i: int) -> bool:
    """Whether the frame at `i` is but a word of another ("sign a deal"), no event of its own.

    An event of another type with both its sides is one of its own ("condemned Mali's raid on X").
    """
    own = found[i]
    whole = bool(own.actor and own.recipient)
    return any(
        i in frame.consumed and not (whole and frame.event is not own.event)
        for frame in found.values()
    )


def _depth(tree: Tree, i: int) -> int:
    return sum(1 for _ in tree.ancestors(i))
