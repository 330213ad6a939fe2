"""The Python API: `fd.code(text)` and `fd.open("desk")`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from foreigndesk.engine.run import Summary
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.model import TextAnalysis
    from foreigndesk.pipeline import Reader
    from foreigndesk.settings import Settings


@lru_cache(maxsize=2)
def _reader(settings: Settings) -> Reader:
    from foreigndesk.pipeline import Reader

    return Reader(settings)


def code(text: str, published: str | None = None, settings: Settings | None = None) -> TextAnalysis:
    """Code one text: reports, mentions, predicates, attributions, times and places.

    `published` is its publication date in EDTF, None if unknown. Offsets count code points of
    `text`. Raises ParserError if the parser's model is absent.
    """
    from foreigndesk.settings import from_environment

    return _reader(settings or from_environment()).analyse(text, published)


def open_desk(path: str | Path) -> OpenDesk:
    """The desk in folder `path`, made if there is none. Raises DeskError."""
    from foreigndesk.ledger.desk import Desk

    return OpenDesk(Desk.create_or_open(path))


@dataclass(frozen=True)
class OpenDesk:
    """A desk to read into and to ask. Filters are those of `analysis.filters.Filters`."""

    desk: Desk

    def read(
        self,
        *paths: str | Path,
        published: str | None = None,
        settings: Settings | None = None,
    ) -> Summary:
        """Read files or folders into the desk. Raises NothingReadError, DeskError."""
        from foreigndesk.engine.run import read_into
        from foreigndesk.settings import from_environment

        return read_into(self.desk, paths, settings or from_environment(), published)

    def events(self, **filters: Any) -> pa.Table:
        """Events in order of time, as an Arrow table (`.to_pandas()`, `polars.from_arrow`)."""
        return self._ask("foreigndesk.analysis.lists", "timeline", filters)

    def claims(self, **filters: Any) -> pa.Table:
        """Who says what of which event."""
        return self._ask("foreigndesk.analysis.lists", "claims", filters)

    def promises(self, **filters: Any) -> pa.Table:
        """What was announced and what became of it."""
        return self._ask("foreigndesk.analysis.lists", "promises", filters)

    def discrepancies(self, **filters: Any) -> pa.Table:
        """Reports that cannot both be right."""
        return self._ask("foreigndesk.analysis.lists", "discrepancies", filters)

    def dyads(self, **filters: Any) -> pa.Table:
        """Events of pairs of states by month."""
        return self._ask("foreigndesk.analysis.network", "dyads", filters)

    def reports(self) -> pa.Table:
        """All reports, in the columns of `export --what reports --format parquet`."""
        import io

        import pyarrow.parquet as pq

        from foreigndesk.exchange.export import export

        out = io.BytesIO()
        export(self.desk, "reports", "parquet", out)
        return pq.read_table(io.BytesIO(out.getvalue()))

    def export(self, what: str, format: str, output: str | Path | Sequence[Any]) -> None:
        """Write records to a file, as `foreigndesk export` does."""
        from foreigndesk.exchange.export import export

        export(self.desk, what, format, Path(str(output)))

    def _ask(self, module: str, question: str, filters: dict[str, Any]) -> pa.Table:
        from importlib import import_module

        from foreigndesk.analysis.filters import Filters

        return getattr(import_module(module), question)(self.desk, Filters(**filters))
