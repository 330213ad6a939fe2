"""`foreigndesk evaluate`: accuracy on the user's own gold."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import (
    codebook_option,
    parser_option,
    rules_option,
    settings_with,
)
from foreigndesk.errors import UsageError

if TYPE_CHECKING:
    from foreigndesk.measure.accuracy import Accuracy
    from foreigndesk.measure.columns import Row
    from foreigndesk.measure.intervals import Bootstrap
    from foreigndesk.settings import Settings

TASKS = ("events", "pair", "attribution")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for."""

    golds: tuple[str, ...]
    desk: str | None
    found: str | None
    task: str
    map: str | None
    types: str | None
    happened: bool
    lenient: bool
    judgements: str | None
    settings: Settings
    bootstrap: Bootstrap


@click.command(
    "evaluate",
    short_help="Accuracy on your own gold.",
    epilog="""\b
Examples:
  foreigndesk evaluate gold.csv
  foreigndesk evaluate gold.csv --map text=sentence,event_type=label --html accuracy.html
  foreigndesk evaluate plover.jsonl --happened --json
  foreigndesk evaluate gold.jsonl --found coded.jsonl
  foreigndesk evaluate --desk mydesk                  # what was judged in `review`
  foreigndesk evaluate judged.csv --desk mydesk       # a sample that was judged
""",
)
@click.argument("golds", nargs=-1, metavar="[GOLD]...")
@click.option("--desk", "desk_path", metavar="DIR",
              help="The desk whose judgements, or whose judged sample, it is (without GOLD, "
              "FOREIGNDESK_DESK may name it).")  # fmt: skip
@click.option("--found", metavar="OUT.jsonl",
              help="Compare this output of `code`, instead of coding the texts now.")  # fmt: skip
@click.option("--task", type=click.Choice(TASKS), default="events", show_default=True,
              help="What is compared.")  # fmt: skip
@click.option("--map", "map_", metavar="OURS=THEIRS,...",
              help="What the gold calls our columns: --map event_type=gold.root")  # fmt: skip
@click.option("--types", metavar="LABEL=TYPE|TYPE,...",
              help="What the gold calls event types: --types 'YIELD=RETREAT|CONCEDE'")  # fmt: skip
@click.option("--happened", is_flag=True,
              help="Count only what occurred or is ongoing, on both sides.")  # fmt: skip
@click.option("--lenient", is_flag=True, help="Leave out records with faults, with a note.")
@codebook_option
@parser_option
@rules_option
@click.option("--resamples", type=click.IntRange(100, 100_000), default=1000, show_default=True,
              metavar="N", help="Bootstrap resamples of the texts.")  # fmt: skip
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True,
              metavar="P", help="The level of the intervals.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True,
              metavar="N", help="Of the resamples.")  # fmt: skip
@click.option("--worst", type=click.IntRange(0), default=10, show_default=True, metavar="N",
              help="Show so many wrong and so many missed events.")  # fmt: skip
@click.option("--judgements", metavar="FILE",
              help="Write a judged sample's verdicts for `review --from FILE`, too.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with all cases.")
@click.option("--html", metavar="FILE", help="Write a page with charts, too; - to the screen.")
def evaluate_command(
    golds: tuple[str, ...], desk_path: str | None, map_: str | None, worst: int, as_json: bool,
    html: str | None, **given: Any,
) -> None:  # fmt: skip
    """Compare what is coded with GOLD: precision, recall and F1 with intervals, by type, mode,
    status, actor and quad class, what is confused with what, and the worst cases.

    GOLD is PLOVER JSON, or CSV, TSV or JSON lines with the columns text, event_type and, where
    judged, actor, recipient, mode, status, date, place, speaker, stance: one event a row, an empty
    event type for a text without events. Its texts are coded with the present codebook. Or it is
    a filled-in file of `foreigndesk sample`. Without GOLD: what was judged in `review` of the desk.
    """
    from foreigndesk.desk.evaluation_text import print_accuracy

    asked = _asked(golds, desk_path, map_, given)
    _check_folder(html)
    found = _evaluated(asked)
    if html is not None:
        from foreigndesk.desk.evaluation_page import page
        from foreigndesk.desk.texts import open_output

        with open_output(html) as out:
            out.write(page(found, worst).encode())
        if html == "-":
            return
    print_accuracy(found, as_json, worst)


