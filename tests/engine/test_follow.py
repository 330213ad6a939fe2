"""Following feeds on a server that misbehaves: nothing lost, nothing twice, nothing inward."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import Server, running

from foreigndesk.engine import follow
from foreigndesk.engine.follow import Follower
from foreigndesk.errors import FetchError
from foreigndesk.intake.fetch import Fetcher, Manners
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.following import Following
from foreigndesk.settings import Settings

QUICK = Manners(delay=0, timeout=1, total=1.5, max_bytes=1_000_000, allow_private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    found = Fetcher(QUICK)
    yield found
    found.close()


def follower(path: Path, fetcher: Fetcher, now: list[float]) -> Follower:
    settings = Settings(jobs=1)
    return Follower(Desk.create_or_open(path), settings, fetcher, 60, now=lambda: now[0])


def failures(desk: Path) -> dict[str, str]:
    """The pages that failed, by the end of their address, with the reason."""
    with Following(desk / "follow.sqlite") as state:
        rows = state._base.execute("SELECT url, error FROM pages WHERE error IS NOT NULL")
        return {url.split("/")[3]: error for url, error in rows}


def test_pages_are_fetched_and_read_once(tmp_path: Path, server: Server, fetcher: Fetcher) -> None:
    now = [1000.0]
    one = follower(tmp_path / "desk", fetcher, now)
    feeds = (f"{server.base}/feed",)
    first = one.round(feeds)
    assert (first.articles, first.reports > 0) == (2, True)
    now[0] += 61
    assert one.round(feeds).articles == 0
    assert server.conditional["/feed"] == 1
    server.paths.append("page/3")
    now[0] += 61
    assert one.round(feeds).articles == 1
    assert [server.asked[f"/page/{n}"] for n in (1, 2, 3)] == [1, 1, 1]
    assert len(list((tmp_path / "desk" / "fetched").glob("*.warc.gz"))) == 5  # 2 looks, 3 pages
    assert {a.url for a in Desk.open(tmp_path / "desk").articles()} == {
        f"{server.base}/page/{n}" for n in (1, 2, 3)
    }


def test_a_feed_that_fails_is_tried_again_later_and_shown(
    tmp_path: Path, server: Server, fetcher: Fetcher
) -> None:
    now = [1000.0]
    server.feed_fails = True
    one = follower(tmp_path / "desk", fetcher, now)
    feeds = (f"{server.base}/feed",)
    one.round(feeds)
    assert server.asked["/feed"] == 1
    with Following(tmp_path / "desk" / "follow.sqlite") as state:
        (shown,) = state.states()
    assert (shown.failures, "503" in (shown.error or "")) == (1, True)
    one.round(feeds)
    assert server.asked["/feed"] == 1  # not due
    server.feed_fails = False
    now[0] += follow.FIRST_RETRY + 1
    assert one.round(feeds).articles == 2


def test_each_way_to_misbehave_has_its_reason(
    tmp_path: Path, server: Server, fetcher: Fetcher
) -> None:
    expected = {
        "loop": "redirects",
        "file": "no web address",
        "large": "bytes",
        "bomb": "bytes",
        "badzip": "broken connection",
        "slow": "for the whole page",
        "silent": "no answer in time",
        "cut": "broken connection",
        "noise": "broken connection",
        "gone": "404",
        "secret": "robots.txt",
        "pdf": "no HTML",
        "mislabelled": "no HTML",
        "empty": "no text",
    }
    server.paths = [f"{kind}/" for kind in expected] + ["page/1"]
    summary = follower(tmp_path / "desk", fetcher, [1000.0]).round((f"{server.base}/feed",))
    assert summary.articles == 1
    found = failures(tmp_path / "desk")
    assert {kind: expected[kind] in found.get(kind, "") for kind in expected} == dict.fromkeys(
        expected, True
    ), found
    assert server.asked["/secret/"] == 0


def test_a_page_is_given_up_after_some_tries(
    tmp_path: Path, server: Server, fetcher: Fetcher
) -> None:
    server.paths = ["gone/"]
    now = [0.0]
    one = follower(tmp_path / "desk", fetcher, now)
    for _ in range(follow.TRIES + 3):
        now[0] += follow.LAST_RETRY + 1
        one.round((f"{server.base}/feed",))
    assert server.asked["/gone/"] == follow.TRIES


def test_private_addresses_are_refused(server: Server) -> None:
    with pytest.raises(FetchError, match="private address"):
        Fetcher(Manners(delay=0)).get(f"{server.base}/page/1")
    assert server.asked["/page/1"] == 0


def test_a_redirect_inward_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "foreigndesk.intake.fetch.ipaddress.ip_address",
        lambda text: type("A", (), {"is_global": text.startswith("127.")})(),
    )
    with pytest.raises(FetchError, match=r"private address \(169\.254"):
        Fetcher(Manners(delay=0)).get(f"{server.base}/inward/")


def test_a_name_that_leads_inward_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: inside)
    with pytest.raises(FetchError, match=r"private address \(10\.0\.0\.7\)"):
        Fetcher().get("http://news.example/page")


def test_a_host_is_not_hurried(server: Server) -> None:
    clock = [0.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    manners = Manners(delay=2, allow_private=True, total=100)
    fetcher = Fetcher(manners, clock=lambda: clock[0], sleep=sleep)
    fetcher.get(f"{server.base}/page/1")
    fetcher.get(f"{server.base}/page/2")
    assert slept == [2.0, 2.0]  # after robots.txt, and between the pages


def test_a_kill_between_fetching_and_reading_loses_nothing(
    tmp_path: Path, server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = follower(tmp_path / "desk", fetcher, [1000.0])
    feeds = (f"{server.base}/feed",)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(follow, "take_in", killed)
        with pytest.raises(KeyboardInterrupt):
            one.round(feeds)
    again = one.round(feeds)
    assert again.articles == 2
    assert server.asked["/page/1"] == 1
    assert one.round(feeds).articles == 0
