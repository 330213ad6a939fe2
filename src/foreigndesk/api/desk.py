"""A desk in Python: `fd.open("desk")`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, cast

from foreigndesk.address import is_address, plain
from foreigndesk.api.asking import (
    ArticleFilters,
    ClaimFilters,
    Day,
    DiscrepancyFilters,
    EventFilters,
    PromiseFilters,
    ReportFilters,
    StoryFilters,
    filters_of,
    in_python,
)
from foreigndesk.api.days import day_of
from foreigndesk.api.places import PathLike, check_free, is_desk, paths_of
from foreigndesk.api.results import Question, RecordRows, Result, Row, TableRows
from foreigndesk.errors import DeskError

if TYPE_CHECKING:
    from foreigndesk.engine.run import Summary
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.model import Article, Claim, Discrepancy, Event, Report, Story
    from foreigndesk.notebook.shown import Shown
    from foreigndesk.settings import Settings

R = TypeVar("R")


def open_desk(path: PathLike, *, create: bool = True) -> OpenDesk:
    """The desk in folder `path`, or at an address (`s3://bucket/desk`).

    Where there is none, the first `read` makes it; opening writes nothing. Raises DeskError if
    `path` is a file or holds other things, or, with `create=False`, if there is no desk;
    NewerDeskError if a newer version made it, DamagedDeskError if its `desk.toml` cannot be read.

    >>> import foreigndesk as fd
    >>> fd.open("nowhere", create=False)
    Traceback (most recent call last):
    foreigndesk.errors.DeskError: nowhere: found no such folder; expected a desk. ...
    """
    from foreigndesk.ledger.desk import Desk

    place = plain(path)
    if not is_address(place):
        place = Path(place).expanduser()
        if create and not is_desk(place):
            check_free(place)
            return OpenDesk(place)
    if not create or isinstance(place, Path):
        Desk.open(place)
    return OpenDesk(place)


@dataclass(frozen=True, repr=False)
class OpenDesk:
    """A desk to read into and to ask.

    Each question takes filters as keywords and answers with a Result; where there is no desk yet,
    it raises DeskError. A `read` by another process is no hindrance: a question is answered from
    the ledger as it last stood whole.
    """

    path: PathLike

    def read(
        self,
        *paths: PathLike | Iterable[PathLike],
        published: Day | None = None,
        settings: Settings | None = None,
        progress: Callable[[Summary], None] | None = None,
    ) -> Summary:
        """Read files or folders into the desk, which is made if there is none.

        `published` is the publication date of all that is read; `progress` is called after each
        batch. What the desk knows already is not read again. Raises NothingReadError if nothing
        could be read and nothing was known, DeskError if the desk cannot be written, UsageError
        for a date that is none.
        """
        from foreigndesk.engine.run import check_paths, read_into
        from foreigndesk.ledger.desk import Desk
        from foreigndesk.settings import from_environment

        given = paths_of(paths)
        day = day_of(published, "read(published=...)")
        check_paths(given)
        desk = Desk.create_or_open(self.path)
        return read_into(
            desk, given, settings or from_environment(), day, progress or (lambda summary: None)
        )

    # Records: the rows and columns of `foreigndesk export --what ...`, in its order.

    def events(self, **filters: Unpack[EventFilters]) -> Result[Event]:
        """Events in order of time."""
        return self._records("events", EventFilters, filters)

    def reports(self, **filters: Unpack[ReportFilters]) -> Result[Report]:
        """Reports, by document and place in it."""
        return self._records("reports", ReportFilters, filters)

    def claims(self, **filters: Unpack[ClaimFilters]) -> Result[Claim]:
        """Who says what of which event: every time that it is said."""
        return self._records("claims", ClaimFilters, filters)

    def discrepancies(self, **filters: Unpack[DiscrepancyFilters]) -> Result[Discrepancy]:
        """Pairs of reports that cannot both be right."""
        return self._records("discrepancies", DiscrepancyFilters, filters)

    def articles(self, **filters: Unpack[ArticleFilters]) -> Result[Article]:
        """Articles, each with the parts of its page that were kept and dropped."""
        return self._records("articles", ArticleFilters, filters)

    def stories(self, **filters: Unpack[StoryFilters]) -> Result[Story]:
        """Articles that are copies of one another."""
        return self._records("stories", StoryFilters, filters)

    # Tables: what the commands of these names show.

    def timeline(self, **filters: Unpack[EventFilters]) -> Result[Row]:
        """Events as flat rows with names, day, place, standing, counts and a sentence."""
        return self._table("lists:timeline", EventFilters, filters)

    def promises(self, **filters: Unpack[PromiseFilters]) -> Result[Row]:
        """What was announced or asked for, and what has become of it."""
        return self._table("lists:promises", PromiseFilters, filters)

    def dyads(
        self, by: str = "month", undirected: bool = False, **filters: Unpack[EventFilters]
    ) -> Result[Row]:
        """Events of pairs of actors by day, week, month or year: counts by quad class."""
        own = {"by": by, "undirected": undirected}
        return self._table("network:dyads", EventFilters, filters, own)

    def network(self, by: str | None = None, **filters: Unpack[EventFilters]) -> Result[Row]:
        """The signed network of states: cooperation against conflict, by period if `by` is."""
        return self._table("network:network", EventFilters, filters, {"by": by})

    def blocs(self, by: str | None = None, **filters: Unpack[EventFilters]) -> Result[Row]:
        """Groups of states tied by cooperation."""
        return self._table("blocs:blocs", EventFilters, filters, {"by": by})

    def balance(self, by: str | None = None, **filters: Unpack[EventFilters]) -> Result[Row]:
        """Structural balance: how many triangles of states hold together."""
        return self._table("blocs:balance", EventFilters, filters, {"by": by})

    def responses(self, within: int = 14, **filters: Unpack[EventFilters]) -> Result[Row]:
        """What came back within so many days of an action, beside how often it comes anyway."""
        return self._table("responses:responses", EventFilters, filters, {"within": within})

    def coverage(self, event: str | None = None, **filters: Unpack[EventFilters]) -> Result[Row]:
        """What each outlet reports of an event, and who was printing and omits it."""
        return self._table("coverage:coverage", EventFilters, filters, {"event": event})

    def sources(self, **filters: Unpack[ArticleFilters]) -> Result[Row]:
        """Outlets: their articles, copies, and the events that they alone report."""
        return self._table("sources:sources", ArticleFilters, filters)

    # One record, and files.

    def show(self, record_id: str) -> Shown:
        """The record whose id begins so, or the article at that path, with its evidence.

        Raises UsageError where there is none, or more than one.
        """
        from foreigndesk.analysis.find import find
        from foreigndesk.notebook.shown import Shown

        desk = self._desk()
        return Shown(desk, find(desk, record_id))

    def text(self, document_id: str) -> str | None:
        """The text in which the offsets of a document's reports count; None if it is not here."""
        return self._desk().document_text(document_id)

    def export(
        self,
        what: str,
        format: str,
        output: PathLike,
        *,
        everything: bool = False,
        **filters: Any,
    ) -> int:
        """Write records to a file, as `foreigndesk export` does; how many they are.

        `everything`: in the field's formats, what was only planned, alleged or denied too. Raises
        UsageError for an unknown kind, format or filter.
        """
        from foreigndesk.exchange.export import export

        wanted = filters_of("export", _SHAPES.get(what, EventFilters), filters)
        with in_python("export"):
            return export(self._desk(), what, format, Path(output), wanted, everything)

    def __repr__(self) -> str:
        from foreigndesk.notebook.plain import desk

        return desk(self.path)

    def _repr_html_(self) -> str:
        from foreigndesk.notebook.views import desk

        return desk(self.path)

    def _desk(self) -> Desk:
        """The desk, which must be there with its ledger. Raises DeskError."""
        from foreigndesk.ledger.desk import Desk

        if isinstance(self.path, Path) and not is_desk(self.path):
            raise DeskError(
                str(self.path), "no desk", "a folder with one", "Make it: desk.read(PATH)"
            )
        desk = Desk.open(self.path)
        if not desk.ledger.exists():
            raise DeskError(
                str(self.path),
                "a desk without its ledger: a first read is under way, or one was stopped",
                "a desk that was read into",
                "Wait for that read, or complete it: desk.read(PATH)",
            )
        return desk

    def _records(self, what: str, shape: type[Any], given: Any) -> Result[R]:
        from foreigndesk.exchange.export import WHAT, batches

        filters = filters_of(what, shape, given)
        desk = self._desk()
        with in_python(what):
            lines = [line for batch in batches(desk, what, filters) for line in batch]
        rows = RecordRows(cast("type[R]", WHAT[what]), lines)
        return Result(Question(desk, what, dict(given)), rows)

    def _table(
        self, ask: str, shape: type[Any], given: Any, own: dict[str, Any] | None = None
    ) -> Result[Row]:
        from importlib import import_module

        module, _, name = ask.partition(":")
        filters = filters_of(name, shape, given)
        desk = self._desk()
        question = getattr(import_module(f"foreigndesk.analysis.{module}"), name)
        with in_python(name):
            table = question(desk, filters, **(own or {}))
        return Result(Question(desk, name, {**(own or {}), **given}), TableRows(table))


_SHAPES: dict[str, type[Any]] = {
    "events": EventFilters,
    "reports": ReportFilters,
    "claims": ClaimFilters,
    "discrepancies": DiscrepancyFilters,
    "articles": ArticleFilters,
    "stories": StoryFilters,
    "promises": PromiseFilters,
    "network": EventFilters,
}
