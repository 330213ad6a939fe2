"""The pages that everybody opens, worked out before somebody does, when the ledger is new."""

from __future__ import annotations

import logging
import threading

from starlette.datastructures import QueryParams

from foreigndesk.desk.web.answers import Page, Renderer
from foreigndesk.desk.web.asked import Asked
from foreigndesk.errors import ForeignDeskError

LOOK = 2.0
"""Seconds between two looks whether the ledger is another."""


class Warmer:
    """Fills the memory of a renderer in the background."""

    def __init__(self, renderer: Renderer, pages: tuple[Page, ...]) -> None:
        self.renderer = renderer
        self.pages = [page for page in pages if page.menu]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="warm pages")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, at the next page."""
        self._ended.set()
        self._thread.join(timeout=10)

    def _watch(self) -> None:
        warm = ""
        while not self._ended.is_set():
            try:
                now = self.renderer.ledgers.current().generation
                if now != warm:
                    self._fill()
                    warm = now
            except (ForeignDeskError, OSError) as error:
                logging.getLogger(__name__).warning("The pages were not made ready: %s", error)
            self._ended.wait(LOOK)

    def _fill(self) -> None:
        for page in self.pages:
            if self._ended.is_set():
                return
            desk = self.renderer.ledgers.current()
            self.renderer.ready(
                page, Asked(desk, self.renderer.serving, page.path, QueryParams(), {})
            )
