"""`foreigndesk sample`: reports of a desk to be judged, so that its precision can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import desk_option
from foreigndesk.desk.sample_rows import JUDGED, WRITERS, Row, links, told, write
from foreigndesk.errors import UsageError
from foreigndesk.model import EventType, Status

if TYPE_CHECKING:
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.measure.judged import Stratum
    from foreigndesk.model import Report

BY = ("event_type", "outlet", "status", "country", "actor", "confidence")
PAGES = 2000
"""Pages whose text is held while rows are written."""


@click.command(
    "sample",
    short_help="Draw reports to be judged.",
    epilog="""\b
Examples:
  foreigndesk sample --desk mydesk -n 200 -o judge.csv
  foreigndesk sample --desk mydesk -n 160 --by event_type --equal -o judge.csv
  foreigndesk sample --desk mydesk -n 100 --actor RUS --since 2024 --seed 7 -o judge.jsonl
  foreigndesk evaluate judge.csv --desk mydesk        # once it is filled in
""",
)
@desk_option
@click.option("-n", "n", type=click.IntRange(1), default=200, show_default=True, metavar="N",
              help="How many reports.")  # fmt: skip
@click.option("--by", type=click.Choice(BY), help="Draw from each of these parts of the pile.")
@click.option("--equal", is_flag=True,
              help="With --by: as many of each part, instead of by its size.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, metavar="N",
              help="Another seed draws other reports.")  # fmt: skip
@click.option("--no-copies", is_flag=True, help="Leave out articles that are copies of others.")
@click.option("--actor", metavar="WHO", help="Code, name or word of a name of who takes part.")
@click.option("--dyad", metavar="WHO-WHO", help="Two actors: PRK-RUS, or 'PRK>RUS'.")
@click.option("--event-type", type=click.Choice(list(EventType), case_sensitive=False),
              metavar="TYPE", help="PLOVER event type.")  # fmt: skip
@click.option("--status", type=click.Choice(list(Status), case_sensitive=False),
              metavar="STATUS", help="What the page commits to.")  # fmt: skip
@click.option("--since", metavar="DAY", help="From this day on.")
@click.option("--until", metavar="DAY", help="Up to this day.")
@click.option("--country", metavar="CODE", help="The place's country, alpha-3.")
@click.option("--outlet", metavar="NAME", help="As one outlet has it.")
@click.option("--text", metavar="WORDS", help="Words of the evidence.")
@click.option("-o", "--output", metavar="FILE", default="-", show_default="standard output",
              help="Where to; .jsonl gives JSON lines, anything else CSV.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(("csv", "jsonl")), help="Else by FILE.")
def sample_command(
    desk_path: str, n: int, by: str | None, equal: bool, seed: int, no_copies: bool, output: str,
    format_: str | None, **filters: Any,
) -> None:  # fmt: skip
    """Draw reports at random, each with its sentence and what was coded, to be judged by hand.

    Write right, wrong or unsure (y, n, ?) in the column verdict; where you like, what a wrong
    report should be in the columns should_be_..., then give the file to `foreigndesk evaluate`.
    The same seed draws the same reports, whatever order the pages were read in.
    """
    from foreigndesk.analysis.filters import Filters
    from foreigndesk.analysis.sampling import Pile
    from foreigndesk.ledger.desk import Desk

    if equal and by is None:
        raise UsageError("--equal", "no --by", "parts to draw from", "Add --by event_type.")
    if output != "-" and Path(output).exists():
        raise UsageError(
            output, "a file that is there already, and may be judged", "a new file",
            "Name another, or remove it.",
        )  # fmt: skip
    pile = Pile(Desk.open(desk_path), Filters(**filters), by, not no_copies)
    drawn = _Drawn.of(pile, n, equal, seed)
    kind = format_ or ("jsonl" if Path(output).suffix in (".jsonl", ".ndjson") else "csv")
    text = WRITERS[kind](drawn.rows())
    write(output, text, kind)
    _tell(drawn, output, desk_path)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A sample: the parts of the pile, and the reports with the part that each is from."""

    desk: Desk
    name: str
    strata: Mapping[str, Stratum]
    reports: list[tuple[str, Report]]

    @classmethod
    def of(cls, pile: Any, n: int, equal: bool, seed: int) -> _Drawn:
        """Draw. Raises UsageError where nothing fits the filters."""
        from foreigndesk.analysis.sampling import name_of
        from foreigndesk.measure.allocation import allocate, joined
        from foreigndesk.measure.judged import Stratum

        sizes = pile.sizes()
        if not sizes:
            raise UsageError(
                str(pile.desk.path), "no report that fits", "reports to draw from",
                "Leave out filters, or read more pages into it.",
            )  # fmt: skip
        quotas = allocate(sizes, n, equal)
        sizes = joined(sizes, n)
        strata = {key: Stratum(name_of(key), sizes[key], quotas[key]) for key in sorted(quotas)}
        told = f"{seed} {sorted(quotas.items())} {sorted(sizes.items())} {pile.filters} {pile.by}"
        name = hashlib.sha256(told.encode()).hexdigest()[:8]
        return cls(pile.desk, name, strata, list(pile.draw(quotas, seed)))

    def rows(self) -> Iterator[Row]:
        """A row for each report: to be read, to be filled in, and to lead back."""
        from foreigndesk.desk.evaluation_text import progressing

        page = lru_cache(maxsize=PAGES)(self.desk.document_text)
        for part, report in progressing(self.reports, "sentences"):
            stratum = self.strata[part]
            yield {
                **told(report, page(report.document.id or "")),
                **dict.fromkeys(JUDGED),
                **links(report),
                "sample": self.name,
                "stratum": stratum.name,
                "stratum_size": stratum.size,
                "stratum_drawn": stratum.drawn,
            }


def _tell(drawn: _Drawn, output: str, desk_path: str) -> None:
    size = sum(stratum.size for stratum in drawn.strata.values())
    parts = f" from {len(drawn.strata):,} parts" if len(drawn.strata) > 1 else ""
    click.echo(f"Drew {len(drawn.reports):,} of {size:,} reports{parts}.", err=True)
    name = "FILE" if output == "-" else output
    click.echo(
        "Fill in the column verdict (right, wrong, unsure), then: "
        f"foreigndesk evaluate {name} --desk {desk_path}",
        err=True,
    )
