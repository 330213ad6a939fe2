"""Read-only questions of the ledger; each answers with a pyarrow Table."""

from foreigndesk.analysis.blocs import balance, blocs
from foreigndesk.analysis.coverage import coverage
from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.find import context, find
from foreigndesk.analysis.lists import claims, discrepancies, promises, timeline
from foreigndesk.analysis.network import dyads, network
from foreigndesk.analysis.responses import responses
from foreigndesk.analysis.sources import sources

__all__ = [
    "Filters",
    "balance",
    "blocs",
    "claims",
    "context",
    "coverage",
    "discrepancies",
    "dyads",
    "find",
    "network",
    "promises",
    "responses",
    "sources",
    "timeline",
]
