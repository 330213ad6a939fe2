"""The Python API: `fd.code(text)` and `fd.open("desk")`."""

from foreigndesk.api.asking import (
    ArticleFilters,
    ClaimFilters,
    DiscrepancyFilters,
    EventFilters,
    PromiseFilters,
    ReportFilters,
    StoryFilters,
)
from foreigndesk.api.coded import Coded, CodedTexts
from foreigndesk.api.desk import OpenDesk, open_desk
from foreigndesk.api.results import Result, Row, Tabular
from foreigndesk.api.texts import code, code_many, code_stream

__all__ = [
    "ArticleFilters",
    "ClaimFilters",
    "Coded",
    "CodedTexts",
    "DiscrepancyFilters",
    "EventFilters",
    "OpenDesk",
    "PromiseFilters",
    "ReportFilters",
    "Result",
    "Row",
    "StoryFilters",
    "Tabular",
    "code",
    "code_many",
    "code_stream",
    "open_desk",
]
