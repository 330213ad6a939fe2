"""The command `python -m evaluation`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evaluation import cases, floors, show, whenwhere
from evaluation.run import CODERS, Outcome, run


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description="Score Foreign Desk on its own gold. Run it from the repository root.",
        epilog="example: python -m evaluation --diff",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="write per-case results")
    parser.add_argument("--diff", action="store_true", help="print only what changed by case")
    parser.add_argument(
        "--update", action="store_true", help="rewrite the frozen cases and raise the floors"
    )
    parser.add_argument(
        "--lower",
        action="append",
        default=[],
        metavar="FIGURE",
        help="with --update: let this floor fall (may be repeated)",
    )
    options = parser.parse_args()
    if options.lower and not options.update:
        parser.error("--lower works only with --update")
    return options


def main() -> int:
    """Score, print, and write what the options ask for; 1 if a figure is under its floor."""
    options = _arguments()
    ours = run()
    if options.diff:
        print(cases.changes(ours.results) or "no case changed")
        return 0
    outcomes = {name: ours if name == "foreigndesk" else run(name) for name in CODERS}
    dated = whenwhere.cases()
    figures = ours.figures() | whenwhere.figures(dated)
    if options.json:
        tables = show.as_json(outcomes) | {"whenwhere": whenwhere.figures(dated)}
        print(json.dumps(tables, indent=2))
    else:
        print(show.as_text(outcomes), whenwhere.as_text(dated), sep="\n\n")
    if options.cases:
        cases.write(ours.results, options.cases)
    if options.update:
        _update(ours, figures, tuple(options.lower))
    low = floors.below(figures, floors.read())
    print("".join(f"{line}\n" for line in low), file=sys.stderr, end="")
    return 1 if low else 0


def _update(ours: Outcome, figures: dict[str, float], lower: tuple[str, ...]) -> None:
    try:
        floors.write(floors.raised(figures, floors.read(), lower))
    except ValueError as error:
        sys.exit(str(error))
    cases.write(ours.results)


if __name__ == "__main__":
    sys.exit(main())
