"""The event's own date, and statements of order, on written-down parses."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.load import open_codebook
from foreigndesk.codebook.times import TimeRule
from foreigndesk.coding.event_date import DateContext, event_date
from foreigndesk.coding.order_facts import OrderReader, order_facts
from foreigndesk.coding.times import TimeReader
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventDate, SegmentKind, Sentence, Status, Token

READER = TimeReader(open_codebook())
ORDER = OrderReader(open_codebook())
SAID_FRIDAY = """Officials official NNS nsubj 1|said say VBD ROOT 1|Friday Friday NNP npadvmod 1
that that IN mark 6|Russia Russia NNP nsubj 6|had have VBD aux 6|attacked attack VBN ccomp 1
Kyiv Kyiv NNP dobj 6"""
HELD_TALKS = """China China NNP nsubj 2|will will MD aux 2|hold hold VB ROOT 2|talks talk NNS dobj 2
next next JJ amod 5|week week NN npadvmod 2"""
AGREED = """Iran Iran NNP nsubj 1|agreed agree VBD ROOT 1|on on IN prep 1|Monday Monday NNP pobj 2
to to TO aux 5|free free VB xcomp 1|the the DT det 7|crew crew NN dobj 5"""
CONDEMNED = """Seoul Seoul NNP nsubj 1|condemned condemn VBD ROOT 1|Tuesday Tuesday NNP poss 4
's 's POS case 2|test test NN dobj 1"""
HAD_MET = """Kim Kim NNP nsubj 3|had have VBD aux 3|already already RB advmod 3|met meet VBN ROOT 3
Putin Putin NNP dobj 3"""
VISITS = "Putin Putin NNP nsubj 1|visits visit VBZ ROOT 1|Pyongyang Pyongyang NNP dobj 1"
TO_VISIT = """Putin Putin NNP nsubj 2|to to TO aux 2|visit visit VB ROOT 2
Pyongyang Pyongyang NNP dobj 2"""
LAST = """The the DT det 1|visit visit NN nsubj 8|awaited await VBN acl 1|since since IN prep 2
their their PRP$ poss 6|last last JJ amod 6|meeting meeting NN pobj 3|in in IN prep 6
2019 2019 CD pobj 7"""
FIRST = """Putin Putin NNP nsubj 1|makes make VBZ ROOT 1|his his PRP$ poss 4|first first JJ amod 4
trip trip NN dobj 1
there there RB advmod 4|in in IN prep 4
24 24 CD nummod 8|years year NNS pobj 6"""


def written(rows: str) -> tuple[str, Tree]:
    """A text and its tree from rows of word, lemma, tag, label and head."""
    tokens: list[Token] = []
    at = 0
    for i, row in enumerate(rows.replace("\n", "|").split("|")):
        word, lemma, tag, dep, head = row.split()
        tokens.append(Token(i, at, at + len(word), word, lemma, tag, dep, min(int(head), 99)))
        at += len(word) + 1
    last = len(tokens) - 1
    tokens = [
        t if t.head <= last else Token(t.i, t.start, t.end, t.text, t.lemma, t.tag, "ROOT", t.i)
        for t in tokens
    ]
    text = " ".join(t.text for t in tokens)
    return text, Tree(Sentence(0, len(text), tuple(tokens)))


def when(rows: str, trigger: int, context: DateContext) -> EventDate:
    text, tree = written(rows)
    return event_date(tree, trigger, READER.read(text, context.published), context)


NEWS = DateContext(published="2024-07-20")


@pytest.mark.parametrize(
    ("rows", "trigger", "edtf", "basis"),
    [
        (SAID_FRIDAY, 1, "2024-07-19", "relative"),
        (SAID_FRIDAY, 6, None, None),
        (HELD_TALKS, 3, "2024-07-22/2024-07-28", "relative"),
        (AGREED, 1, "2024-07-15", "relative"),
        (AGREED, 5, None, None),
        (CONDEMNED, 1, "2024-07-20", "published"),
        (CONDEMNED, 4, "2024-07-16", "relative"),
        (HAD_MET, 3, None, None),
        (VISITS, 1, "2024-07-20", "published"),
        (LAST, 6, "2019", "explicit"),
        (LAST, 1, None, None),
    ],
)
def test_each_event_gets_its_own_date(
    rows: str, trigger: int, edtf: str | None, basis: str | None
) -> None:
    found = when(rows, trigger, NEWS)
    assert (found.edtf, found.basis) == (edtf, basis)


@pytest.mark.parametrize("status", [Status.PLANNED, Status.POSSIBLE, Status.CONDITIONAL])
@pytest.mark.parametrize("kind", [SegmentKind.TITLE, SegmentKind.PARAGRAPH])
def test_what_is_to_come_is_never_dated_to_the_publication(
    status: Status, kind: SegmentKind
) -> None:
    context = DateContext(published="2024-07-20", status=status, kind=kind)
    assert when(TO_VISIT, 2, context).edtf is None
    assert when(VISITS, 1, context).edtf is None


def test_a_headline_that_plans_is_not_dated_even_without_a_status() -> None:
    context = DateContext(published="2024-07-20", kind=SegmentKind.TITLE)
    assert when(TO_VISIT, 2, context).basis is None


def test_without_a_publication_day_nothing_is_dated_to_it() -> None:
    assert when(VISITS, 1, DateContext()).edtf is None


def test_first_in_years_counts_back_from_the_publication() -> None:
    text, tree = written(FIRST)
    (fact,) = order_facts(text, tree, 1, "2024-07-19")
    assert (fact.kind, fact.earliest, fact.latest) == ("first", "2000-07-20", "2024-07-19")
    assert text[fact.start : fact.end] == fact.text == "first trip there in 24 years"
    (undated,) = order_facts(text, tree, 4, None)
    assert (undated.earliest, undated.latest) == (None, None)


def test_the_last_meeting_is_a_fact_of_the_visit_that_awaits_it() -> None:
    text, tree = written(LAST)
    (fact,) = order_facts(text, tree, 1, None)
    assert (fact.kind, fact.text) == ("last", "their last meeting in 2019")
    assert (fact.earliest, fact.latest) == ("2019-01-01", "2019-12-31")


@pytest.mark.parametrize("rule", ORDER.rules, ids=lambda rule: rule.id)
def test_each_rule_of_order_codes_its_example(rule: TimeRule) -> None:
    entry = next(e for e in ORDER.book.entries if e.id == rule.id)
    assert ORDER.read(entry.says, 0, len(entry.says), None)
    assert not ORDER.read(entry.not_, 0, len(entry.not_), None)
