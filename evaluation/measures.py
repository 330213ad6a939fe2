"""The project's figures over matched texts. All are shares in 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence

from foreigndesk.measure.groups import BINS, Group, bin_of
from foreigndesk.measure.match import Matched
from foreigndesk.measure.score import (
    DETAILS,
    Detail,
    Score,
    attribution,
    close,
    events,
    quiet,
    status_right,
    total,
)
from foreigndesk.model import EventType, Status

_UNCOMMON = Detail(
    "status.other-than-occurred", lambda gold: gold.status is not Status.OCCURRED, status_right
)


def figures(results: Sequence[Matched]) -> dict[str, float]:
    """All figures by name. Details are shares of close pairs for which the gold has a value."""
    whole, kind = events(results, True), events(results, False)
    sure = [row for row in reliability(results) if row[0] == BINS[-1]]
    details = {detail.name: detail.score(results).precision for detail in DETAILS}
    values = {
        "whole.precision": whole.precision,
        "whole.recall": whole.recall,
        "whole.f1": whole.f1,
        "type.precision": kind.precision,
        "type.recall": kind.recall,
        "type.f1": kind.f1,
        "mode.accuracy": details["mode"],
        "sector.accuracy": details["sector"],
        "status.accuracy": details["status"],
        _UNCOMMON.name: _UNCOMMON.score(results).precision,
        "attribution.f1": attribution(results).f1,
        "date.accuracy": details["date"],
        "place.accuracy": details["place"],
        "quiet.texts": quiet(results).precision,
        "sure.precision": sure[0][2] if sure else 0.0,
    }
    return {name: round(value, 4) for name, value in values.items()}


def reliability(results: Sequence[Matched]) -> list[tuple[float, int, float]]:
    """For each bin of confidence its lower end, the number of events and the whole-event share."""
    confidence = Group("confidence", None, lambda coded: (str(bin_of(coded.confidence)),))
    scores = {low: _of(confidence, results, str(low)) for low in BINS}
    return [(low, score.given, score.precision) for low, score in scores.items() if score.given]


def by_type(results: Sequence[Matched]) -> list[tuple[str, Score]]:
    """The whole-event score of each event type."""
    types = Group("type", lambda g: (g.event_type.value,), lambda c: (c.event_type,))
    return [(kind.value, _of(types, results, kind.value)) for kind in EventType]


def _of(group: Group, results: Sequence[Matched], name: str) -> Score:
    return total(score for f in results for found, score in group.scores(f) if found == name)


def by_status(results: Sequence[Matched]) -> list[tuple[str, Score]]:
    """For each status: how often it is said and how often right, over close pairs."""
    pairs = close(results)
    rows = []
    for status in Status:
        right = sum(p.gold.status is status and status_right(p) for p in pairs)
        given = sum(p.coded.status == status.value for p in pairs)
        rows.append(
            (status.value, Score(right, given, sum(p.gold.status is status for p in pairs)))
        )
    return rows
