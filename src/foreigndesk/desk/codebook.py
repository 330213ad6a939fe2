"""`foreigndesk codebook init`, `lint` and `explain`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import codebook_option, json_option, published_option, settings_with

if TYPE_CHECKING:
    from foreigndesk.codebook.faults import Fault
    from foreigndesk.codebook.lint import Linter
    from foreigndesk.settings import Settings


@click.group("codebook", short_help="A codebook of your own; say why a text was coded so.")
def codebook_command() -> None:
    """The data files that hold what the coder knows, and your own over them."""


@codebook_command.command(
    "init",
    short_help="Lay out a codebook of your own.",
    epilog="""\b
Examples:
  foreigndesk codebook init mybook
""",
)
@click.argument("folder", metavar="DIR")
def init_command(folder: str) -> None:
    """Write the files of a codebook of your own into DIR, an empty folder or a new one.

    Each kind of entry has a file with an example, commented out: nothing changes until you take
    the comment signs away or write entries of your own.
    """
    from foreigndesk.codebook.skeleton import init

    for path in init(folder):
        click.echo(path)
    click.echo(f"Fill in what you need, then: foreigndesk codebook lint --codebook {folder}")


@codebook_command.command(
    "lint",
    short_help="Check data files: fields, ids, names, sentences.",
    epilog="""\b
Examples:
  foreigndesk codebook lint
  foreigndesk codebook lint --codebook mybook --examples
  foreigndesk codebook lint --codebook mybook --json
""",
)
@codebook_option
@click.option("--examples", is_flag=True, help="Also code the says: and not: sentences.")
@click.option("--all", "every", is_flag=True, help="With --examples: also those of the package.")
@json_option
def lint_command(codebook: str | None, examples: bool, every: bool, as_json: bool) -> None:
    """Check every data file: fields, ids, names, sentences; each fault with its file and line.

    With a codebook of your own, its entries alone are searched for faults of meaning, and its
    sentences alone are coded (--all: the package's too). Exit status 2 where something is wrong.
    """
    from foreigndesk.codebook.lint import Linter
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.errors import CodebookError

    settings = settings_with(codebook=codebook)
    book = open_codebook(settings.codebook)
    linter = Linter(book)
    counts, faults = linter.run()
    if examples:
        faults = [*faults, *_sentences(settings.codebook, linter)]
        if every or settings.codebook is None:
            faults += _of_package(settings, linter)
    told = [str(fault) for fault in faults]
    if as_json:
        _records(counts, faults)
    else:
        _counted(counts, linter, settings.codebook is not None)
        for line in told:
            click.echo(line, err=True)
    if told:
        raise CodebookError(
            "the codebook", f"{_count(len(told))}, named above", "none", "Mend these entries."
        )
    if not as_json:
        click.echo(f"{sum(counts.values()):,} entries, no fault. Version {book.version}.")


def _counted(counts: dict[str, int], linter: Linter, overlaid: bool) -> None:
    """The number of entries of each kind; of a codebook of one's own, the user's alone."""
    for kind, count in counts.items():
        own = {p.entry.id for p in linter.placed[kind] if p.own}
        if overlaid and own:
            instead = sum(not p.own and p.entry.id in own for p in linter.placed[kind])
            more = f", {instead:,} of them in the place of the package's" if instead else ""
            click.echo(f"{kind:<14}{len(own):>6} of yours{more}")
        elif not overlaid:
            click.echo(f"{kind:<14}{count:>6} entries")


def _count(faults: int) -> str:
    return "1 fault" if faults == 1 else f"{faults:,} faults"


def _sentences(codebook: str | None, linter: Linter) -> list[Fault]:
    from foreigndesk.desk.own_examples import checked

    return checked(settings_with(codebook=codebook), linter) if codebook else []


def _of_package(settings: Settings, linter: Linter) -> list[Fault]:
    """The package's sentences that are not coded as their entries say, at their places."""
    from foreigndesk.desk.examples import failing

    placed = {(k, p.entry.id): p for k, found in linter.placed.items() for p in found if not p.own}
    faults = []
    for line in failing(settings):
        kind, name, found = line.split(": ", 2)
        where = placed.get((kind, name))
        part = "not" if found.startswith("its not:") else "says"
        if where is not None:
            wrong = part, f"that {found}", "that its sentences hold", "Mend the entry, or yours."
            faults.append(linter.fault(kind, where, wrong))
    return faults


def _records(counts: dict[str, int], faults: list[Fault]) -> None:
    """Faults and the sum as JSON lines."""
    import msgspec

    rows: list[dict[str, Any]] = [{"fault": True, **asdict(fault)} for fault in faults]
    rows.append({"fault": False, "entries": counts, "faults": len(rows)})
    for row in rows:
        click.echo(msgspec.json.encode(row).decode())


@codebook_command.command(
    "explain",
    epilog="""\b
Examples:
  foreigndesk codebook explain "Iran denied that it sent drones to Russia."
  foreigndesk codebook explain "Pirates boarded a tanker." --codebook mybook
""",
)
@click.argument("text")
@published_option
@codebook_option
def explain_command(text: str, published: str | None, codebook: str | None) -> None:
    """Say why TEXT is coded as it is: its tree, what fired, what fell and why, status, speakers.

    Entries of your own codebook are marked with their file and line.
    """
    from foreigndesk.desk.explaining import explain
    from foreigndesk.pipeline import Reader

    for line in explain(Reader(settings_with(codebook=codebook)), text, published):
        click.echo(line)
