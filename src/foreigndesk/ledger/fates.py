"""What became of people's judgements where articles were coded again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.obeying import by_words, moved
from foreigndesk.model import Judgement, Report


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a judgement where articles were coded again.

    `state`: "stands" (its reports have their ids still), "moved" (`subject`, `other` are the ids
    of the reports on its words now) or "lost" (it is about no report any more). `was`: the report
    that it was given on, where that is known.
    """

    judgement: Judgement
    state: str
    subject: str
    other: str | None
    was: Report | None = None


@dataclass
class Judged:
    """The reports of the documents that judgements are about: before a new coding, and after."""

    documents: frozenset[str]
    before: dict[str, Report] = field(default_factory=dict)
    after: dict[str, tuple[Report, ...]] = field(default_factory=dict)

    def add(self, document: str, before: Iterable[Report], after: Iterable[Report]) -> None:
        """Keep both codings of a document, if it is one of these."""
        if document in self.documents:
            self.before.update({r.report_id: r for r in before})
            self.after[document] = tuple(after)


def judged_documents(desk: Desk, judgements: Sequence[Judgement]) -> frozenset[str]:
    """The documents that judgements are about."""
    anchors = (words for j in judgements for words in (j.evidence or "").split())
    named = {i for j in judgements for i in (j.subject, j.other) if i is not None}
    return frozenset(words.partition(":")[0] for words in anchors) | desk.documents_of(named)


def fates(desk: Desk, judgements: Sequence[Judgement], judged: Judged) -> list[Fate]:
    """What became of each judgement that was not taken back.

    Documents that were not coded again are as they stand in the desk.
    """
    rest = judged.documents - set(judged.after)
    batches = desk.report_texts(documents=rest) if rest else ()
    kept = [msgspec.json.decode(text, type=Report) for batch in batches for _, text in batch]
    now = [*kept, *(report for reports in judged.after.values() for report in reports)]
    here, on_words = {r.report_id for r in now}, by_words(now)
    undone = {j.subject for j in judgements if j.verdict == "undo"}
    return [
        _fate(j, moved(j, here, on_words), here, judged)
        for j in judgements
        if j.verdict != "undo" and j.judgement_id not in undone
    ]


def _fate(given: Judgement, now: Judgement, here: Collection[str], judged: Judged) -> Fate:
    there = now.subject in here and (now.other is None or now.other in here)
    same = (now.subject, now.other) == (given.subject, given.other)
    state = "lost" if not there else "stands" if same else "moved"
    return Fate(given, state, now.subject, now.other, judged.before.get(given.subject))
