"""The shards of a large desk, made in two processes: each writes its rows into a folder of its own.

The ledger is sorted from the rows of all folders, so its bytes do not depend on who made them. A
process that dies (for want of memory, say) leaves its shard to this one.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.children import end_with_parent, without_main
from foreigndesk.ledger import store
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.last import Last
from foreigndesk.ledger.sharding import Making, make
from foreigndesk.ledger.shards import Shard
from foreigndesk.ledger.sink import Sink
from foreigndesk.ledger.sweeping import rarely_swept
from foreigndesk.model import Judgement

PROCESSES = 2
"""Shards that are made at a time: more would take the memory of more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to be made; `folder` is for its rows, `stories` holds the Story of each document."""

    shard: Shard
    desk: Path
    folder: Path
    stories: Path
    last: Last
    judgements: Sequence[Judgement]
    same_judgements: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a shard has for the ledger besides its rows: what is taken over from the last one."""

    copied: dict[str, list[str]]
    kept: list[str]
    scored: int


def possible(shards: Sequence[Shard]) -> bool:
    """Whether there are several shards, and processes to be had for them."""
    alone = multiprocessing.current_process().daemon or (os.cpu_count() or 1) < PROCESSES
    return len(shards) > 1 and not alone


def make_apart(shards: Sequence[Shard], making: Making, folder: Path) -> None:
    """Make the shards in processes, the first of them first, and take up what they made.

    `folder` is for their rows; it must stay until the ledger is stored. The Stories leave this
    process's memory meanwhile.
    """
    stories = folder / "story_of.parquet"
    store.write_parquet(stories, _table(making))
    making.story_of = {}
    pa.default_memory_pool().release_unused()
    jobs = [_job(shard, making, folder, stories) for shard in shards]
    left = _in_processes(jobs, making)
    if left:
        making.story_of = _stories(stories, None)
    for shard in left:
        make(shard, making)


def _job(shard: Shard, making: Making, folder: Path, stories: Path) -> Job:
    own = folder / "-".join(shard.types)
    path, judged = making.desk.path, making.judgements
    return Job(shard, path, own, stories, making.last, judged, making.same_judgements)


def _table(making: Making) -> pa.Table:
    columns = (list(making.story_of.keys()), list(making.story_of.values()))
    return pa.table([pa.array(c, pa.string()) for c in columns], ["document_id", "story_id"])


def _in_processes(jobs: Sequence[Job], making: Making) -> list[Shard]:
    """Make the shards and take them up; those that a process died on are left."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, context, initializer=end_with_parent)
    try:
        with without_main():
            under_way = [(job, pool.submit(_make, job)) for job in jobs]
        left = [job.shard for job, future in under_way if not _taken(job, future, making)]
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(p for p in multiprocessing.active_children() if p not in others)
        raise
    return left


def _taken(job: Job, future: Future[Made], making: Making) -> bool:
    try:
        made = future.result()
    except BrokenProcessPool:
        return False
    making.sink.take(job.folder, made.copied)
    making.kept += made.kept
    making.scored += made.scored
    return True


def _end(processes: Iterator[BaseProcess]) -> None:
    for process in processes:
        process.terminate()


def _make(job: Job) -> Made:
    """In a process: write the rows of a shard."""
    job.folder.mkdir()
    desk = Desk(job.desk)
    with rarely_swept(), Sink(job.folder) as sink:
        making = Making(desk, {}, sink, job.last, job.judgements, job.same_judgements)
        every = job.shard if not making.decisions.changes else None
        making.story_of = _stories(job.stories, None if every is None else _documents(desk, every))
        make(job.shard, making)
        sink.finish()
        return Made(sink.copied, making.kept, making.scored)


def _documents(desk: Desk, shard: Shard) -> pa.Array:
    """The documents that have reports of the shard's types."""
    types = pa.array([*shard.types, *shard.heard], pa.string())
    found = [
        index.filter(pc.is_in(index["event_type"], value_set=types))["document_id"]
        for index in desk.report_indexes()
    ]
    chunks = [chunk for column in found for chunk in column.chunks]
    return pc.unique(pa.chunked_array(chunks, pa.string()))


def _stories(file: Path, documents: pa.Array | None) -> dict[str, str]:
    """The Story of each of the documents; None: of all."""
    table = store.read_parquet(file)
    if documents is not None:
        table = table.filter(pc.is_in(table["document_id"], value_set=documents))
    return dict(zip(table["document_id"].to_pylist(), table["story_id"].to_pylist(), strict=True))
