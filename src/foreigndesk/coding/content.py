"""The events that a predicate embeds: "agreed to meet", "threats of war", "said it would leave"."""

from __future__ import annotations

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.coding.clause import Clause
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.named import same_actor
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention


def content_of(clause: Clause, found: dict[int, Frame]) -> tuple[int, ...]:
    """The triggers of the outermost frames inside the complements of a predicate."""
    tree, trigger = clause.tree, clause.trigger
    if tree[trigger].tag == "MD":
        return tuple(sorted(_frames_under(tree, tree[trigger].head, found, trigger, 1)))
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


def decide(entry: PredicateEntry, content: list[Frame]) -> tuple[EventType | None, str | None]:
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


def under_modal(wanted: str, tree: Tree, content: tuple[int, ...]) -> bool:
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
    if "have" in words:  # "would not have sent": it was not refused
        return None
    if words & {"will", "would", "shall", "'ll", "wo"}:
        negated = tree.child(verb, "neg") is not None
        return "will not" if negated else "will"
    if words & {"must", "should"} and tree.child(verb, "neg") is None:
        return "must"
    return None


def acts_in(wanted: str, frame: Frame, found: dict[int, Frame]) -> bool:
    """Whether some embedded event has the same actor as the frame, or another, as wanted."""
    inner = [m for c in frame.content for m in found[c].actor]
    same = any(_one_side(a, b) for a in frame.actor for b in inner)
    return same if wanted == "same" else bool(inner) and not same


def _one_side(a: Mention, b: Mention) -> bool:
    """One actor, or a pronoun for the state: "Pyongyang said it would attack Japan"."""
    state = bool(a.code) and a.code == b.code and b.text.lower() in ("it", "they")
    return same_actor(a, b) or (state and {a.sector, b.sector} <= {None, "GOV"})
