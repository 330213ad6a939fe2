"""Keep a desk current from feeds: what is due is fetched, kept as received, and read.

All that must survive a stop stands in the desk's `follow.sqlite` and `fetched/`: an answer is
written whole before it is noted, a page is noted as read after the desk has it. A run that is
killed between the two does the step again, and the desk knows a page by its content.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from foreigndesk.engine.run import Summary, finish, take_in
from foreigndesk.errors import FetchError, UnreadableError, UsageError
from foreigndesk.intake.days import edtf
from foreigndesk.intake.feeds import Entry, parse_feed
from foreigndesk.intake.fetch import Fetched, Fetcher
from foreigndesk.intake.kept import keep
from foreigndesk.intake.read import read
from foreigndesk.intake.template import Template, learn
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.following import Due, Following
from foreigndesk.ledger.remote import RemoteDesk
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

FIRST_RETRY = 300.0
"""Seconds until what failed is tried again; twice as long after each further failure."""
LAST_RETRY = 86_400.0
TRIES = 6
"""Times a page is tried before it is given up; a feed never is."""
MOST = 500
"""Pages of one feed that are taken up in one round, the newest ones."""

SAMPLE = 24
"""Pages of one feed that show what its pages have in common."""

Told = Callable[[str], None]


@dataclass
class Follower:
    """Follows the feeds of one desk. `every` is the time between two looks at a feed, seconds."""

    desk: Desk
    settings: Settings
    fetcher: Fetcher
    every: float
    now: Callable[[], float] = time.time
    told: Told = lambda line: None

    def __post_init__(self) -> None:
        """Raises UsageError for a desk at an address: what is followed must stand on a disk."""
        if isinstance(self.desk, RemoteDesk):
            raise UsageError(
                self.desk.place,
                "a desk at an address",
                "a folder on this machine, in which what was fetched is kept",
                "Follow into a folder's desk, and read its `fetched` into the other.",
            )

    def round(self, feeds: tuple[str, ...]) -> Summary:
        """Look at each feed that is due, fetch its new pages, read them; what fails is noted."""
        with Following(self.desk.path / "follow.sqlite") as state:
            state.follow(feeds)
            for feed in state.feeds_due(self.now()):
                self._look(state, feed)
            for page in state.pages_due(self.now()):
                self._fetch(state, page)
            pending = state.fetched()
            documents = self._documents(state, pending)
            template = self._template(state)
            summary = take_in(self.desk, documents, self.settings, template=template)
            if summary.articles:
                finish(self.desk, self.settings)
            state.read([page.url for page in pending])
            return summary

    def next_due(self) -> float:
        """Seconds until something is due."""
        with Following(self.desk.path / "follow.sqlite") as state:
            return max(0.0, state.next_due() - self.now())

    def _look(self, state: Following, feed: Due) -> None:
        """One look at a feed: its new pages become due."""
        try:
            answer = self.fetcher.get(feed.url, feed.etag, feed.modified)
            if answer.status == 304:
                state.unchanged(feed.url, self.now() + self.every)
                return
            parsed = parse_feed(answer.body, feed.url, answer.url)
            if not parsed.entries and b"<item" not in answer.body and parsed.title is None:
                raise UnreadableError(feed.url, "no feed", "RSS or Atom", "Correct the address.")
        except (FetchError, UnreadableError) as error:
            self._failed(state.feed_failed, feed, error)
            return
        self._keep(answer)
        new = state.seen(feed.url, _pages(parsed.entries), self.now())
        headers = answer.header("etag"), answer.header("last-modified")
        state.looked(feed.url, parsed.title, headers, self.now() + self.every)
        self.told(f"{feed.url}: {new:,} new pages")

    def _fetch(self, state: Following, page: Due) -> None:
        try:
            answer = self.fetcher.get(page.url)
        except FetchError as error:
            self._failed(state.page_failed, page, error)
            return
        state.page_fetched(page.url, self._keep(answer))
        self.told(f"{page.url}: {len(answer.body):,} bytes")

    def _keep(self, answer: Fetched) -> str:
        return keep(answer, self.desk.path / "fetched")

    def _failed(
        self,
        note: Callable[[str, str, float | None], None],
        due: Due,
        error: FetchError | UnreadableError,
    ) -> None:
        """Note a failure and when to try again: later each time; a page not for ever."""
        wait = min(FIRST_RETRY * 2**due.failures, LAST_RETRY)
        given_up = due.is_page and due.failures + 1 >= TRIES
        note(due.url, error.found, None if given_up else self.now() + wait)
        self.told(f"{due.url}: {error.found}")

    def _template(self, state: Following) -> Template:
        """What the pages kept last of the feeds that have something to read have in common."""
        folder = self.desk.path / "fetched"
        return learn(read([folder / file for file in state.samples(SAMPLE)], self.settings))

    def _documents(self, state: Following, pages: list[Due]) -> Iterator[Document | Skipped]:
        """The kept pages as Documents, with the feed's date where the page is given none."""
        for page in pages:
            found = list(read([self.desk.path / "fetched" / (page.file or "")], self.settings))
            for item in found:
                if isinstance(item, Document):
                    date = item.published or edtf(page.published or "")
                    yield replace(item, path=page.url, published=date)
                else:
                    state.page_failed(page.url, item.reason, None)
                    yield Skipped(page.url, item.stage, item.reason)
            if not found:
                state.page_failed(page.url, "no HTML page", None)
                yield Skipped(page.url, "read", "no HTML page")


def _pages(entries: tuple[Entry, ...]) -> list[tuple[str, str | None]]:
    """The pages that entries name, with the date the feed gives, each once."""
    found = {entry.url: entry.published for entry in entries if entry.url}
    return list(found.items())[:MOST]
