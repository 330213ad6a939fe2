"""What counts as having happened, where nobody asks for more: exports and comparisons agree."""

from __future__ import annotations

from foreigndesk.model import Standing, Status

HAPPENED = (Status.OCCURRED, Status.ONGOING)
"""The statuses of reports that say that it happened."""
STOOD = (Standing.REPORTED, Standing.CORROBORATED)
"""The standings of events that nobody contests and that are more than planned or alleged."""


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


THAT_HAPPENED = f"standing IN ({_listed(STOOD)}) AND list_has_any(statuses, [{_listed(HAPPENED)}])"
"""The condition on the ledger's `events` that asks for what happened, in SQL."""
