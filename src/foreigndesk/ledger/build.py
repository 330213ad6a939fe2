"""Derive the ledger from a desk's articles and reports, beside the old one, and swap it in.

What a new ledger can take over from the last one it does: a shard whose reports are the same, an
event whose reports are. The result is that of deriving all anew.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import duckdb

from foreigndesk.ledger.apart import make_apart, possible
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.last import Last
from foreigndesk.ledger.obeying import resolved
from foreigndesk.ledger.rows import article_row, story_row
from foreigndesk.ledger.sharding import Making, make
from foreigndesk.ledger.shards import plan
from foreigndesk.ledger.sink import SORTING, Sink
from foreigndesk.ledger.store import clean, temporary_beside, write_whole
from foreigndesk.ledger.sweeping import rarely_swept
from foreigndesk.model import Article, Story

Stories = Callable[[Iterable[Article]], tuple[Story, ...]]


def rebuild(desk: Desk, stories: Stories) -> None:
    """Make `ledger.duckdb` of all that the desk holds, and put it in the old one's place.

    `stories` groups articles that are copies. Readers that hold the old file open keep it. Where
    the ledger was made of the very same files by this version, it stays.
    Raises DamagedDeskError where a file of the desk cannot be read, DeskError where the desk
    cannot be written.
    """
    clean(desk.path)
    basis = _basis(desk)
    if _made_of(desk.ledger) == basis:
        return
    write_whole(desk.ledger, lambda path: _write_or_fail(path, desk, stories, basis))
    _drop_log(desk.ledger)


def is_current(desk: Desk) -> bool:
    """Whether the ledger was made of the very files that the desk holds, by this version."""
    return _made_of(desk.ledger) == _basis(desk)


def refile(desk: Desk) -> None:
    """Put right in the ledger in which files its articles lie, all else being as it was: for a
    desk whose files were merged. Readers that hold the old ledger open keep it.

    Raises DeskError where the desk cannot be written.
    """
    basis = _basis(desk)
    write_whole(desk.ledger, lambda path: _refiled(path, desk, basis))
    _drop_log(desk.ledger)


def _refiled(path: Path, desk: Desk, basis: str) -> None:
    shutil.copyfile(desk.ledger, path)
    with duckdb.connect(str(path), config=SORTING) as connection:
        connection.register("now", desk.files_of_articles())
        connection.execute(
            "UPDATE articles SET file = now.file FROM now WHERE now.document_id ="
            " articles.document_id AND now.file IS DISTINCT FROM articles.file"
        )
        connection.execute("UPDATE basis SET made_of = ?", [basis])
        connection.execute("CHECKPOINT")


def _basis(desk: Desk) -> str:
    """A hash of what a ledger is made of: the desk's files by name, judgements, the program."""
    folders = (desk.articles_folder, desk.reports_folder)
    names = sorted(f"{f.parent.name}/{f.name}" for d in folders for f in d.glob("*.parquet"))
    told = "\n".join([program(), *names, _judged(desk)])
    return hashlib.sha256(told.encode()).hexdigest()


def _judged(desk: Desk) -> str:
    return hashlib.sha256(repr(desk.judgements()).encode()).hexdigest()


@cache
def program() -> str:
    """This version of the program, with a hash of the rules by which it links."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return f"{version('foreigndesk')} {digest.hexdigest()[:16]}"


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


def _write_or_fail(path: Path, desk: Desk, stories: Stories, basis: str) -> None:
    try:
        with rarely_swept(), _scratch(desk.ledger) as folder, Sink(folder) as sink:
            _write(path, desk, stories, basis, sink)
    except duckdb.IOException as error:
        raise OSError(str(error)) from error


def _write(path: Path, desk: Desk, stories: Stories, basis: str, sink: Sink) -> None:
    counts = desk.report_counts()
    shards = plan(counts)
    last = Last.open(desk.ledger, program(), shards)
    judgements, judged = resolved(desk, desk.judgements()), _judged(desk)
    story_of = _articles(desk, stories, sink)
    making = Making(desk, story_of, sink, last, judgements, last.judged == judged)
    del story_of
    if possible(shards):
        largest = sorted(shards, key=lambda shard: -sum(counts.get(t, 0) for t in shard.types))
        make_apart(largest, making, sink.folder)
    else:
        for shard in shards:
            make(shard, making)
    row = {
        "made_of": basis,
        "program": program(),
        "plan": repr(shards),
        "judged": judged,
    }
    sink.add("basis", [row])
    sink.store(path, last.path, making.chosen())


def _articles(desk: Desk, stories: Stories, sink: Sink) -> Mapping[str, str]:
    """Write articles and stories; the story id of each document."""
    found = stories(article for _, batch in desk.article_batches() for article in batch)
    story_of = {document: s.story_id for s in found for document in s.articles}
    copies = {d for s in found for d in s.articles if d != s.lead}
    sink.add("stories", map(story_row, found))
    del found
    for file, batch in desk.article_batches():
        told = [replace(a, story_id=story_of.get(a.document_id)) for a in batch]
        sink.add("articles", [article_row(a, a.document_id in copies, file) for a in told])
    return story_of


@contextmanager
def _scratch(ledger: Path) -> Iterator[Path]:
    """A folder for rows on their way, under a temporary name; removed at the end."""
    folder = temporary_beside(ledger).with_suffix(".rows")
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_log(ledger: Path) -> None:
    """DuckDB's log of the temporary file, should one be left."""
    temporary = temporary_beside(ledger)
    temporary.with_name(temporary.name + ".wal").unlink(missing_ok=True)
