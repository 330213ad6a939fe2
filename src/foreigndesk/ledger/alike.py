"""Words that many Reports have in common, kept once: a third of the memory of a large shard.

JSON is decoded into a string of its own for each "explicit", "state.RUS" and "2024-06-19".
"""

from __future__ import annotations

from sys import intern

from foreigndesk.model import EventDate, Quantities, Report

_OF_REPORT = ("event_mode", "cameo", "rule")
_OF_DOCUMENT = ("outlet", "published", "published_basis")
_OF_MENTION = ("text", "name", "code", "sector", "actor_id")
_OF_DATE = ("edtf", "earliest", "latest", "basis")
_OF_PLACE = ("text", "name", "country")
UNDATED, UNCOUNTED = EventDate(None, None, None, None, None, None, None), Quantities()


def share(report: Report) -> Report:
    """The same report, its common words shared with all other reports."""
    _share(report, _OF_REPORT)
    _share(report.evidence, ("text",))
    _share(report.document, _OF_DOCUMENT)
    _share(report.trigger, ("text", "lemma"))
    _share(report.date, _OF_DATE)
    if report.date == UNDATED:
        object.__setattr__(report, "date", UNDATED)
    if report.quantities == UNCOUNTED:
        object.__setattr__(report, "quantities", UNCOUNTED)
    if report.place is not None:
        _share(report.place, _OF_PLACE)
    for mention in (*report.actor, *report.recipient):
        _share(mention, _OF_MENTION)
    for said in report.attribution:
        if said.speaker is not None:
            _share(said.speaker, _OF_MENTION)
    return report


def _share(record: object, names: tuple[str, ...]) -> None:
    """The records are frozen: their values stay equal, only the strings are others."""
    for name in names:
        value = getattr(record, name)
        if value is not None:
            object.__setattr__(record, name, intern(value))
