"""How quick the pages of a desk are: python benchmarks/serve.py DESK [--readers 50] [--seconds 30]

Serves DESK read-only on this machine and lets readers ask for pages at once, each its own filters,
so that few answers come from memory. With --read PAGES a `foreigndesk read` of PAGES into a desk of
its own runs beside, so that both want the processors. Prints milliseconds by page: the median and
the 95th hundredth, first of one reader alone, then of all.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx

MOST = 120.0
"""Seconds after which the load ends whatever is asked for."""
WAIT = 30.0


def addresses(base: str) -> dict[str, list[str]]:
    """Addresses of every page, by page."""
    with httpx.Client(base_url=base, timeout=60) as ask:
        facets = ask.get("/events.json").json()["facets"]
        pairs = ask.get("/dyads.json").json()["pairs"][:20]
        events = ask.get("/events.json?size=100&sort=stories").json()["events"]
        articles = ask.get("/articles.json?size=100").json()["articles"]
    actors = [row["value"] for row in facets["actor"]]
    kinds = [row["value"] for row in facets["event_type"]]
    years = [row["value"] for row in facets["year"]]
    periods = [f"?since={year}-{month:02}" for year in years for month in range(1, 13)]
    return {
        "overview": ["/overview"],
        "events": [f"/events?actor={a}&event_type={k}" for a in actors for k in kinds],
        "event": [f"/event/{row['event_id']}" for row in events],
        "article": [f"/article/{row['document_id']}" for row in articles],
        "actor": [f"/actor/{a}" for a in actors],
        "dyad": [f"/dyad/{p['one']}/{p['other']}{s}" for p in pairs for s in periods[:40]],
        "network": [f"/network{s}" for s in periods],
        "map": [f"/map{s}" for s in periods],
        "claims": [f"/claims?speaker={a}&page={n}" for a in actors for n in range(1, 5)],
        "promises": [f"/promises?actor={a}" for a in actors],
        "discrepancies": [f"/discrepancies?actor={a}" for a in actors],
        "sources": ["/sources"],
        "review": ["/review?what=reports", "/review?what=links"],
        "search": [f"/search?q={w}+{k}" for w in ("putin", "iran", "kim", "talks") for k in kinds],
        "chart": [f"/chart/timeline.csv?actor={a}&event_type={k}" for a in actors for k in kinds],
    }


async def load(base: str, pages: dict[str, list[str]], readers: int, seconds: float) -> None:
    """Let the readers read, and print how long they waited."""
    took: dict[str, list[float]] = defaultdict(list)
    wrong: dict[str, int] = defaultdict(int)
    end = time.monotonic() + min(seconds, MOST)

    async def reader(number: int) -> None:
        dice = random.Random(number)
        async with httpx.AsyncClient(base_url=base, timeout=WAIT) as ask:
            while time.monotonic() < end:
                page = dice.choice(sorted(pages))
                begun = time.monotonic()
                answer = await ask.get(dice.choice(pages[page]))
                took[page].append((time.monotonic() - begun) * 1000)
                wrong[page] += answer.status_code >= 400
                if readers > 1:
                    await asyncio.sleep(dice.uniform(0.5, 2.0))

    await asyncio.gather(*(reader(number) for number in range(readers)))
    print(f"\n{readers} readers, {sum(map(len, took.values())):,} pages")
    for page, values in sorted(took.items()):
        ordered = sorted(values)
        late = ordered[int(len(ordered) * 0.95)]
        bad = f"  {wrong[page]} FAILED" if wrong[page] else ""
        print(f"{page:<15}{statistics.median(ordered):>9.0f}{late:>9.0f}   {len(ordered):,}{bad}")
    every = [value for values in took.values() for value in values]
    print(f"{'all':<15}{statistics.median(every):>9.0f}")


def main() -> None:
    """Serve, load, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("desk")
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--read", metavar="PAGES")
    given = options.parse_args()
    command = [sys.executable, "-m", "foreigndesk.desk.cli"]
    serve = [*command, "serve", "--desk", given.desk, "--read-only", "--port", "0"]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        base = server.stdout.readline().split()[1].rstrip("/")
        beside = None
        try:
            pages = addresses(base)
            counts = httpx.get(f"{base}/overview.json", timeout=60).json()["counts"]
            print(json.dumps(counts))
            while not httpx.get(f"{base}/search.json?q=iran", timeout=60).json()["indexed"]:
                time.sleep(1)
            asyncio.run(load(base, pages, 1, given.seconds / 2))
            if given.read:
                desk = str(Path(folder) / "desk")
                beside = subprocess.Popen([*command, "read", given.read, "--desk", desk])
            asyncio.run(load(base, pages, given.readers, given.seconds))
        finally:
            for process in (server, beside):
                if process is not None:
                    process.terminate()
                    process.wait(timeout=20)


if __name__ == "__main__":
    main()
