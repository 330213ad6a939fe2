"""Tasks of `child.py` run in fresh processes, and what memory they and their children took."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOOK = 0.1
"""Seconds between two looks at a process's children."""
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


class TaskFailedError(RuntimeError):
    """A measured process failed; its own words stand above, on stderr."""


@dataclass
class Watched:
    """The peak of a child process in MB, and when it was first seen (seconds, monotonic)."""

    since: float
    peak: float = 0.0


@dataclass
class Run:
    """What a task gave, its own peak in MB (None where the system does not tell), its children."""

    found: dict[str, Any]
    peak: float | None
    children: list[Watched] = field(default_factory=list)


def run(task: str, **given: Any) -> Run:
    """Run a task of `child.py` in a process of its own. Raises TaskFailedError."""
    command = [sys.executable, "-m", "benchmarks.child", task, json.dumps(given)]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    )
    seen: dict[int, Watched] = {}
    own: list[float] = [0.0]
    looking = threading.Thread(target=_look, args=(process, own, seen), daemon=True)
    looking.start()
    try:
        out, _ = process.communicate()
    finally:
        process.terminate()  # a run that is broken off takes its child along
        looking.join()
    if process.returncode:
        raise TaskFailedError(f"the task {task} ended with code {process.returncode}")
    found = json.loads(out.strip().splitlines()[-1])
    return Run(found, found.pop("peak_mb", None) or own[0] or None, list(seen.values()))


def _look(process: subprocess.Popen[str], own: list[float], seen: dict[int, Watched]) -> None:
    """Note the peaks of a process and its children until it ends."""
    while process.poll() is None:
        own[0] = max(own[0], peak_of(process.pid) or 0.0)
        for child in _children(process.pid):
            watched = seen.setdefault(child, Watched(time.monotonic()))
            watched.peak = max(watched.peak, peak_of(child) or 0.0)
        time.sleep(LOOK)


def peak_of(pid: int | str) -> float | None:
    """The most memory that a process has had, in MB: its own, not what it inherited when forked.

    None where there is no /proc.
    """
    try:
        match = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    return int(match.group(1)) / 1024 if match else None


def own_peak() -> float | None:
    """The peak of this process, in MB."""
    found = peak_of("self")
    if found is None and sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return found


def cpu_of_children() -> float:
    """Seconds of the processor that the ended children of this process took; 0 on Windows."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (thread / "children").read_text().split())
    except (OSError, ValueError):  # it has ended, or there is no /proc
        pass
    return found
