"""Read-only questions of the ledger; each answers with a pyarrow Table."""

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.find import context, find
from foreigndesk.analysis.lists import claims, discrepancies, promises, timeline
from foreigndesk.analysis.network import dyads, network
from foreigndesk.analysis.sources import sources

__all__ = [
    "Filters",
    "claims",
    "context",
    "discrepancies",
    "dyads",
    "find",
    "network",
    "promises",
    "sources",
    "timeline",
]
