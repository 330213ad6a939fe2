"""What a desk is compared with, and the days that both cover."""

from __future__ import annotations

from datetime import date, timedelta

from foreigndesk.analysis.compare_rows import Other, coverage
from foreigndesk.analysis.filters import Filters
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.ledger import imported
from foreigndesk.ledger.desk import Desk


def other_of(desk: Desk, name: str | None) -> Other:
    """What a desk is to be compared with: an imported source or a desk's folder.

    None is the only source there is. Raises UsageError where it is neither, or not one.
    """
    known = imported.names(desk)
    if name is None and len(known) == 1:
        return Other(known[0], desk, known[0])
    if name is not None and name in known:
        return Other(name, desk, name)
    if name is None or not _is_desk(name):
        raise UsageError(
            "foreigndesk compare" if name is None else f"--with {name}",
            "several sources" if name is None and known else "no source of that name, and no desk",
            f"one of {', '.join(known)}, or a desk's folder" if known else "an imported source",
            "Name it: --with SOURCE."
            if known
            else f"Import it first: foreigndesk import FILE --desk {desk.place}",
        )
    return Other(name, Desk.open(name))


def _is_desk(name: str) -> bool:
    try:
        Desk.open(name)
    except ForeignDeskError:
        return False
    return True


def common_days(
    desk: Desk, other: Other, filters: Filters, days: int
) -> tuple[str | None, str | None]:
    """The days that both cover, and so many around them, where the filters do not say."""
    if filters.since and filters.until:
        return None, None
    ours, theirs = coverage(Other("", desk)), coverage(other)
    if None in ours or None in theirs:
        empty = "no events of its own" if None in ours else f"no events of {other.name}"
        raise UsageError(
            f"desk {desk.place}", empty, "events on both sides", "Read or import some first."
        )
    around = timedelta(days)
    first = date.fromisoformat(max(ours[0] or "", theirs[0] or "")) - around
    last = date.fromisoformat(min(ours[1] or "", theirs[1] or "")) + around
    if first > last and not (filters.since or filters.until):
        raise UsageError(
            f"desk {desk.place}, {other.name}",
            f"ours told from {ours[0]} to {ours[1]}, theirs from {theirs[0]} to {theirs[1]}",
            "days in common",
            "Import files of those days; or compare anyway with --since DAY --until DAY.",
        )
    return (
        None if filters.since else first.isoformat(),
        None if filters.until else last.isoformat(),
    )
