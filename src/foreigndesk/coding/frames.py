"""Predicates of a sentence matched to codebook entries: event frames with their participants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.predicates import PredicateEntry, predicates, word_classes
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.roles import (
    Clause,
    actors_at,
    clause_at,
    distinct,
    fill,
    minus,
    named_at,
    possessors_at,
    same_actor,
)
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention

_NOT_PREDICATES = frozenset({"aux", "auxpass", "amod", "compound", "nmod"})
_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "pcomp")


@dataclass(frozen=True, slots=True)
class Frame:
    """One event that a sentence speaks of: what (`entry`, `event`, `mode`), who, to whom.

    `content` are the frames it embeds ("agreed to meet"); `consumed` the tokens that are part of
    its words and trigger nothing themselves; `score` ranks it against other readings.
    """

    trigger: int
    entry: PredicateEntry
    event: EventType
    mode: str | None
    actor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    symmetric: bool
    score: float
    consumed: frozenset[int] = frozenset()
    content: tuple[int, ...] = ()
    carrier: int | None = None
    reasons: tuple[str, ...] = ()


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
        for entry in predicates(self.codebook):
            for kind, words in (("V", entry.verbs), ("N", entry.nouns), ("J", entry.adjectives)):
                for word in words:
                    self.by_lemma[kind, word.split()[-1]].append(entry)

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
        consumed = {i for frame in found.values() for i in frame.consumed}
        return [found[i] for i in sorted(found) if i not in consumed]

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
            if isinstance(result, Frame) and (best is None or result.score > best.score):
                best = result
        return best

    def _match(self, clause: Clause, entry: PredicateEntry, found: dict[int, Frame]) -> Frame | str:
        """The frame if every condition of the entry holds, else which one did not."""
        points = self._conditions(clause, entry)
        if isinstance(points, str):
            return points
        content = content_of(clause, found) if entry.content or entry.becomes else ()
        event, mode = _decide(entry, [found[c] for c in content])
        if event is None:
            return "its content decides that it is no event"
        frame = Frame(
            clause.trigger, entry, event, mode, (), (), entry.symmetric, points[0],
            points[1], content, clause.carrier,
        )  # fmt: skip
        frame = _participants(clause, frame, [found[c] for c in content])
        if entry.content_modal and not _modal(entry.content_modal, clause.tree, content):
            return f"its content is under no {entry.content_modal!r}"
        if entry.content_actor and not _acts(entry.content_actor, frame, found):
            return f"who acts in its content is not the {entry.content_actor}"
        missing = [r for r in entry.needs if not getattr(frame, r)]
        if missing:
            return f"no {missing[0]}"
        if not frame.actor and not frame.recipient:
            return "no participant"
        filled = bool(frame.actor) + bool(frame.recipient)
        return replace(frame, score=frame.score + filled)

    def _conditions(
        self, clause: Clause, entry: PredicateEntry
    ) -> tuple[float, frozenset[int]] | str:
        """Points for the conditions met and the tokens they took, or the one that failed."""
        tree, score, consumed = clause.tree, entry.weight, set[int]()
        phrase = _phrase(tree, clause.trigger, entry)
        if phrase is None:
            return "not the whole phrase"
        score += len(phrase)
        consumed.update(phrase)
        if entry.particle:
            particle = _particle(tree, clause.trigger, entry.particle)
            if particle is None:
                return f"no particle {'/'.join(entry.particle)}"
            score += 2
        for role, wanted in (("object", entry.object), ("subject", entry.subject)):
            if wanted:
                hit = self._among(clause, role, wanted)
                if hit is None:
                    return f"{role} is not {', '.join(wanted)}"
                score += 1 if wanted in (("@actor",), ("@none",)) else 3
                if role == "object" and not set(wanted) & {"@actor", "@none", "@thing"}:
                    consumed.update(hit)
        if (
            entry.own_subject
            and tree[clause.trigger].dep == "advcl"
            and not tree.children(clause.trigger, "nsubj", "nsubjpass", "agent")
        ):
            return "its subject is a whole clause"
        if entry.complement:
            if not complements(tree, clause.trigger) & set(entry.complement):
                return f"no {'/'.join(entry.complement)} follows"
            score += 2
        if entry.without and self._among(clause, "object", entry.without):
            return f"object is {', '.join(entry.without)}"
        for preposition, wanted in entry.with_.items():
            hit = self._among(clause, preposition, wanted)
            if hit is None:
                return f"no {preposition} {', '.join(wanted)}"
            score += 2
        return score, frozenset(consumed)

    def _among(self, clause: Clause, role: str, wanted: tuple[str, ...]) -> tuple[int, ...] | None:
        """The heads in a role that are among `wanted` words and classes, None if there are none."""
        heads = tuple(n for h in clause.heads(role) for n in clause.tree.conjuncts(h))
        if "@none" in wanted and not heads:
            return ()
        hits = tuple(h for h in heads if not wanted or self._is(clause, h, wanted))
        return hits or None

    def _is(self, clause: Clause, head: int, wanted: tuple[str, ...]) -> bool:
        lemma = clause.tree[head].lemma.lower()
        for word in wanted:
            if word == "@actor" or word == "@thing":
                is_actor = bool(actors_at(clause.tree, clause.mentions, head))
                if is_actor == (word == "@actor"):
                    return True
            elif word.startswith("@"):
                if lemma in self.classes.get(word[1:], ()):
                    return True
            elif lemma == word:
                return True
        return False


def _depth(tree: Tree, i: int) -> int:
    return sum(1 for _ in tree.ancestors(i))


def _phrase(tree: Tree, i: int, entry: PredicateEntry) -> tuple[int, ...] | None:
    """The tokens of a multiword trigger before its last word; empty for a single word."""
    lemma = tree[i].lemma.lower()
    best: tuple[int, ...] | None = None
    for word in (*entry.verbs, *entry.nouns, *entry.adjectives):
        *before, last = word.split()
        if last not in (lemma, lemma.removesuffix("s")):
            continue
        place = i - len(before)
        words = [t.lemma.lower() for t in tree.tokens[max(place, 0) : i]]
        if place >= 0 and words == before and (best is None or len(before) > len(best)):
            best = tuple(range(place, i))
    return best


def _particle(tree: Tree, i: int, particles: tuple[str, ...]) -> int | None:
    for k in tree.children(i, "prt", "advmod", "prep", "acomp", "advcl"):
        if tree[k].text.lower() in particles:
            return k
    return None


def complements(tree: Tree, i: int) -> set[str]:
    """What clauses follow the predicate at `i`: "infinitive", "that", "gerund"."""
    found: set[str] = set()
    for k in tree.children(i, "xcomp", "ccomp", "acl", "advcl"):
        if tree[k].tag == "VBG" and tree[k].dep == "xcomp":
            found.add("gerund")
        elif any(tree[a].tag == "TO" for a in tree.children(k, "aux")):
            found.add("infinitive")
        elif tree[k].dep == "ccomp" or tree.child(k, "mark") is not None:
            found.add("that")
    for k in tree.children(i, "prep", "agent"):
        if tree.child(k, "pcomp") is not None:
            found.add("gerund")
    return found


def content_of(clause: Clause, found: dict[int, Frame]) -> tuple[int, ...]:
    """The triggers of the outermost frames inside the complements of a predicate."""
    tree, trigger = clause.tree, clause.trigger
    starts = list(tree.children(trigger, "xcomp", "ccomp", "acl"))
    starts += [k for o in clause.args.object for k in tree.conjuncts(o)]
    for node in (
        trigger,
        *clause.args.object,
        *([clause.carrier] if clause.carrier is not None else []),
    ):
        for preposition in tree.children(node, "prep"):
            starts += tree.children(preposition, "pcomp", "pobj")
        if node != trigger:
            starts += tree.children(node, "xcomp", "ccomp", "acl", "advcl")
    reached: list[int] = []
    for start in starts:
        if start != trigger:
            reached.extend(_frames_under(tree, start, found, trigger, 3))
    return tuple(sorted(set(reached)))


def _frames_under(tree: Tree, i: int, found: dict[int, Frame], above: int, depth: int) -> list[int]:
    reached: list[int] = []
    if i in found and i != above:
        reached.append(i)
    elif depth:
        for k in tree.children(
            i, "dobj", "xcomp", "ccomp", "attr", "nsubjpass", "acomp", "prep", "pobj", "pcomp"
        ):
            if k != above:
                reached.extend(_frames_under(tree, k, found, above, depth - 1))
    for k in tree.children(i, "conj"):
        if k != above:
            reached.extend(_frames_under(tree, k, found, above, depth))
    return reached


def _decide(entry: PredicateEntry, content: list[Frame]) -> tuple[EventType | None, str | None]:
    """The event type and mode, by the content where the entry says so."""
    for frame in content:
        target = entry.becomes.get(f"{frame.event}/{frame.mode}") or entry.becomes.get(frame.event)
        if target == "-":
            return None, None
        if target:
            event, _, finer = target.partition("/")
            return EventType(event), finer or None
    mode = entry.mode
    for frame in content:
        mode = (
            entry.content_modes.get(f"{frame.event}/{frame.mode}")
            or entry.content_modes.get(frame.event)
            or mode
        )
    return entry.event, mode


def _modal(wanted: str, tree: Tree, content: tuple[int, ...]) -> bool:
    """Whether an embedded event, or the verb that carries it, stands under the modal wanted."""
    for trigger in content:
        verb = next((i for i in (trigger, *tree.ancestors(trigger)) if tree.is_verb(i)), None)
        if verb is not None and modal(tree, verb) == wanted:
            return True
    return False


def modal(tree: Tree, verb: int) -> str | None:
    """ "will", "will not" or "must" for a verb under will, would and shall or must and should.

    A future told in the past ("said it would") counts as "will".
    """
    words = {tree[k].text.lower() for k in tree.children(verb, "aux")}
    if words & {"will", "would", "shall", "'ll", "wo"}:
        negated = tree.child(verb, "neg") is not None
        return "will not" if negated else "will"
    if words & {"must", "should"} and tree.child(verb, "neg") is None:
        return "must"
    return None


def _acts(wanted: str, frame: Frame, found: dict[int, Frame]) -> bool:
    """Whether some embedded event has the same actor as the frame, or another, as wanted."""
    inner = [m for c in frame.content for m in found[c].actor]
    if wanted == "same":
        return any(same_actor(a, b) for a in frame.actor for b in inner)
    return bool(inner) and not any(same_actor(a, b) for a in frame.actor for b in inner)


def _participants(clause: Clause, frame: Frame, content: list[Frame]) -> Frame:
    """The frame with its roles filled, in the order that its entry gives."""
    entry = frame.entry
    between = fill(clause, "between") if entry.symmetric else ()
    if len(between) > 1:
        return replace(frame, actor=between[:1], recipient=between[1:])
    actor: tuple[Mention, ...] = ()
    for role in entry.actor:
        actor = actor or fill(clause, role)
    recipient: tuple[Mention, ...] = ()
    for role in entry.recipient:
        recipient = recipient or minus(_role(clause, role, content, actor), actor)
    if entry.symmetric and not recipient and len(actor) > 1:
        actor, recipient = actor[:1], actor[1:]
    return replace(frame, actor=actor, recipient=recipient)


def _role(
    clause: Clause, role: str, content: list[Frame], actor: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    if role == "subject":  # of a thing as subject ("the tests raise concern"): whose it is
        heads = (*clause.args.subject, *clause.carried.subject)
        return distinct(m for h in heads for m in named_at(clause.tree, clause.mentions, h))
    acting = distinct(m for f in content for m in f.actor)
    if role == "deed":
        return acting or _doers(clause)
    if role != "content":
        return fill(clause, role)
    suffering = distinct(m for f in content for m in f.recipient)
    return minus(acting, actor) or minus(suffering, actor) or _named_in_complement(clause, actor)


def _doers(clause: Clause) -> tuple[Mention, ...]:
    """Whose deed the object is, never whom it was done to: "condemned Mali's raid on Chad"."""
    tree, mentions = clause.tree, clause.mentions
    return distinct(m for h in clause.args.object for m in possessors_at(tree, mentions, h))


def _named_in_complement(clause: Clause, actor: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without a frame in the complement: the actors that are its subject, object or goal."""
    tree = clause.tree
    for k in tree.children(clause.trigger, *_COMPLEMENTS):
        inner = clause_at(tree, clause.mentions, k, frozenset())
        for role in ("subject", "object", "owner", "to", "with", "against", "on", "for", "from"):
            found = minus(fill(inner, role), actor)
            if found:
                return found
    return ()


def triggers(frames: Iterable[Frame]) -> frozenset[int]:
    """The trigger tokens of frames."""
    return frozenset(frame.trigger for frame in frames)
