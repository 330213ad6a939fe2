"""Predicates of a sentence matched to codebook entries: event frames with their participants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.ontology import ontology
from foreigndesk.codebook.predicates import PredicateEntry, predicates, word_classes
from foreigndesk.coding.candidates import Candidate, Candidates, candidate
from foreigndesk.coding.clause import Carriers, Clause, clause_at
from foreigndesk.coding.conditions import hopeful, met
from foreigndesk.coding.content import acts_in, content_of, decide, under_modal
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.implied import called_off, implied
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.named import same_actor
from foreigndesk.coding.no_event import no_event, of_nature
from foreigndesk.coding.participants import participants
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType

_KINDS = frozenset("VNJM")
"""The first letters of the tags of words that may be triggers."""
_NONE = Candidates()
_NOT_PREDICATES = frozenset({"aux", "auxpass", "amod", "compound", "nmod"})
_ENDING = frozenset({EventType.RETREAT, EventType.CONCEDE})


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
        self._ready: dict[tuple[str, str], Candidates] = {}
        self.classes = word_classes(self.codebook)
        light, occur, converse, told = (
            self.classes.get(name, frozenset())
            for name in ("light", "occur", "converse", "converse-from")
        )
        self.carriers = Carriers(light | occur, converse, told)
        types = ontology(self.codebook).types
        self.on_place = {event for event, entry in types.items() if entry.on_place}
        for entry in predicates(self.codebook):
            for kind, words in _kinds(entry):
                for last in dict.fromkeys(word.split()[-1] for word in words):
                    self.by_lemma[kind, last].append(entry)

    def read(
        self, tree: Tree, mentions: SentenceMentions, log: list[Considered] | None = None
    ) -> list[Frame]:
        """The frames of a sentence, in text order; `log` collects what was considered."""
        found: dict[int, Frame] = {}
        if log is None and not mentions.mentions:
            return []  # no event without anybody who takes part
        triggers = {
            token.i: known
            for token in tree.tokens
            if token.tag[:1] in _KINDS and (known := self._candidates(tree, token.i))
        }
        for i in sorted(triggers, key=lambda i: _turn(tree, i)):
            clause = clause_at(tree, mentions, i, self.carriers)
            if log is None and of_nature(clause, self.classes):
                continue
            frame = self._best(clause, triggers[i], found, log)
            if frame is not None:
                found[i] = frame
        return list(self._told(tree, mentions, found))

    def _told(
        self, tree: Tree, mentions: SentenceMentions, found: dict[int, Frame]
    ) -> Iterator[Frame]:
        """The frames that are events of their own, each with the further events it implies."""
        for i in sorted(found):
            frame = found[i]
            by = _consumer(found, i)
            if _is_no_report(frame, found) or no_event(tree, frame, self.classes):
                continue
            if tree[i].tag == "MD" and _said_already(found, frame):
                continue
            if by is None:
                yield frame
                if frame.entry.implies:
                    clause = clause_at(tree, mentions, i, self.carriers)
                    yield from implied(clause, frame, found, self.classes)
            elif by.event is not frame.event:
                planned = called_off(tree, frame, by, self.classes)
                if planned is not None:
                    yield planned

    def _candidates(self, tree: Tree, i: int) -> Candidates:
        token = tree[i]
        kind = token.tag[:1]
        if kind == "V" and token.dep in _NOT_PREDICATES:
            return _NONE
        lemma = token.lemma.lower()
        found = self._known(kind, lemma)
        if token.tag == "NNPS" and not found:
            found = self._known(kind, lemma.removesuffix("s"))
        if kind == "N" and token.dep == "compound" and tree.is_noun(token.head):
            return _NONE
        return found

    def _known(self, kind: str, word: str) -> Candidates:
        """The candidates at a word, made ready when it is first met."""
        key = kind, word
        if key not in self.by_lemma:
            return _NONE
        found = self._ready.get(key)
        if found is None:
            made = (candidate(entry, word, self.classes) for entry in self.by_lemma[key])
            found = self._ready[key] = Candidates(made)
        return found

    def _best(
        self,
        clause: Clause,
        candidates: Candidates,
        found: dict[int, Frame],
        log: list[Considered] | None,
    ) -> Frame | None:
        best: Frame | None = None
        for tried in candidates if log is not None else hopeful(clause, candidates):
            result = self._match(clause, tried, found)
            if log is not None:
                fell = result if isinstance(result, str) else None
                log.append(Considered(clause.trigger, tried.entry.id, fell))
            if isinstance(result, Frame) and (best is None or _better(result, best)):
                best = result
        return best

    def _match(self, clause: Clause, candidate: Candidate, found: dict[int, Frame]) -> Frame | str:
        """The frame if every condition of the entry holds, else which one did not."""
        words, entry = met(clause, candidate), candidate.entry
        if isinstance(words, str):
            return words
        content: tuple[int, ...] = ()
        if entry.content or entry.becomes:
            content = clause.kept("content", lambda: content_of(clause, found))
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
        return frame


def _better(frame: Frame, other: Frame) -> bool:
    """Whether a reading is better: of one event, the one that names more sides; else by score.

    What two do together ("Mali and Chad agreed to a road to Niger") is better than a guess, whom
    the content of a promise names is better than that ("agreed to lift their bans on Niger").
    """
    if (frame.event, frame.mode) == (other.event, other.mode):
        if _together(frame) != _together(other):
            alone = other if _together(frame) else frame
            if alone.guessed:
                return _together(frame)
            if alone.content and alone.recipient:
                return _together(other)
        sides = bool(frame.actor) + bool(frame.recipient)
        others = bool(other.actor) + bool(other.recipient)
        if sides != others:
            return sides > others
    return frame.score > other.score


def _together(frame: Frame) -> bool:
    return frame.symmetric and bool(frame.actor and frame.recipient)


def _is_no_report(frame: Frame, found: dict[int, Frame]) -> bool:
    """Whether it is told for another's sake: as content, or as what carries a noun wanted so."""
    carries = any(
        f.carrier == frame.trigger and f.entry.carrier and f.event is not frame.event
        for f in found.values()
    )
    return frame.entry.inner or carries


def _consumer(found: dict[int, Frame], i: int) -> Frame | None:
    """The frame of whose words that at `i` is but one ("sign a deal"), None if it is its own.

    An event of another type with both its sides is one of its own ("condemned Mali's raid on X"),
    but not if the same acts in both ("lifted its ban on X").
    """
    own = found[i]
    whole = bool(own.actor and own.recipient)
    for frame in found.values():
        if i in frame.consumed:
            apart = whole and frame.event is not own.event
            if not apart or _same_doer(frame, own):
                return frame
    return None


def _same_doer(frame: Frame, other: Frame) -> bool:
    """Whether who ends a thing did it too."""
    return frame.event in _ENDING and any(
        same_actor(a, b) for a in frame.actor for b in other.actor
    )


def _said_already(found: dict[int, Frame], frame: Frame) -> bool:
    """Whether a verb tells what a modal does: "said it [would not] send"."""
    return any(
        other.event is frame.event and not set(other.content).isdisjoint(frame.content)
        for other in found.values()
        if other.trigger != frame.trigger
    )


def _kinds(entry: PredicateEntry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of an entry by the first letter of their tags."""
    return (
        ("V", entry.verbs),
        ("N", entry.nouns),
        ("J", entry.adjectives),
        ("M", entry.modals),
    )


def _turn(tree: Tree, i: int) -> tuple[float, int]:
    """When a trigger is read: the deepest first, a modal right behind its verb."""
    depth = tree.depth(i)
    return (-depth + 1.5 if tree[i].tag == "MD" else -depth, i)
