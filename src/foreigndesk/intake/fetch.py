"""Fetching over HTTP with manners and bounds: robots.txt, a rate per host, time-outs, sizes.

Addresses inside the machine or a private network are refused, after resolving the name and again
after every redirect; the connection goes to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from protego import Protego

from foreigndesk.errors import FetchError
from foreigndesk.intake.feeds import is_web

AGENT = "ForeignDesk"
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_LONGEST_DELAY = 60.0
_ROBOTS_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Manners:
    """How to fetch. Times in seconds, sizes in bytes (as sent and as unpacked, each)."""

    delay: float = 1.0
    timeout: float = 20.0
    total: float = 60.0
    max_bytes: int = 20_000_000
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as received. `status` 304 has no body. `url` is the address after redirects."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


@dataclass
class Fetcher:
    """Fetches one address at a time; keeps each host's robots.txt and when it was last asked."""

    manners: Manners = field(default_factory=Manners)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        agent = f"{AGENT}/{version('foreigndesk')} (+https://pypi.org/project/foreigndesk)"
        timeout = httpx.Timeout(self.manners.timeout)
        self._client = httpx.Client(
            timeout=timeout, follow_redirects=False, trust_env=False, headers={"User-Agent": agent}
        )
        self._asked: dict[str, float] = {}
        self._robots: dict[str, Protego | None] = {}

    def close(self) -> None:
        """Close the connections that are kept."""
        self._client.close()

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What stands at `url`, 304 if it is as `etag` or `modified` (HTTP dates) tell.

        Raises FetchError: no such host, a private address, forbidden by robots.txt, too slow, too
        large, too many redirects, any status but 200 and 304.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        deadline = self.clock() + self.manners.total
        for _ in range(REDIRECTS + 1):
            if not is_web(url):
                raise _failed(url, "no web address", "http or https, and a host")
            self._allowed(url, deadline)
            found = self._once(url, headers, deadline, self.manners.max_bytes)
            location = found.header("location")
            if found.status not in _MOVED or not location:
                return _usable(found)
            url = urljoin(url, location)
        raise _failed(url, f"over {REDIRECTS} redirects", "a page")

    def _allowed(self, url: str, deadline: float) -> None:
        rules = self._rules(url, deadline)
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise _failed(url, "robots.txt forbids it", "a page that programs may fetch")

    def _rules(self, url: str, deadline: float) -> Protego | None:
        """The host's robots.txt (RFC 9309): none if there is none, all forbidden if it fails."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_rules(f"{host}/robots.txt", deadline)
        return self._robots[host]

    def _read_rules(self, url: str, deadline: float) -> Protego | None:
        for _ in range(REDIRECTS):
            found = self._once(url, {}, deadline, _ROBOTS_BYTES)
            location = found.header("location")
            if found.status in _MOVED and location and is_web(urljoin(url, location)):
                url = urljoin(url, location)
                continue
            if found.status >= 500 or found.status == 429:
                raise _failed(url, f"status {found.status} for robots.txt", "rules, or 404")
            if found.status != 200:
                return None
            return Protego.parse(found.body.decode("utf-8", "replace"))
        return None

    def _once(self, url: str, headers: dict[str, str], deadline: float, most: int) -> Fetched:
        """One request to the checked address, after waiting for the host's turn."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        pinned = self._resolved(url)
        self._wait(host)
        netloc = f"[{pinned}]" if ":" in pinned else pinned
        if parts.port:
            netloc += f":{parts.port}"
        target = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
        try:
            with self._client.stream(
                "GET",
                target,
                headers={**headers, "Host": parts.netloc.rpartition("@")[2]},
                extensions={"sni_hostname": host},
            ) as answer:
                body = b"".join(self._pieces(url, answer, deadline, most))
                told = tuple(
                    (k, v) for k, v in answer.headers.items() if k.lower() != "content-encoding"
                )
                return Fetched(url, answer.status_code, answer.reason_phrase, told, body)
        except httpx.TimeoutException as error:
            raise _failed(url, "no answer in time", f"one in {self.manners.timeout:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise _failed(url, f"a broken connection ({error})", "an answer by HTTP") from error

    def _pieces(
        self, url: str, answer: httpx.Response, deadline: float, most: int
    ) -> Iterator[bytes]:
        """The body unpacked, as long as it is small enough and comes fast enough."""
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > most:
                raise _failed(url, f"more than {most:,} bytes", "a smaller page")
            if self.clock() > deadline:
                found = f"more than {self.manners.total:g} s for the whole page"
                raise _failed(url, found, "a faster answer")
            yield piece

    def _resolved(self, url: str) -> str:
        """The address to connect to. Raises FetchError if any address of the host is private."""
        parts = urlsplit(url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            infos = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError) as error:
            raise _failed(url, f"no such host ({error})", "a host that can be reached") from error
        addresses = [str(info[4][0]).partition("%")[0] for info in infos]
        private = [a for a in addresses if not ipaddress.ip_address(a).is_global]
        if private and not self.manners.allow_private:
            raise _failed(url, f"a private address ({private[0]})", "an address on the open net")
        return addresses[0]

    def _wait(self, host: str) -> None:
        """Sleep until the host may be asked again: its delay, or what robots.txt asks for."""
        delay = self.manners.delay
        for name, rules in self._robots.items():
            if rules is not None and urlsplit(name).hostname == host:
                asked = rules.crawl_delay(AGENT)
                delay = max(delay, min(float(asked or 0), _LONGEST_DELAY))
        due = self._asked.get(host, float("-inf")) + delay
        if (left := due - self.clock()) > 0:
            self.sleep(left)
        self._asked[host] = self.clock()


def _usable(found: Fetched) -> Fetched:
    if found.status in (200, 304):
        return found
    raise _failed(found.url, f"status {found.status} {found.reason}".strip(), "status 200")


def _failed(url: str, found: str, expected: str) -> FetchError:
    return FetchError(url, found, expected, "It is tried again later.")
