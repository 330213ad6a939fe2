"""The second event that the words of a first one tell.

"Invited X to Moscow": X is asked to visit Moscow. "Cancelled a planned visit": it was planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from foreigndesk.codebook.predicates import Implied
from foreigndesk.coding.clause import Clause
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.named import distinct, minus, named_at, same_actor
from foreigndesk.grammar.clauses import surface_subject
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention, Status

Classes = Mapping[str, frozenset[str]]


def implied(
    clause: Clause, frame: Frame, found: Mapping[int, Frame], classes: Classes
) -> Iterator[Frame]:
    """The further events of a frame's entry, but for those that the sentence tells itself."""
    for second in frame.entry.implies:
        if second.where and not any(clause.heads(role) for role in second.where):
            continue
        if any(found[c].event is second.event for c in frame.content):
            return
        if any(f.event is second.event and f.trigger > frame.trigger for f in found.values()):
            return
        actor = _side(clause, frame, second.actor)
        recipient = minus(_side(clause, frame, second.recipient), actor)
        if actor:
            status = _status(clause, second, actor, classes)
            yield replace(
                frame, event=second.event, mode=second.mode, actor=actor, recipient=recipient,
                symmetric=False, status=status, content=(),
            )  # fmt: skip
            return


def _side(clause: Clause, frame: Frame, roles: tuple[str, ...]) -> tuple[Mention, ...]:
    for role in roles:
        if role in ("actor", "recipient"):
            found: tuple[Mention, ...] = getattr(frame, role)
        else:
            heads = clause.heads(role)
            found = distinct(m for h in heads for m in named_at(clause.tree, clause.mentions, h))
        if found:
            return found
    return ()


def _status(
    clause: Clause, second: Implied, actor: tuple[Mention, ...], classes: Classes
) -> Status:
    """`accepted` if a verb of assent has the second event's actor as its subject."""
    tree = clause.tree
    for token in tree.tokens[clause.trigger + 1 :]:
        if token.lemma not in classes.get("assent", ()) or not tree.is_verb(token.i):
            continue
        if tree.child(token.i, "neg") is not None:
            continue
        heads = surface_subject(tree, token.i)
        said = [m for h in heads for m in named_at(tree, clause.mentions, h)]
        if any(same_actor(a, b) for a in actor for b in said):
            return second.accepted
    return second.status


def called_off(tree: Tree, frame: Frame, by: Frame, classes: Classes) -> Frame | None:
    """The planned event that another frame's words call off, None if it is not told as a plan."""
    kids = tree.children(frame.trigger, "amod", "compound")
    if not any(tree[k].text.lower() in classes.get("scheduled", ()) for k in kids):
        return None
    actor = frame.actor or by.actor
    recipient = frame.recipient or minus(by.actor, actor) or minus(by.recipient, actor)
    return replace(frame, actor=actor, recipient=recipient, status=Status.PLANNED)
