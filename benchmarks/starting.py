"""How long commands take from their start to their end."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks.asked import Asked, Found
from benchmarks.fresh import cpu_of_children
from benchmarks.tabled import table

TIMES = 5
SENTENCE = "Kenya urged Somalia on Friday to free the crew of a cargo ship seized last month."
COMMANDS: dict[str, tuple[list[str], float]] = {
    "foreigndesk --help": (["--help"], 0.4),
    'foreigndesk code --text "..."': (["code", "--text", SENTENCE], 2.5),
}
"""What is started, and the seconds that it may take."""
_MAIN = "from foreigndesk.desk.cli import main; main()"


def measure(asked: Asked) -> Found:
    """The median of five starts of each command, after one that fills the caches."""
    rows = []
    for name, (words, reach) in COMMANDS.items():
        _start(words)
        taken = [_start(words) for _ in range(TIMES)]
        wall, cpu = (statistics.median(column) for column in zip(*taken, strict=True))
        rows.append({"command": name, "median": wall, "cpu": cpu, "reach": reach})
        asked.tell(f"start of {name}: {rows[-1]['median']:.2f} s")
    return {"rows": rows}


def _start(words: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of a command."""
    began, cpu = time.perf_counter(), cpu_of_children()
    subprocess.run([sys.executable, "-c", _MAIN, *words], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began, cpu_of_children() - cpu


def tell(found: Found) -> list[str]:
    """The table."""
    rows = [
        [f"`{r['command']}`", f"{r['median']:.2f}", f"{r['cpu']:.2f}", f"{r['reach']}"]
        for r in found["rows"]
    ]
    return [
        f"Seconds from start to end, median of {TIMES}, the codebook cached.",
        "",
        *table(["command", "wall s", "cpu s", "goal, wall under"], rows),
    ]
