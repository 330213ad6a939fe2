"""The report of a run: report.json, report.md, and the charts where they can be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import cost, layers, memory, staged, starting, throughput, workers
from benchmarks.asked import Asked, Found

NO_CHARTS = "No charts: they need the extra `charts` (pip install 'foreigndesk[charts]')."


@dataclass(frozen=True)
class Part:
    """A part of the report: how it is measured (`after`: from what others found), told, drawn."""

    name: str
    title: str
    measure: Callable[..., Found]
    tell: Callable[[Found], list[str]]
    draw: Callable[[Found], Any] | None = None
    after: bool = False

    def found(self, asked: Asked, done: Found) -> Found:
        """What is measured."""
        return self.measure(asked, done) if self.after else self.measure(asked)


PARTS = (
    Part(
        "throughput", "`read` against spaCy alone",
        throughput.measure, throughput.tell, throughput.draw,
    ),
    Part("coding", "Parse and coding in one process", layers.measure, layers.tell),
    Part("stages", "Time by stage", staged.measure, staged.tell, staged.draw),
    Part("workers", "More workers", workers.measure, workers.tell, workers.draw),
    Part("memory", "Memory by size of the pile", memory.measure, memory.tell, memory.draw),
    Part("starting", "Starting", starting.measure, starting.tell),
    Part("cost", "A million articles", cost.measure, cost.tell, after=True),
)  # fmt: skip


def written(out: Path, report: Found) -> None:
    """Write report.json, report.md and the charts to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    lines = markdown(report, drawn(out, report))
    (out / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def earlier(out: Path, machine: Found, *, wanted: bool) -> Found:
    """The parts of the report that stands in a folder, if they are `wanted` and of this machine.

    Otherwise that report is kept beside, as report.before.json.
    """
    file = out / "report.json"
    try:
        found: Found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if wanted and found.get("machine") == machine:
        parts: Found = found["parts"]
        return parts
    file.replace(out / "report.before.json")
    return {}


def drawn(out: Path, report: Found) -> list[str]:
    """Draw what can be drawn; the names of the parts that have a chart, none without the extra."""
    if find_spec("vl_convert") is None:
        return []
    names = []
    for part in PARTS:
        if part.draw is not None and part.name in report["parts"]:
            part.draw(report["parts"][part.name]["found"]).save(str(out / f"{part.name}.svg"))
            names.append(part.name)
    return names


def markdown(report: Found, charts: list[str]) -> list[str]:
    """The report as text."""
    machine = report["machine"]
    packages = ", ".join(f"{name} {v}" for name, v in machine["packages"].items() if v)
    lines = [
        "# What Foreign Desk costs in time and memory",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; "
        f"{machine['system']}; Python {machine['python']}; {packages}. "
        "`python -m benchmarks` measured all of it.",
    ]
    for part in PARTS:
        told = report["parts"].get(part.name)
        if told is None:
            continue
        lines += ["", f"## {part.title}", "", *part.tell(told["found"])]
        if part.name in charts:
            lines += ["", f"![{part.title}]({part.name}.svg)"]
        if not part.after:
            of = f"program {told['program']}; load of the machine before: {told['load']}"
            lines += ["", f"Measured on {told['day']}; {of}."]
    if not charts and any(p.draw and p.name in report["parts"] for p in PARTS):
        lines += ["", NO_CHARTS]
    return lines
