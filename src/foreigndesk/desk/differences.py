"""What a recoding changed, as lines for people and as records for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click
import msgspec

from foreigndesk.desk.showing_records import marked, names, when
from foreigndesk.desk.tables import clean, width
from foreigndesk.engine.recode import Recoded
from foreigndesk.ledger.difference import Difference, FieldChange
from foreigndesk.ledger.fates import Fate
from foreigndesk.model import Document, EventDate, Mention, Report
from foreigndesk.settings import Settings

Pairs = Iterable[tuple[Document, Difference]]
_QUIET = frozenset({"facts", "trigger", "evidence", "document"})
"""Fields whose values are too long for a line; that they changed is said."""


def row(document: Document, difference: Difference) -> dict[str, Any]:
    """A difference as a record: the reports before and after, and each field that changed."""
    return {
        "kind": "report",
        "change": difference.kind,
        "document_id": document.id,
        "path": document.path,
        "evidence": difference.report.evidence.text,
        "trigger": difference.report.trigger.text,
        "rule": difference.report.rule,
        "changes": [asdict(change) for change in difference.changes],
        "before": difference.before,
        "after": difference.after,
    }


def ending(done: Recoded) -> Iterator[dict[str, Any]]:
    """The records that stand at the end: judgements, what was skipped, the sums."""
    for fate in done.judgements:
        yield {
            "kind": "judgement", "state": fate.state, "judgement": fate.judgement,
            "subject": fate.subject, "other": fate.other, "was": fate.was,
        }  # fmt: skip
    for skipped in done.skipped:
        yield {"kind": "skipped", **msgspec.to_builtins(skipped)}
    sums = {name: getattr(done, name) for name in ("articles", "current", "differing")}
    by_type = {name: asdict(done.by_type[name]) for name in sorted(done.by_type)}
    yield {"kind": "summary", **sums, "skipped": len(done.skipped), "by_type": by_type}


def shown(pairs: Pairs) -> Iterator[str]:
    """Differences for people, article by article."""
    last = None
    for document, difference in pairs:
        if document.id != last:
            last = document.id
            yield click.style(clean(document.path or document.id), bold=True)
        yield from _difference(difference)
        yield ""


def _difference(difference: Difference) -> Iterator[str]:
    report = difference.report
    yield _wrapped(f"{_told(report)}  [{report.rule}]", 11, f"  {difference.kind:<8} ")
    for change in difference.changes:
        yield _wrapped(f"{change.field}: {_change(change)}", 13)
    yield _wrapped(marked(report), 13)


def _told(report: Report) -> str:
    mode = f" ({report.event_mode})" if report.event_mode else ""
    whom = f" > {names(report.recipient)}" if report.recipient else ""
    return clean(f"{report.event_type}{mode}: {names(report.actor) or '?'}{whom}, {report.status}")


def _wrapped(text: str, indent: int, head: str | None = None) -> str:
    """Text on lines of the screen's width, indented; `head` stands before the first."""
    space = " " * indent
    first = space if head is None else head
    wide = max(width(), 40)
    return click.wrap_text(clean(text), wide, initial_indent=first, subsequent_indent=space + "  ")


def _change(change: FieldChange) -> str:
    if change.field in _QUIET:
        return "other than before"
    return f"{_value(change.before)} → {_value(change.after)}"


def _value(value: Any) -> str:
    """A field's value in a few words."""
    if value is None or value == ():
        return "none"
    if isinstance(value, EventDate):
        return when(value)
    if isinstance(value, tuple):
        if all(isinstance(v, Mention) for v in value):
            return "; ".join(f"{names((v,))} ({v.code or 'no code'})" for v in value)
        return "; ".join(_value(v) for v in value)
    speaker = getattr(value, "stance", None)
    if speaker is not None:
        return f"{names((value.speaker,)) if value.speaker else 'an unnamed source'} {speaker}"
    return str(getattr(value, "name", None) or getattr(value, "text", None) or _plain(value))


def _plain(value: Any) -> str:
    told = msgspec.to_builtins(value)
    if isinstance(told, dict):
        return ", ".join(f"{k} {v}" for k, v in told.items() if v) or "none"
    return str(told)


def summed(done: Recoded, settings: Settings, dry: bool) -> Iterator[str]:
    """The sums: by type, of articles, of judgements, of what was skipped."""
    if any(t.added or t.gone or t.changed for t in done.by_type.values()):
        yield f"{'reports':<32}{'before':>8}{'after':>8}{'added':>8}{'gone':>8}{'changed':>8}"
        for name, t in sorted(done.by_type.items()):
            if t.added or t.gone or t.changed or t.before != t.after:
                counts = (t.before, t.after, t.added, t.gone, t.changed)
                yield f"{name:<32}" + "".join(f"{count:>8,}" for count in counts)
        yield ""
    book = f"the codebook {settings.codebook}" if settings.codebook else "the package's codebook"
    articles = "1 article" if done.articles == 1 else f"{done.articles:,} articles"
    yield f"Coded {articles} again with {book}: {done.differing:,} coded otherwise than before."
    if done.current:
        yield f"{done.current:,} passed over: coded with it already (--all codes them too)."
    yield from _skipped(done)
    yield from _judgements(done.judgements)
    if dry:
        yield "Nothing was written (--dry-run)."


def _skipped(done: Recoded) -> Iterator[str]:
    if done.skipped:
        yield f"{len(done.skipped):,} could not be coded; they keep the reports they had:"
    for skipped in done.skipped[:8]:
        yield f"  {clean(skipped.document)}: {clean(skipped.reason)}"


def _judgements(fates: Sequence[Fate]) -> Iterator[str]:
    if not fates:
        return
    counts = {state: sum(f.state == state for f in fates) for state in ("stands", "moved", "lost")}
    yield (
        f"Judgements: {counts['stands']:,} stand, {counts['moved']:,} went over to the report that "
        f"is on the same words now, {counts['lost']:,} are about no report any more"
        + (":" if counts["lost"] else ".")
    )
    for fate in fates:
        if fate.state == "lost":
            j = fate.judgement
            value = f" {j.value}" if j.value else ""
            yield f"  {j.verdict}{value}, by {j.by}, {j.at[:10]}, of {j.subject}"
            if fate.was is not None:
                yield _wrapped(f"{_told(fate.was)}: {marked(fate.was)}", 4)
