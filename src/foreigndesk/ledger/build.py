"""Derive the ledger from a desk's articles and reports, beside the old one, and swap it in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa

from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.discrepancies import within
from foreigndesk.ledger.events import to_event
from foreigndesk.ledger.judgements import decide
from foreigndesk.ledger.link import Cluster, link
from foreigndesk.ledger.order import against_order
from foreigndesk.ledger.pages import not_before
from foreigndesk.ledger.promises import Promise, promises
from foreigndesk.ledger.rows import Derived, Row, tables, with_events
from foreigndesk.ledger.schema import TABLES
from foreigndesk.ledger.standing import never_was
from foreigndesk.ledger.store import clean, temporary_beside, write_whole
from foreigndesk.model import Article, Event, Story

Stories = Callable[[Iterable[Article]], tuple[Story, ...]]


def rebuild(desk: Desk, stories: Stories) -> None:
    """Make `ledger.duckdb` anew from all that the desk holds, and put it in the old one's place.

    `stories` groups articles that are copies. Readers that hold the old file open keep it. Where
    the ledger was made of the very same files by this version, it stays.
    Raises DamagedDeskError where a file of the desk cannot be read, DeskError where the desk
    cannot be written.
    """
    clean(desk.path)
    basis = _basis(desk)
    if _made_of(desk.ledger) == basis:
        return
    rows = tables(derive(desk, stories))
    write_whole(desk.ledger, lambda path: _write_or_fail(path, rows, basis))
    _drop_log(desk.ledger)


def _basis(desk: Desk) -> str:
    """A hash of what a ledger is made of: the desk's files by name, judgements, the program."""
    folders = (desk.articles_folder, desk.reports_folder)
    names = sorted(f"{f.parent.name}/{f.name}" for d in folders for f in d.glob("*.parquet"))
    judged = repr(desk.judgements())
    told = "\n".join([version("foreigndesk"), *names, judged])
    return hashlib.sha256(told.encode()).hexdigest()


def _made_of(ledger: Path) -> str | None:
    """What a ledger says it was made of; None if there is none that can be read."""
    if not ledger.exists():
        return None
    try:
        with duckdb.connect(str(ledger), read_only=True) as connection:
            row = connection.execute("SELECT made_of FROM basis").fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None


def derive(desk: Desk, stories: Stories) -> Derived:
    """All derived records, each kind by id. The same desk content gives the same records."""
    articles = list(desk.articles())
    found = tuple(sorted(stories(articles), key=lambda s: s.story_id))
    story_of = {document: s.story_id for s in found for document in s.articles}
    articles = [replace(a, story_id=story_of.get(a.document_id)) for a in articles]
    reports = list(desk.reports())
    clusters = link(reports, story_of, decide(desk.judgements()))
    pledges = promises(clusters)
    events = _events(clusters, pledges)
    filled = with_events(reports, events)
    return Derived(articles, found, filled, events, pledges, story_of)


def _events(clusters: list[Cluster], pledges: Sequence[Promise]) -> tuple[Event, ...]:
    by_day = sorted(pledges, key=lambda p: (p.made or "", p.promise_id))
    fulfils = {p.kept_by: p.event_id for p in by_day if p.kept_by is not None}
    order = against_order(clusters, not_before(clusters, pledges))
    events = []
    for cluster in clusters:
        if never_was(cluster.members):
            continue
        event = to_event(cluster)
        discrepancies = within(cluster) + order.get(event.event_id, ())
        kept = fulfils.get(event.event_id)
        events.append(replace(event, discrepancies=discrepancies, fulfils=kept))
    return tuple(sorted(events, key=lambda e: e.event_id))


def _write_or_fail(path: Path, rows: dict[str, list[Row]], basis: str) -> None:
    try:
        _write(path, rows, basis)
    except duckdb.IOException as error:
        raise OSError(str(error)) from error


def _write(path: Path, rows: dict[str, list[Row]], basis: str) -> None:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for name, schema in TABLES.items():
            table = pa.Table.from_pylist(rows[name], schema=schema)
            connection.register("incoming", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
            connection.unregister("incoming")
        connection.execute("CREATE TABLE basis AS SELECT ? AS made_of", [basis])
        connection.execute("CHECKPOINT")


def _drop_log(ledger: Path) -> None:
    """DuckDB's log of the temporary file, should one be left."""
    temporary = temporary_beside(ledger)
    temporary.with_name(temporary.name + ".wal").unlink(missing_ok=True)
