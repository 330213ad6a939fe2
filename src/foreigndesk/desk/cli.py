"""The command `foreigndesk`: each command parses its input, calls a room, and shows the result.

Exit status: 0 done (what was skipped is counted and named), 1 nothing could be read, 2 wrong usage.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from typing import Any

import click

from foreigndesk.errors import ForeignDeskError

# Where each command lives; a module is imported when its command is called, so --help is quick.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("foreigndesk.desk.reading", "Read pages into a desk."),
    "recode": ("foreigndesk.desk.recoding", "Code a desk's articles again; show the difference."),
    "follow": ("foreigndesk.desk.following", "Keep a desk current from feeds."),
    "timeline": ("foreigndesk.desk.listings", "Events of a desk in order of time."),
    "claims": ("foreigndesk.desk.listings", "Who asserts, alleges, doubts or denies what."),
    "promises": ("foreigndesk.desk.listings", "What was announced, and what became of it."),
    "discrepancies": ("foreigndesk.desk.listings", "Reports that cannot both be right."),
    "dyads": ("foreigndesk.desk.listings", "Conflict and cooperation of pairs by month."),
    "network": ("foreigndesk.desk.listings", "Signed ties between states."),
    "blocs": ("foreigndesk.desk.listings", "Groups of states tied by cooperation."),
    "balance": ("foreigndesk.desk.listings", "Structural balance of the network."),
    "responses": ("foreigndesk.desk.listings", "What follows what within so many days."),
    "coverage": ("foreigndesk.desk.listings", "What outlets report of an event, and omit."),
    "sources": ("foreigndesk.desk.listings", "Outlets: articles, copies, what they alone report."),
    "show": ("foreigndesk.desk.showing", "An event, report, article or story with its evidence."),
    "serve": ("foreigndesk.desk.serving", "Open a desk in the browser."),
    "review": ("foreigndesk.desk.reviewing", "Judge reports and links, or take judgements."),
    "export": ("foreigndesk.desk.exporting", "Write a desk's records to a file."),
    "import": ("foreigndesk.desk.importing", "Take events of GDELT, ICEWS or POLECAT beside it."),
    "compare": ("foreigndesk.desk.comparing", "A desk beside another data set: who has what."),
    "desk": ("foreigndesk.desk.upkeep", "Keep a desk in order."),
    "code": ("foreigndesk.desk.texts", "Code single texts."),
    "clean": ("foreigndesk.desk.texts", "Find the article in pages, without a desk."),
    "evaluate": ("foreigndesk.desk.evaluating", "Accuracy on your own gold."),
    "sample": ("foreigndesk.desk.sampling", "Draw reports to be judged."),
    "codebook": ("foreigndesk.desk.codebook", "Check the codebook; say why a text was coded so."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name. Raises UsageError, with the nearest one, if there is none."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {cmd_name!r}.{hint}")
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  foreigndesk read pages/ --desk mydesk
  foreigndesk timeline --desk mydesk --actor RUS --since 2024-01-01
  foreigndesk claims --desk mydesk --stance denies
  foreigndesk show 3f2a --desk mydesk
""",
)
@click.version_option(package_name="foreigndesk")
def cli() -> None:
    """Foreign Desk reads piles of news articles and keeps a sourced record of the international
    system they describe: who did what to whom, when and where, who says so and who denies it."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command; errors made on purpose are printed in four lines, not as a trace."""
    try:
        cli.main(args=arguments, prog_name="foreigndesk", standalone_mode=False)
    except ForeignDeskError as error:
        _complain(error)
        sys.exit(error.exit_status)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"Stopped. {_kept()}", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _complain(_of_system(error))
        sys.exit(2)


def _kept() -> str:
    if sys.argv[1:2] in (["read"], ["follow"], ["import"]):
        return "What was read so far is kept; the same command completes it."
    if sys.argv[1:2] == ["recode"]:
        return "What was coded so far is kept; the same command completes it."
    return "Nothing of a desk was changed."


def _of_system(error: OSError) -> ForeignDeskError:
    """What the system refuses, in our words."""
    return ForeignDeskError(
        str(error.filename or "the system"),
        error.strerror or str(error),
        "a file or folder that can be read and written",
        "Change its permission, make room on the disk, or name another.",
    )


def _complain(error: ForeignDeskError) -> None:
    rows: list[tuple[str, Any]] = [
        ("Error in", error.where),
        ("found", error.found),
        ("expected", error.expected),
        ("do", error.do),
    ]
    for name, value in rows:
        click.echo(f"{name + ':':<10}{value}", err=True)


if __name__ == "__main__":
    main()
