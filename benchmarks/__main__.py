"""Measure what Foreign Desk costs in time and memory, and write one report.

    python -m benchmarks [PATH ...] [--quick] [--only NAME ...] [--least N] [--out build/bench]

Without PATHs two piles are composed, the same on every machine (see newsroom.py): unique clean
text, and web pages with their furniture of which three in ten are copies. Every measurement runs
in a fresh process. The report (report.json, report.md, charts) is written after each part; with
--only, parts measured before on the same machine stay in it, each with the program it is of.
"""

from __future__ import annotations

import argparse
import datetime
import os
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.asked import Asked, Found
from benchmarks.fresh import TaskFailedError
from benchmarks.machine import load, machine, program
from benchmarks.report import PARTS, Part, earlier, written

FULL = Asked(Path())
QUICK = replace(FULL, least=200, repeat=2, crowd=500, sizes=(1000, 10_000))


def main(words: list[str] | None = None) -> int:
    """Measure the parts that are asked for; 1 if one failed."""
    given = _parser().parse_args(words)
    missing = [path for path in given.paths if not os.path.exists(path)]
    if missing:
        print(f"no such file or folder: {', '.join(missing)}", file=sys.stderr)
        return 2
    report: Found = {"machine": machine()}
    report["parts"] = earlier(given.out, report["machine"], wanted=bool(given.only))
    parts = [part for part in PARTS if not given.only or part.name in given.only]
    with tempfile.TemporaryDirectory(prefix="foreigndesk-bench-") as folder:
        asked = _asked(given, Path(folder))
        failed = [part for part in parts if not _measured(part, asked, report, given.out)]
    if len(failed) < len(parts):
        print((given.out / "report.md").read_text(encoding="utf-8"), end="")
        print(f"\nThe report is in {given.out}.", file=sys.stderr)
    return 1 if failed else 0


def _measured(part: Part, asked: Asked, report: Found, out: Path) -> bool:
    """Measure a part and write the report with it; whether that went well."""
    before = load()
    asked.tell(f"{part.title} (load of the machine: {before})")
    done = {name: known["found"] for name, known in report["parts"].items()}
    try:
        found = part.found(asked, done)
    except TaskFailedError as error:
        asked.tell(f"{part.name}: {error}")
        return False
    day = str(datetime.date.today())
    told = {"found": found, "day": day, "load": before, "program": program()}
    report["parts"][part.name] = told
    written(out, report)
    return True


def _asked(given: argparse.Namespace, folder: Path) -> Asked:
    usual = QUICK if given.quick else FULL
    paths = tuple(os.path.abspath(path) for path in given.paths)
    return Asked(
        folder,
        paths,
        least=given.least or usual.least,
        repeat=given.repeat or usual.repeat,
        crowd=given.crowd or usual.crowd,
        sizes=tuple(sorted(given.sizes or usual.sizes)),
        price=given.price,
        profile=given.profile,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [part.name for part in PARTS]
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="your own files, in place of the composed piles")
    add("--quick", action="store_true", help="small piles: minutes, not hours")
    add("--only", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}")
    add("--out", type=Path, default=Path("build/bench"), help="folder of the report")
    add("--least", type=_positive, metavar="N", help="articles in the piles that are timed")
    add("--repeat", type=_positive, metavar="N", help="turns, of which the best counts")
    add("--crowd", type=_positive, metavar="N", help="articles read with more and more workers")
    add("--sizes", type=_positive, nargs="+", metavar="N", help="piles whose memory is measured")
    add("--price", type=float, default=0.04, metavar="USD", help="of an hour of a core")
    add("--profile", type=int, default=0, metavar="ROWS", help="profile of coding, so many rows")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1")
    return number


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # leave nothing behind
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
