"""Piles of articles on disk, for `read`, and their texts, for spaCy."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.newsroom import NEAR, Newsroom
from benchmarks.pages import page
from foreigndesk.codebook.load import open_codebook
from foreigndesk.errors import UnreadableError
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.read import read
from foreigndesk.intake.template import learn
from foreigndesk.model import Article, Document
from foreigndesk.pipeline import CODED_LANGUAGES
from foreigndesk.settings import Settings

COPIED = 0.3
A_FOLDER = 1000
"""Files in one folder."""
FORMS = {
    "unique": "clean text, one JSON line an article, no copies",
    "web": f"web pages with furniture, {COPIED:.0%} of them copies of one of the {NEAR} before",
    "given": "the files that were named",
}


@dataclass(frozen=True)
class Pile:
    """What is read: a name of `FORMS` and the paths that hold it."""

    name: str
    paths: tuple[str, ...]


def unique(size: int, folder: Path) -> Pile:
    """A pile of `size` unique articles as JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"unique-{size}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for piece in Newsroom(size).pieces():
            row = {
                "id": f"u{piece.number}", "title": piece.title, "outlet": piece.outlet,
                "published": str(piece.printed), "text": "\n\n".join(piece.body),
            }  # fmt: skip
            out.write(json.dumps(row) + "\n")
    return Pile("unique", (os.fspath(file),))


def web(size: int, folder: Path) -> Pile:
    """A pile of `size` web pages, in the order in which they were printed."""
    home = folder / f"web-{size}"
    titles = ["Harvest festival draws record crowd", "Ten walks for a long weekend", "Your letters"]
    for piece in Newsroom(size, COPIED).pieces():
        place = home / f"{piece.number // A_FOLDER:04}"
        place.mkdir(parents=True, exist_ok=True)
        text = page(piece, titles[-6:])
        (place / f"{piece.number:07}.html").write_text(text, encoding="utf-8")
        titles = [*titles[-6:], piece.title]
    return Pile("web", (os.fspath(home),))


def articles(paths: Iterable[str]) -> Iterator[tuple[Document, Article]]:
    """The articles at `paths` that would be coded, cleaned as `read` cleans them."""
    settings, named = Settings(), list(paths)
    cleaner = Cleaner(open_codebook(), settings, learn(read(named, settings)))
    seen: set[str] = set()
    for document in read(named, settings):
        if not isinstance(document, Document) or document.id in seen:
            continue
        seen.add(document.id)
        try:
            article = cleaner.clean(document)
        except UnreadableError:
            continue
        if article.language in CODED_LANGUAGES:
            yield document, article
