"""Claims: who asserts, alleges, doubts or denies an Event, read off its Reports' attributions.

What an article says in its own voice is no claim, nor is what someone does by saying it: Sweden's
"no" is an event, not Sweden's claim that it said no.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from foreigndesk.ledger.parties import SAME, likeness, party
from foreigndesk.ledger.views import View
from foreigndesk.model import Attribution, Claim, EventType, Report, Stance, Status


def claims(event_id: str, members: Iterable[View]) -> tuple[Claim, ...]:
    """The claims on one event, the earliest published first."""
    found = [claim for m in members for claim in _of_report(event_id, m.report)]
    return tuple(sorted(found, key=lambda c: (c.published or "9999", c.report_id, c.claim_id)))


def stance(report: Report, attribution: Attribution) -> Stance:
    """A speaker's stance on the event itself: to assert that it did not happen is to deny it."""
    denied = report.status is Status.DENIED
    said = any(a.stance is Stance.DENIES for a in report.attribution)
    if denied and not said and attribution.stance is Stance.ASSERTS:
        return Stance.DENIES
    return attribution.stance


def _of_report(event_id: str, report: Report) -> Iterator[Claim]:
    for position, attribution in enumerate(report.attribution):
        if _own_word(report, attribution):
            continue
        speaker, cue = attribution.speaker, attribution.cue
        digest = hashlib.sha256(f"claim {report.report_id} {position}".encode()).hexdigest()
        yield Claim(
            claim_id=digest[:16],
            event_id=event_id,
            report_id=report.report_id,
            speaker=None if speaker is None else speaker.name or speaker.text,
            speaker_code=None if speaker is None else speaker.code,
            stance=stance(report, attribution),
            cue=None if cue is None else cue.text,
            document_id=report.document.id,
            outlet=report.document.outlet,
            published=report.document.published,
            evidence=report.evidence.text,
        )


def _own_word(report: Report, attribution: Attribution) -> bool:
    """Whether the speaker does, promises or asks for it by the very words."""
    if attribution.speaker is None or attribution.stance is not Stance.ASSERTS:
        return False
    if report.status is Status.REQUESTED:
        return attribution is report.attribution[-1]
    speaker = party(attribution.speaker)
    doers = report.actor + (report.recipient if report.symmetric else ())
    own = any(likeness(speaker, party(m)) == SAME for m in doers)
    if report.status is Status.PLANNED:
        return own
    verbal = report.quad in (1, 3) and report.event_type is not EventType.CONSULT
    return own and verbal
