"""Foreign Desk: a sourced record of who did what to whom, read from piles of news articles.

>>> import foreigndesk as fd
>>> found = fd.code("Norway urged Mali to free the crew.")
>>> found.reports[0].event_type.value
'REQUEST'

Names are loaded at their first use, so that the import costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foreigndesk.api import (
        ArticleFilters,
        ClaimFilters,
        Coded,
        CodedTexts,
        DiscrepancyFilters,
        EventFilters,
        OpenDesk,
        PromiseFilters,
        ReportFilters,
        Result,
        Row,
        StoryFilters,
        code,
        code_many,
        code_stream,
        open_desk,
    )
    from foreigndesk.api import open_desk as open  # `fd.open` is the public name
    from foreigndesk.engine.summary import Summary
    from foreigndesk.errors import (
        CodebookError,
        DamagedDeskError,
        DeskError,
        ForeignDeskError,
        MissingPackageError,
        NewerDeskError,
        NothingReadError,
        ParserError,
        UsageError,
    )
    from foreigndesk.model import (
        Article,
        Claim,
        Discrepancy,
        Event,
        EventType,
        Factuality,
        Mention,
        Report,
        Stance,
        Standing,
        Status,
        Story,
        TextAnalysis,
    )
    from foreigndesk.notebook.shown import Shown
    from foreigndesk.settings import Settings

    __version__: str

__all__ = [
    "Article",
    "ArticleFilters",
    "Claim",
    "ClaimFilters",
    "CodebookError",
    "Coded",
    "CodedTexts",
    "DamagedDeskError",
    "DeskError",
    "Discrepancy",
    "DiscrepancyFilters",
    "Event",
    "EventFilters",
    "EventType",
    "Factuality",
    "ForeignDeskError",
    "Mention",
    "MissingPackageError",
    "NewerDeskError",
    "NothingReadError",
    "OpenDesk",
    "ParserError",
    "PromiseFilters",
    "Report",
    "ReportFilters",
    "Result",
    "Row",
    "Settings",
    "Shown",
    "Stance",
    "Standing",
    "Status",
    "Story",
    "StoryFilters",
    "Summary",
    "TextAnalysis",
    "UsageError",
    "__version__",
    "code",
    "code_many",
    "code_stream",
    "open",
    "open_desk",
]

_ROOMS = ("errors", "settings", "model", "api", "notebook.shown", "engine.summary")
"""Where the names are looked for, the cheapest first."""


if not TYPE_CHECKING:  # a type checker shall see no names but those above

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name == "__version__":
            from importlib.metadata import version

            return version("foreigndesk")
        wanted = "open_desk" if name == "open" else name
        for room in _ROOMS if name in __all__ else ():
            module = import_module(f"foreigndesk.{room}")
            if hasattr(module, wanted):
                return getattr(module, wanted)
        raise AttributeError(f"module 'foreigndesk' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
