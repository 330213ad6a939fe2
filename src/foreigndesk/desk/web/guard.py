"""Who may ask, and what a browser may do with an answer: the outermost layer of the server.

Pages are made of text from strangers. All of it is escaped (Jinja2); should that ever fail, the
content security policy lets no script run but our own files and no request leave for elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foreigndesk.desk.web.options import LOOPBACK, Serving

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
COOKIE = "foreigndesk"
OPEN = ("/static/",)
"""What may be had without a token: the program's own style sheet and scripts."""
_LOGIN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Foreign Desk</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/style.css">
<main id="main"><h1>Foreign Desk</h1><p>This desk is served with a token: it was printed where the
server was started.</p><form><label>Token <input name="token" type="password" required></label>
<button>Open the desk</button></form></main></html>"""


class Guard:
    """Checks the host, the token and the origin of a request; adds the headers to the answer."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self.app = app
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        await (refused or self.app)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._host_known(host):
            return PlainTextResponse(
                f"Found the host {host!r}; expected {self.serving.host}:{self.serving.port}. "
                "Open the address that the server printed.\n", 421)  # fmt: skip
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _foreign(headers, host):
            return PlainTextResponse("A request from another site's page is refused.\n", 403)
        return self._without_token(scope, headers)

    def _host_known(self, host: str) -> bool:
        """Against pages elsewhere that rebind their name to this machine."""
        name = urlsplit(f"//{host}").hostname or ""
        if not self.serving.local:
            return bool(name)
        return name in LOOPBACK or name == self.serving.host

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        if self.serving.token is None or scope["path"].startswith(OPEN):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        given = dict(query).get("token")
        if given is not None and _same(given, self.serving.token):
            return self._let_in(scope, query)
        kept = _cookie(headers.get("cookie", ""))
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if _same(kept, proof(self.serving.token)) or _same(bearer, self.serving.token):
            return None
        if "text/html" in headers.get("accept", ""):
            return HTMLResponse(_LOGIN, 401, {"cache-control": "no-store"})
        return PlainTextResponse(
            "No token, or a wrong one: send `Authorization: Bearer TOKEN`.\n",
            401,
            {"www-authenticate": "Bearer", "cache-control": "no-store"},
        )

    def _let_in(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Put the token into a cookie, and the reader where the address leads without it."""
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        assert self.serving.token is not None
        answer.set_cookie(
            COOKIE, proof(self.serving.token), httponly=True, samesite="strict", path="/"
        )
        answer.headers["cache-control"] = "no-store"
        return answer


def proof(token: str) -> str:
    """What the cookie holds: that the token was given, not the token."""
    return hashlib.sha256(b"foreigndesk cookie " + token.encode()).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _foreign(headers: Headers, host: str) -> bool:
    """Whether a request that changes something comes from another site's page."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != host
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
