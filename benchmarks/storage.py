"""A desk of millions of reports on disk: adding to it, merging its files, asking it.

    python benchmarks/storage.py 100000 [--keep DIR] [--small 5]

A synthetic world (world.py) of 20,000 reports, five to an article of some 2,000 characters, is read
into a desk and linked. Its Parquet files and the rows of its ledger are then copied, each copy with
ids of its own, until there are so many reports; nothing more is linked. The articles of `--small`
of these copies lie in batches of 64, each in files of its own, as `read` leaves them; of the
others each copy is a file of 4,000 articles and one of their reports.

Figures, each of a process of its own (seconds of wall and processor, peak memory in MB): `fill`,
`store` (the ledger sorted and written from its rows), `append` (what is known is looked up, 1,000
reports come), `vacuum`, `open` (the rows that stand for each document), `listings` in milliseconds,
`parquet` (a question that DuckDB asks of the desk's own files in place).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from world import World, listings

from foreigndesk.ledger.build import rebuild, refile
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.schema import ALL_TABLES
from foreigndesk.ledger.sink import Sink
from foreigndesk.ledger.vacuum import vacuum
from foreigndesk.model import Article, Document, Report, Segment, SegmentKind, Span, Story

SEED = 20_000
"""Reports that are linked; a desk of more holds copies of them."""
TOGETHER = 5
"""Reports in an article."""
BATCH = 64
"""Articles that `read` writes at a time."""
IDS = frozenset(
    {
        *("document_id", "story_id", "report_id", "event_id", "claim_id", "discrepancy_id"),
        *("promise_id", "first", "second", "kept_by", "fulfils", "founder", "joined", "lead"),
        "path",
    }
)
_ID = r'"(s?[0-9a-f]{16,32})(\.txt)?"'


def articles(world: World) -> Iterator[ArticleRecord]:
    """The reports of a world, some in each article, with words between them."""
    rows = world.records()
    chance = random.Random(3)
    words = [f"w{n:x}" for n in range(20_000)]
    while some := list(islice(rows, TOGETHER)):
        yield _together([r for row in some for r in row.reports], some[0], chance, words)


def _together(
    reports: list[Report], first: ArticleRecord, chance: random.Random, words: list[str]
) -> ArticleRecord:
    text, placed = "", []
    for report in reports:
        start = len(text)
        own = report.evidence.text
        document = first.reports[0].document
        evidence = Span(start, start + len(own), own)
        placed.append(replace(report, document=document, evidence=evidence))
        text += own + " " + " ".join(chance.choices(words, k=50)) + ".\n"
    segments = (Segment(0, len(text), True, SegmentKind.PARAGRAPH),)
    article = replace(first.article, text=text, segments=segments)
    document = Document(article.document_id, article.path, "text/plain", text)
    return ArticleRecord(document, article, tuple(placed))


def alone(found: Iterator[Article]) -> tuple[Story, ...]:
    """Every article a Story of its own."""
    return tuple(Story(f"s{a.document_id}", a.document_id, (a.document_id,), 1) for a in found)


def make(folder: Path, size: int, small: int) -> dict[str, object]:
    """The desk's files and, beside it, the rows of its ledger."""
    seed = Desk.create_or_open(folder / "seed")
    rows = articles(World(min(size, SEED)))
    while some := list(islice(rows, 2000)):
        seed.append(some)
    rebuild(seed, alone)  # type: ignore[arg-type] # any iterable is one that can be gone through
    desk = Desk.create_or_open(folder / "desk")
    copies = max(1, size // SEED)
    for copy in range(copies):
        _copy_files(seed, desk, copy)
        _copy_rows(seed, folder / "rows" / str(copy), copy)
    for copy in range(min(small, copies)):
        scatter(desk, copy)
    return {"reports": copies * min(size, SEED), "copies": copies, **sizes(desk)}


def _copy_files(seed: Desk, desk: Desk, copy: int) -> None:
    """One more copy of the seed's articles and reports, in one file each."""
    own = f"reports{copy:04x}.parquet"
    with duckdb.connect() as base:
        for name in ("reports", "articles"):
            target = desk.path / name / f"{name}{copy:04x}.parquet"
            found = f"read_parquet('{seed.path}/{name}/*.parquet')"
            columns = [f"{_renamed(c, copy)} AS {c}" for c in _columns(base, found)]
            columns = [
                f"if(random() < 2, '{own}', NULL) AS reports_file" if "AS reports_file" in c else c
                for c in columns
            ]
            sql = f"COPY (SELECT {', '.join(columns)} FROM {found}) TO '{target}'"
            base.execute(f"{sql} (COMPRESSION zstd, ROW_GROUP_SIZE 20000)")


def _copy_rows(seed: Desk, folder: Path, copy: int) -> None:
    """One more copy of the rows of the seed's ledger."""
    folder.mkdir(parents=True)
    with duckdb.connect(str(seed.ledger), read_only=True) as base:
        for table, schema in ALL_TABLES.items():
            columns = [f'{_renamed(c, copy)} AS "{c}"' for c in schema.names]
            sql = (
                f"SELECT {', '.join(columns)} FROM {table} WHERE {copy} = 0 OR '{table}' <> 'basis'"
            )
            base.execute(f"COPY ({sql}) TO '{folder}/{table}.parquet' (COMPRESSION zstd)")


def _columns(base: duckdb.DuckDBPyConnection, found: str) -> list[str]:
    return [row[0] for row in base.execute(f"DESCRIBE SELECT * FROM {found}").fetchall()]


def _renamed(column: str, copy: int) -> str:
    """A column with the ids of a copy."""
    before = f"{copy:04x}-"
    if column in IDS:
        return f"'{before}' || \"{column}\""
    if column in ("json", "report", "article"):
        return f"regexp_replace(\"{column}\", '{_ID}', '\"{before}\\1\\2\"', 'g')"
    if column == "file":
        return f"'articles{copy:04x}.parquet'"
    return f'"{column}"'


def scatter(desk: Desk, copy: int) -> None:
    """Take the files of a copy apart into batches, each in files of its own."""
    articles_file = desk.articles_folder / f"articles{copy:04x}.parquet"
    reports_file = desk.reports_folder / f"reports{copy:04x}.parquet"
    rows, reports = pq.read_table(articles_file), pq.read_table(reports_file)
    for start in range(0, rows.num_rows, BATCH):
        some = rows.slice(start, BATCH)
        name = f"small{copy:04x}{start:05x}.parquet"
        at = some.schema.get_field_index("reports_file")
        some = some.set_column(at, "reports_file", pa.array([name] * some.num_rows, pa.string()))
        ids = some["document_id"].combine_chunks()
        own = pc.is_in(reports["document_id"], value_set=ids)
        pq.write_table(reports.filter(own), desk.reports_folder / name, compression="zstd")
        pq.write_table(some, desk.articles_folder / name, compression="zstd")
    articles_file.unlink()
    reports_file.unlink()


def store(folder: Path) -> dict[str, object]:
    """Sort and write the ledger from its rows."""
    desk = Desk.open(folder / "desk")
    own = folder / "own"
    own.mkdir(exist_ok=True)
    with Sink(own) as sink:
        for rows in sorted((folder / "rows").iterdir()):
            sink.take(rows, {})
        sink.store(desk.ledger, None, {})
    shutil.rmtree(own)
    refile(desk)
    return {"ledger_MB": desk.ledger.stat().st_size // 1_000_000}


def append(folder: Path) -> dict[str, object]:
    """A thousand reports come to the desk."""
    desk = Desk.open(folder / "desk")
    coming = list(islice(articles(World(1000, seed=12)), 1000 // TOGETHER))
    begun = time.perf_counter()
    known = desk.known()
    looked = time.perf_counter()
    new = [r for r in coming if r.document.id not in known]
    for start in range(0, len(new), BATCH):
        desk.append(new[start : start + BATCH])
    return {
        "known_s": round(looked - begun, 2),
        "append_s": round(time.perf_counter() - looked, 2),
        "articles": len(new),
    }


def tidy(folder: Path) -> dict[str, object]:
    """Merge the desk's small files."""
    desk = Desk.open(folder / "desk")
    done = vacuum(desk)
    return {"files_before": done.before, "files_after": done.after}


def ask(folder: Path) -> dict[str, object]:
    """The listings of world.py."""
    return {"ms": listings(Desk.open(folder / "desk"))}


def parquet(folder: Path) -> dict[str, object]:
    """A question of the desk's own files, in place."""
    with duckdb.connect() as base:
        found = base.execute(
            "SELECT event_type, count(*), count(DISTINCT document_id)"
            f" FROM read_parquet('{folder}/desk/reports/*.parquet') GROUP BY 1 ORDER BY 2 DESC"
        ).fetchall()
    return {"rows": len(found), "reports": sum(row[1] for row in found)}


def opened(folder: Path) -> dict[str, object]:
    """Which row stands for each document."""
    return {"articles": len(Desk.open(folder / "desk").known())}


def sizes(desk: Desk) -> dict[str, int]:
    """Bytes and files of the desk's Parquet."""
    files = [f for d in (desk.articles_folder, desk.reports_folder) for f in d.iterdir()]
    return {"files": len(files), "parquet_MB": sum(f.stat().st_size for f in files) // 1_000_000}


STEPS: dict[str, Callable[[Path], dict[str, object]]] = {
    "store": store,
    "parquet": parquet,
    "append": append,
    "vacuum": tidy,
    "open": opened,
    "listings": ask,
}


def _timed(name: str, step: Callable[[], dict[str, object]]) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    found = step()
    own = {
        "step": name,
        "wall_s": round(time.perf_counter() - begun, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(own | found), flush=True)


def main() -> None:
    """Make the desk and take each figure in a process of its own."""
    parser = argparse.ArgumentParser(description="A desk of millions of reports on disk")
    parser.add_argument("reports", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", help="a folder in which the desk is left")
    parser.add_argument("--small", type=int, default=5, help="copies in small files")
    parser.add_argument("--step", help="this step only, on the desk in --keep")
    given = parser.parse_args()
    if given.step:
        folder = Path(given.keep)
        first = given.step == "fill"
        step = (lambda: make(folder, given.reports, given.small)) if first else None
        _timed(given.step, step or (lambda: STEPS[given.step](folder)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        keep = str(given.keep or scratch)
        for step_name in ("fill", *STEPS):
            options = ["--keep", keep, "--small", str(given.small), "--step", step_name]
            command = [sys.executable, __file__, str(given.reports), *options]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
