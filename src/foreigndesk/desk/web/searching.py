"""Full text search: an SQLite index (FTS5) of articles and evidence, kept beside the ledger.

The index is derived, as the ledger is: made anew in a process of its own when the ledger changes,
whole, then put in place. Until it is there, the words are looked for in the ledger itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import re
import sqlite3
import tempfile
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from foreigndesk.analysis.query import ask
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.fulltext import NAME, build, made_of, terms
from foreigndesk.desk.web.options import Serving
from foreigndesk.desk.web.snapshot import Ledgers
from foreigndesk.errors import ForeignDeskError
from foreigndesk.ledger.desk import Desk

LOOK = 5.0
"""Seconds between two looks whether the ledger has changed."""
PLACES = ("all", "articles", "evidence")
_FOLDERS: dict[Path, Path] = {}
"""Where the index of a desk stands whose own folder is not to be written."""


class Index:
    """Keeps the index of one served desk current, in the background."""

    def __init__(self, desk: Desk, serving: Serving, ledgers: Ledgers) -> None:
        self.desk = desk
        self.ledgers = ledgers
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="search index")
        self._own = tempfile.TemporaryDirectory() if serving.read_only else None
        if self._own is not None:
            _FOLDERS[desk.path] = Path(self._own.name)

    def start(self) -> None:
        """Begin to look after the index."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; an index that is being made is left as it was."""
        self._ended.set()
        self._thread.join(timeout=10)
        if self._own is not None:
            _FOLDERS.pop(self.desk.path, None)
            self._own.cleanup()

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._renew()
            except (ForeignDeskError, OSError, sqlite3.Error) as error:
                logging.getLogger(__name__).warning("The search index was not made: %s", error)
            self._ended.wait(LOOK)

    def _renew(self) -> None:
        """Make the index anew if the ledger is another than it was made of."""
        file = index_file(self.desk)
        basis = basis_of(self.ledgers.current())
        if made_of(file) == basis:
            return
        making = multiprocessing.get_context("spawn").Process(
            target=build, args=(str(self.ledgers.current().ledger), str(file), basis), daemon=True
        )
        making.start()
        while making.is_alive() and not self._ended.wait(0.05):
            pass
        if making.is_alive():
            making.terminate()
        making.join()


def index_file(desk: Desk) -> Path:
    """Where the index of a desk stands."""
    return _FOLDERS.get(desk.path, desk.path) / NAME


def basis_of(desk: Desk) -> str:
    """What the ledger says it was made of."""
    rows = ask(desk, "SELECT made_of FROM basis").to_pylist()
    return str(rows[0]["made_of"]) if rows else ""


def state(asked: Asked) -> str | None:
    """What the index was made of: a search has another answer with it than without."""
    return made_of(index_file(asked.desk))


def search(asked: Asked) -> dict[str, Any]:
    """Articles and sentences of evidence that have the words, the best first."""
    words, place = asked.given.get("q", ""), asked.choice("in", PLACES, "all")
    cut = asked.cut()
    total, indexed = 0, True
    rows: list[dict[str, Any]] = []
    if terms(words):
        file = index_file(asked.desk)
        indexed = made_of(file) == basis_of(asked.desk)
        find = _in_index if indexed else _in_ledger
        total, rows = find(asked, words, place)
    page = cut.start // cut.size + 1
    return {
        "q": words,
        "total": total,
        "found": rows,
        "indexed": indexed,
        "_in": place,
        "_back": asked.address(page=page - 1) if page > 1 else None,
        "_next": asked.address(page=page + 1) if cut.start + cut.size < total else None,
        "page": page,
        "pages": max(1, -(-total // cut.size)),
    }


_KIND = "AND kind = ?"


def _in_index(asked: Asked, words: str, place: str) -> tuple[int, list[dict[str, Any]]]:
    """Search the index; the words found stand between two control characters in the excerpt."""
    cut, kind = asked.cut(), {"articles": "article", "evidence": "report"}.get(place)
    where = "texts MATCH ? " + (_KIND if kind else "")
    values = [terms(words), *([kind] if kind else [])]
    file = index_file(asked.desk)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        total = connection.execute(f"SELECT count(*) FROM texts WHERE {where}", values).fetchone()
        rows = connection.execute(
            "SELECT kind, id, document_id, event_id, head, told, outlet, "
            "snippet(texts, 1, char(2), char(3), ' … ', 40) AS excerpt FROM texts "
            f"WHERE {where} ORDER BY rank, id LIMIT ? OFFSET ?",
            [*values, cut.size, cut.start],
        ).fetchall()
    return int(total[0]), [_shown(dict(row)) for row in rows]


def _in_ledger(asked: Asked, words: str, place: str) -> tuple[int, list[dict[str, Any]]]:
    """Search the ledger while there is no index: the words as one string."""
    cut, plain = asked.cut(), " ".join(re.findall(r"\w+", words.lower()))
    articles = (
        "SELECT 'article' AS kind, document_id AS id, document_id, NULL AS event_id, "
        "title AS head, published AS told, outlet, left(text, 240) AS excerpt FROM articles "
        "WHERE contains(lower(concat(title, ' ', text)), ?)"
    )
    reports = (
        "SELECT 'report', report_id, document_id, event_id, event_type, told, outlet, text "
        "FROM reports WHERE contains(lower(text), ?)"
    )
    chosen = {"articles": [articles], "evidence": [reports]}.get(place, [articles, reports])
    inner, values = " UNION ALL ".join(chosen), [plain] * len(chosen)
    found = ask(asked.desk, f"SELECT count(*) AS n FROM ({inner})", values).to_pylist()
    rows = ask(
        asked.desk,
        f"SELECT * FROM ({inner}) ORDER BY told DESC NULLS LAST, id "
        f"LIMIT {cut.size} OFFSET {cut.start}",
        values,
    ).to_pylist()
    return found[0]["n"], [_shown(row) for row in rows]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its excerpt in pieces: text, and whether it was searched for."""
    pieces = []
    for part in re.split("(\x02[^\x03]*\x03)", row["excerpt"] or ""):
        with suppress(IndexError):
            hit = part[0] == "\x02"
            pieces.append({"text": part.strip("\x02\x03") if hit else part, "hit": hit})
    return row | {"excerpt": pieces}
