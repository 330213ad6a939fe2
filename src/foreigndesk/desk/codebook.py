"""`foreigndesk codebook lint` and `foreigndesk codebook explain`."""

from __future__ import annotations

import click

from foreigndesk.desk.options import codebook_option, published_option, settings_with


@click.group("codebook", short_help="Check the codebook; say why a text was coded so.")
def codebook_command() -> None:
    """The data files that hold what the coder knows."""


@codebook_command.command(
    "lint",
    epilog="""\b
Examples:
  foreigndesk codebook lint
  foreigndesk codebook lint --codebook myfiles/ --examples
""",
)
@codebook_option
@click.option("--examples", is_flag=True, help="Also code every says: and not: sentence.")
def lint_command(codebook: str | None, examples: bool) -> None:
    """Check every data file: fields, ids, sentences. Exit status 2 where something is wrong."""
    from foreigndesk.codebook.lint import lint
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.errors import CodebookError

    book = open_codebook(codebook)
    counts, faults = lint(book)
    for kind, count in counts.items():
        click.echo(f"{kind:<14}{count:>6} entries")
    if examples:
        from foreigndesk.desk.examples import failing

        faults += failing(settings_with(codebook=codebook))
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise CodebookError(
            "the codebook", f"{len(faults)} faults, named above", "none", "Mend these entries."
        )
    click.echo(f"{sum(counts.values())} entries, no fault. Version {book.version}.")


@codebook_command.command(
    "explain",
    epilog="""\b
Examples:
  foreigndesk codebook explain "Iran denied that it sent drones to Russia."
""",
)
@click.argument("text")
@published_option
@codebook_option
def explain_command(text: str, published: str | None, codebook: str | None) -> None:
    """Say why TEXT is coded as it is: its tree, what fired, what fell and why, status, speakers."""
    from foreigndesk.desk.explaining import explain
    from foreigndesk.pipeline import Reader

    for line in explain(Reader(settings_with(codebook=codebook)), text, published):
        click.echo(line)
