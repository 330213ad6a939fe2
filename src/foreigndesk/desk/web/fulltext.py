"""The index of texts itself: how it is made, what it was made of, what a search means."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import duckdb

NAME = "search.sqlite"
VERSION = "2"
"""Of the index's shape; another makes it anew."""
_ROWS = 5000
_TABLE = (
    "CREATE VIRTUAL TABLE texts USING fts5(head, body, kind UNINDEXED, id UNINDEXED, "
    "document_id UNINDEXED, event_id UNINDEXED, told UNINDEXED, outlet, "
    "tokenize = 'unicode61 remove_diacritics 2')"
)
_SOURCES = (
    "SELECT title, text, 'article', document_id, document_id, NULL, published, outlet "
    "FROM articles ORDER BY document_id",
    "SELECT event_type, text, 'report', report_id, document_id, event_id, told, outlet "
    "FROM reports ORDER BY report_id",
)
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def build(ledger: str, target: str, basis: str) -> None:
    """Make the index of a ledger beside `target`, and put it in its place."""
    with suppress(OSError):
        os.nice(10)
    temporary = Path(target).with_name(f".tmp-search-{os.getpid()}.sqlite")
    temporary.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as index:
            _fill(ledger, index, basis)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(ledger: str, index: sqlite3.Connection, basis: str) -> None:
    index.execute("PRAGMA journal_mode = OFF")
    index.execute(_TABLE)
    index.execute("CREATE TABLE basis (made_of TEXT)")
    with duckdb.connect(ledger, read_only=True) as connection:
        for sql in _SOURCES:
            connection.execute(sql)
            while rows := connection.fetchmany(_ROWS):
                index.execute("BEGIN")
                index.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
                index.execute("COMMIT")
    index.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    index.execute("INSERT INTO basis VALUES (?)", [f"{VERSION} {basis}"])


def made_of(file: Path) -> str | None:
    """What an index was made of; None if there is none of this shape."""
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as index:
            row = index.execute("SELECT made_of FROM basis").fetchone()
    except sqlite3.Error:
        return None
    version, _, basis = str(row[0]).partition(" ") if row else ("", "", "")
    return basis if version == VERSION else None


def terms(words: str) -> str:
    """A reader's words as a question to FTS5: all must be there, those after a minus must not.

    What stands in quotes must stand so; a * ends the beginning of a word. Nothing else of the
    reader's signs has a meaning. Empty if there is no word to be found.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _TERM.finditer(words):
        text = match[2] if match[2] is not None else match[3]
        plain = " ".join(re.findall(r"\w+", text))
        if plain:
            star = "*" if match[3] and text.endswith("*") else ""
            (unwanted if match[1] else wanted).append(f'"{plain}"{star}')
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)
