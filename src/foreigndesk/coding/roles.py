"""Which actors fill a role of a predicate: from syntactic arguments to mentions."""

from __future__ import annotations

from foreigndesk.coding.clause import Clause
from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.coding.named import actors_at, distinct, minus, named_at, owners_at, possessors_at
from foreigndesk.grammar.clauses import arguments
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention


def fill(clause: Clause, role: str) -> tuple[Mention, ...]:
    """The actors in one role of a clause; empty if there are none.

    A mention headed by the trigger itself and of no country ("shared opposition to ...") fills no
    role of it.
    """
    return clause.kept(f"fill {role}", lambda: _filled(clause, role))


def _filled(clause: Clause, role: str) -> tuple[Mention, ...]:
    found = _fill(clause, role)
    own = clause.mentions.headed(clause.trigger)
    return minus(found, own.actors()) if own and found and own.mention.code is None else found


def _fill(clause: Clause, role: str) -> tuple[Mention, ...]:
    tree, mentions = clause.tree, clause.mentions
    if role == "subject":
        return _subject(clause)
    if role == "owner":
        heads = clause.args.object
        return distinct(m for h in heads for m in owners_at(tree, mentions, h))
    if role == "between":
        return distinct(m for h in clause.heads("between") for m in actors_at(tree, mentions, h))
    found = distinct(m for h in clause.heads(role) for m in named_at(tree, mentions, h))
    return found or _gerund_role(clause, role)


def _subject(clause: Clause) -> tuple[Mention, ...]:
    tree, mentions = clause.tree, clause.mentions
    own = distinct(
        m for h in clause.args.subject for m in _strict(tree, mentions, h, clause.trigger)
    )
    own = own or _first_to(clause)
    itself = mentions.headed(clause.trigger)
    if clause.carrier is None or (own and (itself is None or own != itself.actors())):
        return own
    carried = distinct(m for h in clause.carried.subject for m in named_at(tree, mentions, h))
    return carried or own


def _first_to(clause: Clause) -> tuple[Mention, ...]:
    """Who is the first or the last to do a thing: "the first state to recognise X"."""
    tree, mentions, verb = clause.tree, clause.mentions, clause.trigger
    head = tree[verb].head
    if tree[verb].dep not in ("relcl", "acl") or not any(
        tree[k].tag == "TO" for k in tree.children(verb, "aux")
    ):
        return ()
    ranked = any(
        tree[k].lemma.lower() in ("first", "last", "latest", "second", "third", "only", "next")
        for k in tree.children(head, "amod")
    )
    return actors_at(tree, mentions, head) if ranked else ()


def _strict(tree: Tree, mentions: SentenceMentions, head: int, trigger: int) -> tuple[Mention, ...]:
    """Actors at a subject: adjectives count only right before an event noun ("Russian attack")."""
    mention = mentions.at(head)
    if mention is not None and mention.kind == "adjective":
        return mentions.actors(mention) if tree[head].head == trigger and head != trigger else ()
    found = actors_at(tree, mentions, head)
    if found or tree[head].tag.startswith("JJ"):
        return found
    if head == trigger:
        return ()
    return possessors_at(tree, mentions, head) or _issuers(tree, mentions, head, trigger)


def _issuers(
    tree: Tree, mentions: SentenceMentions, head: int, trigger: int
) -> tuple[Mention, ...]:
    """Who put out or did what says or does it: "released a statement criticising Y"."""
    if tree[trigger].dep not in ("acl", "relcl") or tree[head].dep not in ("dobj", "nsubjpass"):
        return ()
    args = arguments(tree, tree[head].head)
    return distinct(m for h in args.subject for m in actors_at(tree, mentions, h))


def _gerund_role(clause: Clause, role: str) -> tuple[Mention, ...]:
    """Whose doing is spoken of behind a preposition: "concern over the U.S.'s expanding ..."."""
    tree, mentions = clause.tree, clause.mentions
    for node in (
        clause.trigger,
        *clause.args.object,
        *([clause.carrier] if clause.carrier else []),
    ):
        for k in tree.children(node, "prep"):
            if tree[k].text.lower() != role:
                continue
            for verb in tree.children(k, "pcomp"):
                heads = tree.children(verb, "poss", "nsubj", "nsubjpass")
                found = distinct(m for h in heads for m in named_at(tree, mentions, h))
                if found:
                    return found
    return ()
