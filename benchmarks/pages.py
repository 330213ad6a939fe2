"""What the benchmarks of single stages read: articles, and sentences parsed anew each time."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from foreigndesk.errors import UnreadableError
from foreigndesk.grammar import spacy_parser
from foreigndesk.grammar.bound import bounded
from foreigndesk.grammar.parse import parse_article
from foreigndesk.intake.read import read
from foreigndesk.model import Article, Document, Sentence
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

SAMPLE = Path(__file__).parents[1] / "sample" / "pages"
Page = tuple[str, Article]
"""A document's text, in which all offsets count, and its article."""


def options(doc: str | None) -> argparse.ArgumentParser:
    """The options that the benchmarks share, under the first line of their docstring."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=[os.fspath(SAMPLE)])
    parser.add_argument("--repeat", type=int, default=3)
    return parser


def english(reader: Reader, paths: list[str]) -> list[Page]:
    """The articles at `paths` that would be coded."""
    found = []
    for document in read(paths, Settings()):
        if not isinstance(document, Document):
            continue
        try:
            article = reader.cleaner.clean(document)
        except UnreadableError:
            continue
        if article.language in ("en", None):
            found.append((document.text, article))
    return found


def parsed(reader: Reader, page: Page) -> list[Sentence]:
    """The sentences of a page, parsed anew: nothing is remembered."""
    spacy_parser.KEPT = 0
    text, article = page
    return bounded(parse_article(article, text, reader.parser))
