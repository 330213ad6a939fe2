"""What a desk follows, in its `follow.sqlite`: feeds and pages, when each is due, what failed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from foreigndesk.errors import DamagedDeskError

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
  url TEXT PRIMARY KEY, title TEXT, etag TEXT, modified TEXT, due REAL NOT NULL DEFAULT 0,
  followed INTEGER NOT NULL DEFAULT 1, looks INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, error TEXT);
CREATE TABLE IF NOT EXISTS pages (
  url TEXT PRIMARY KEY, feed TEXT NOT NULL, published TEXT, due REAL, file TEXT,
  state TEXT NOT NULL DEFAULT 'due', failures INTEGER NOT NULL DEFAULT 0, error TEXT);
CREATE INDEX IF NOT EXISTS pages_by_state ON pages (state, due);
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A feed or page that is due, or a page that was fetched; `due` in seconds since 1970."""

    url: str
    failures: int
    etag: str | None = None
    modified: str | None = None
    published: str | None = None
    file: str | None = None
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed stands: pages known, read, waiting and given up, and its last failure."""

    url: str
    title: str | None
    looks: int
    failures: int
    error: str | None
    pages: int
    read: int
    waiting: int
    failed: int


class Following:
    """The state of following, open while in use; every change is committed at once."""

    def __init__(self, path: Path) -> None:
        try:
            self._base = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._base.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            raise DamagedDeskError(
                str(path), str(error), "a SQLite file", "Remove it: feeds are then read anew."
            ) from error

    def __enter__(self) -> Following:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._base.close()

    def follow(self, feeds: Sequence[str]) -> None:
        """From now on follow these feeds and no others; what is known of the others is kept."""
        with self._base:
            self._base.execute("BEGIN")
            self._base.execute("UPDATE feeds SET followed = 0")
            sql = "INSERT INTO feeds (url) VALUES (?) ON CONFLICT (url) DO UPDATE SET followed = 1"
            self._base.executemany(sql, [(url,) for url in feeds])

    def feeds_due(self, now: float) -> list[Due]:
        """The feeds to look at, those due longest first."""
        sql = (
            "SELECT url, failures, etag, modified FROM feeds WHERE followed AND due <= ?"
            " ORDER BY due, url"
        )
        return [Due(*row) for row in self._base.execute(sql, (now,))]

    def pages_due(self, now: float) -> list[Due]:
        """The pages to fetch, in the order in which they became due."""
        sql = (
            "SELECT url, failures, published FROM pages WHERE state = 'due' AND due <= ?"
            " ORDER BY due, url"
        )
        rows = self._base.execute(sql, (now,))
        return [Due(url, n, published=day, is_page=True) for url, n, day in rows]

    def fetched(self) -> list[Due]:
        """The pages that are kept but not read into the desk yet."""
        sql = (
            "SELECT url, failures, published, file FROM pages WHERE state = 'fetched' ORDER BY url"
        )
        rows = self._base.execute(sql)
        return [Due(u, n, published=day, file=f, is_page=True) for u, n, day, f in rows]

    def samples(self, most: int) -> list[str]:
        """Of each feed with pages to be read, the files of the `most` pages kept last."""
        sql = (
            "SELECT file FROM (SELECT file, row_number() OVER (PARTITION BY feed ORDER BY rowid"
            " DESC) AS place FROM pages WHERE file IS NOT NULL AND feed IN"
            " (SELECT feed FROM pages WHERE state = 'fetched')) WHERE place <= ? ORDER BY file"
        )
        return [file for (file,) in self._base.execute(sql, (most,))]

    def next_due(self) -> float:
        """When the next feed or page is due, seconds since 1970; infinite if nothing is."""
        sql = (
            "SELECT min(due) FROM (SELECT due FROM feeds WHERE followed"
            " UNION ALL SELECT due FROM pages WHERE state = 'due')"
        )
        (found,) = self._base.execute(sql).fetchone()
        return float("inf") if found is None else float(found)

    def seen(self, feed: str, pages: Iterable[tuple[str, str | None]], now: float) -> int:
        """Note pages that a feed names; how many were new."""
        before = self._base.total_changes
        sql = "INSERT OR IGNORE INTO pages (url, feed, published, due) VALUES (?, ?, ?, ?)"
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany(sql, [(url, feed, day, now) for url, day in pages])
        return self._base.total_changes - before

    def looked(
        self, feed: str, title: str | None, headers: tuple[str | None, str | None], due: float
    ) -> None:
        """A look at a feed went well; `headers` are its ETag and Last-Modified."""
        self._base.execute(
            "UPDATE feeds SET title = ?, etag = ?, modified = ?, due = ?, looks = looks + 1,"
            " failures = 0, error = NULL WHERE url = ?",
            (title, *headers, due, feed),
        )

    def unchanged(self, feed: str, due: float) -> None:
        """A look at a feed found nothing new."""
        self._base.execute(
            "UPDATE feeds SET due = ?, looks = looks + 1, failures = 0, error = NULL WHERE url = ?",
            (due, feed),
        )

    def feed_failed(self, feed: str, error: str, due: float | None) -> None:
        """A look at a feed failed."""
        self._base.execute(
            "UPDATE feeds SET due = coalesce(?, due), failures = failures + 1, error = ?"
            " WHERE url = ?",
            (due, error, feed),
        )

    def page_fetched(self, url: str, file: str) -> None:
        """A page is kept in `file`."""
        self._base.execute(
            "UPDATE pages SET state = 'fetched', file = ?, error = NULL WHERE url = ?", (file, url)
        )

    def page_failed(self, url: str, error: str, due: float | None) -> None:
        """A page could not be fetched or read; given up if `due` is None."""
        state = "failed" if due is None else "due"
        self._base.execute(
            "UPDATE pages SET state = ?, due = ?, failures = failures + 1, error = ? WHERE url = ?",
            (state, due, error, url),
        )

    def read(self, urls: Iterable[str]) -> None:
        """The desk holds these pages now."""
        sql = "UPDATE pages SET state = 'read' WHERE url = ? AND state = 'fetched'"
        with self._base:
            self._base.execute("BEGIN")
            self._base.executemany(sql, [(url,) for url in urls])

    def states(self) -> list[FeedState]:
        """Every feed that is followed, by address."""
        sql = """
            SELECT f.url, f.title, f.looks, f.failures, f.error, count(p.url),
              count(*) FILTER (WHERE p.state = 'read'),
              count(*) FILTER (WHERE p.state IN ('due', 'fetched')),
              count(*) FILTER (WHERE p.state = 'failed')
            FROM feeds f LEFT JOIN pages p ON p.feed = f.url
            WHERE f.followed GROUP BY f.url ORDER BY f.url
        """
        return [FeedState(*row) for row in self._base.execute(sql)]
