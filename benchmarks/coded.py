"""Parse and coding in one process, as a worker does them, without cleaning and keeping."""

from __future__ import annotations

import cProfile
import importlib
import io
import pstats
import time
from typing import Any

from benchmarks.child import PARSER, warm
from benchmarks.piles import articles
from benchmarks.stopwatch import Stopwatch
from benchmarks.watched import LEARNED, PARSE, RULES, watch_coders
from foreigndesk.engine.batches import portions
from foreigndesk.engine.workers import AHEAD
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Article, Document
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

Page = tuple[Document, Article]


def measure(paths: list[str], repeat: int, learned: int, profile: int) -> dict[str, Any]:
    """Sentences, reports, and seconds of the processor by layer, of the best of `repeat` turns.

    `whole` is that of a turn in which nothing was watched. `profile`: rows of a last turn's
    profile, by the time spent in each function itself.
    """
    pages = list(articles(paths))
    reader = Reader(Settings(learned=learned))
    warm(reader)
    turns = [_turn(reader, pages) for _ in range(repeat)]
    text = _profiled(reader, pages, profile) if profile else None
    layers: list[dict[str, float]] = []
    watch = Stopwatch()
    watch_coders(watch)
    for _ in range(repeat):
        watch.spent.clear()
        with watch:
            _turn(reader, pages)
        layers.append(dict(watch.spent))
    best = min(layers, key=lambda spent: sum(spent.values()))
    return {
        "articles": len(pages),
        "sentences": _sentences(pages),
        "reports": turns[0][1],
        "whole": min(taken for taken, _ in turns),
        "parse": best.get(PARSE, 0.0),
        "rules": sum(best.get(layer, 0.0) for layer in RULES),
        "learned": best.get(LEARNED, 0.0),
        "layers": best,
        "profile": text,
    }


def _turn(reader: Reader, pages: list[Page]) -> tuple[float, int]:
    """Seconds of the processor to parse and code all pages, none remembered; their Reports."""
    _forget(reader)
    reports = 0
    began = time.process_time()
    for portion in portions(pages, lambda page: len(page[1].text), AHEAD, len(pages)):
        reader.ahead((document.text, article) for document, article in portion)
        for document, article in portion:
            record = reader.coded(document, article)
            reports += len(record.reports) if isinstance(record, ArticleRecord) else 0
    return time.process_time() - began, reports


def _forget(reader: Reader) -> None:
    """A parser that remembers nothing, with the models of the old one."""
    fresh = SpacyParser(reader.parser.name, reader.parser.batch)
    fresh.__dict__["pipeline"] = reader.parser.pipeline
    reader.__dict__["parser"] = fresh


def _sentences(pages: list[Page]) -> int:
    """The sentences of the articles by plain spaCy's count, whatever the reader passes over."""
    nlp = importlib.import_module(PARSER).load()
    with nlp.select_pipes(enable=["tok2vec", "parser"]):
        return sum(sum(1 for _ in d.sents) for d in nlp.pipe(a.text for _, a in pages))


def _profiled(reader: Reader, pages: list[Page], rows: int) -> str:
    profile = cProfile.Profile()
    profile.enable()
    _turn(reader, pages)
    profile.disable()
    out = io.StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats("tottime").print_stats(rows)
    return out.getvalue()
