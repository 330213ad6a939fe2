"""A web server on loopback that misbehaves in every way a real one does."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<html><head><title>{title}</title>
<meta property="article:published_time" content="2024-05-0{n}T10:00:00Z"></head>
<body><article><h1>{title}</h1><p>Norway expelled two Russian diplomats on Thursday, number {n}.
The ministry said that they had spied on a shipyard for more than a year.</p>
<p>Russia protested against the move and promised an answer of its own within the week.</p>
</article></body></html>"""
ITEM = "<item><title>Page {n}</title><link>{base}/{path}</link></item>"


class Server:
    """What it serves, and how often each path was asked for and with which headers."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.conditional: Counter[str] = Counter()
        self.paths = ["page/1", "page/2"]
        self.feed_fails = False
        self.base = ""
        self.times: list[float] = []

    def feed(self) -> bytes:
        """An RSS feed of `paths`."""
        items = "".join(
            ITEM.format(n=n, base=self.base, path=p) for n, p in enumerate(self.paths, 1)
        )
        return f"<rss><channel><title>The Wire</title>{items}</channel></rss>".encode()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content_Type": "text/html", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            server.asked[self.path] += 1
            server.times.append(time.monotonic())
            kind = self.path.split("/")[1]
            if kind == "robots.txt":
                self.answer(200, b"User-agent: *\nDisallow: /secret/\n", Content_Type="text/plain")
            elif kind == "feed":
                self.serve_feed()
            elif kind == "page":
                n = self.path.rsplit("/", 1)[1]
                self.answer(200, PAGE.format(title=f"Norway expels diplomats {n}", n=n).encode())
            else:
                self.misbehave(kind)

        def serve_feed(self) -> None:
            if server.feed_fails:
                return self.answer(503)
            tag = f'"{len(server.paths)}"'
            if self.headers.get("If-None-Match") == tag:
                server.conditional[self.path] += 1
                return self.answer(304, ETag=tag)
            return self.answer(200, server.feed(), Content_Type="application/rss+xml", ETag=tag)

        def misbehave(self, kind: str) -> None:
            if kind == "loop":
                self.answer(302, Location="/loop/")
            elif kind == "inward":
                self.answer(302, Location="http://169.254.169.254/latest/meta-data/")
            elif kind == "file":
                self.answer(302, Location="file:///etc/passwd")
            elif kind == "large":
                self.answer(200, b"x" * 3_000_000)
            elif kind == "bomb":
                self.answer(200, gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
            elif kind == "badzip":
                self.answer(200, b"this is no gzip", Content_Encoding="gzip")
            elif kind == "slow":
                self.drip()
            elif kind == "silent":
                time.sleep(3)
            elif kind == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "10000")
                self.end_headers()
                self.wfile.write(b"<html>")
                self.close_connection = True
            elif kind == "noise":
                self.wfile.write(b"\x00\xff this is not HTTP\r\n\r\n")
                self.close_connection = True
            elif kind == "pdf":
                self.answer(200, b"%PDF-1.4", Content_Type="application/pdf")
            elif kind == "mislabelled":
                self.answer(200, b"%PDF-1.4")
            elif kind == "empty":
                self.answer(200)
            else:
                self.answer(404)

        def drip(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b"x")
                    time.sleep(0.1)
            except OSError:
                return
            self.close_connection = True

    return Handler


@contextmanager
def running() -> Iterator[Server]:
    """The server on a free port of loopback."""
    server = Server()
    web = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    web.daemon_threads = True
    server.base = f"http://127.0.0.1:{web.server_address[1]}"
    threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()
