"""The first pass over a pile: what the pages of each outlet have in common."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foreigndesk.intake.read import read
from foreigndesk.intake.source import STDIN
from foreigndesk.intake.template import Template, learn
from foreigndesk.settings import Settings


def template_of(paths: Sequence[str | Path], settings: Settings) -> Template:
    """The furniture of the outlets at `paths`, to be given to a `Cleaner`.

    Standard input can be read only once: it teaches nothing. So do outlets with fewer than
    `template.PAGES` pages in `paths`. Raises UsageError as `read` does.
    """
    return learn(read([path for path in paths if str(path) != STDIN], settings))