def _check_folder(file: str | None) -> None:
    """Raise UsageError where a file cannot be written, before the long work."""
    folder = Path(file).parent if file is not None and file != "-" else None
    if folder is not None and not folder.is_dir():
        raise UsageError(str(file), "no such folder", "a file in a folder", f"Make {folder} first.")


def _asked(
    golds: tuple[str, ...], desk_path: str | None, map_: str | None, given: dict[str, Any]
) -> Asked:
    from foreigndesk.measure.intervals import Bootstrap

    desk_path = desk_path or (None if golds else os.environ.get("FOREIGNDESK_DESK"))
    if not golds and desk_path is None:
        raise UsageError(
            "foreigndesk evaluate", "no gold", "files of gold, or --desk DIR with judgements",
            "See `foreigndesk evaluate --help`.",
        )  # fmt: skip
    bootstrap = Bootstrap(given.pop("resamples"), given.pop("level"), given.pop("seed"))
    settings = settings_with(
        **{name: given.pop(name) for name in ("codebook", "parser", "learned")}
    )
    return Asked(golds, desk_path, map=map_, settings=settings, bootstrap=bootstrap, **given)


def _evaluated(asked: Asked) -> Accuracy:
    from foreigndesk.desk.gold_files import rows
    from foreigndesk.measure.judged import is_judged

    if not asked.golds:
        from foreigndesk.desk.judging import of_review

        return of_review(str(asked.desk), asked.settings, asked.bootstrap)
    records = rows(asked.golds, asked.settings)
    if is_judged(records[0]):
        from foreigndesk.desk.judging import of_sample, sample_of, write_judgements

        sample = sample_of(records, asked.desk)
        if asked.judgements is not None:
            write_judgements(sample, asked.judgements, asked.settings)
        return of_sample(sample, asked.settings, asked.bootstrap)
    if asked.judgements is not None:
        raise UsageError(
            "--judgements", "gold", "a filled-in file of `foreigndesk sample`", "Leave it out."
        )
    if asked.desk is not None:
        raise UsageError(
            records[0].where, "no columns report_id and verdict",
            "with --desk, a filled-in file of `foreigndesk sample`",
            "Leave --desk out to compare with gold.",
        )  # fmt: skip
    return _of_gold(asked, records)


def _of_gold(asked: Asked, records: list[Row]) -> Accuracy:
    """Gold coded, matched and measured, by the task."""
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.desk.gold_files import known
    from foreigndesk.measure import accuracy, attributed
    from foreigndesk.measure.columns import columns
    from foreigndesk.measure.labels import labels
    from foreigndesk.measure.pairs import read_pairs
    from foreigndesk.measure.reading import read_gold

    own = labels(asked.types)
    knows = known(open_codebook(asked.settings.codebook), own)
    names = columns(asked.map)
    if asked.task == "pair":
        marked, notes = read_pairs(records, names, knows, asked.lenient)
        coding = _coding(asked, [m.gold.id for m in marked], records)
        results = list(replace(coding, labels=own).pairs(marked))
    else:
        gold = read_gold(records, names, knows, asked.lenient)
        texts, notes = list(gold.texts.values()), gold.notes
        coding = _coding(asked, [text.id for text in texts], records)
        results = list(replace(coding, labels=own).events(texts, asked.happened))
    measure = attributed.accuracy if asked.task == "attribution" else accuracy.accuracy
    found = measure(results, knows.quads, asked.bootstrap)
    return replace(
        found, task=asked.task, notes=(*own.notes(), *notes, *coding.notes, *found.notes)
    )


def _coding(asked: Asked, ids: list[str], records: list[Row]) -> Any:
    from foreigndesk.desk.gold_coding import coding, taken
    from foreigndesk.desk.gold_files import rows

    if asked.found is not None:
        places = {row.where for row in records}
        own = not any(name in places for name in ids)
        return taken(asked.found, rows((asked.found,), asked.settings), ids, own)
    from foreigndesk.pipeline import Reader

    return coding(Reader(asked.settings))
