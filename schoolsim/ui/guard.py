"""What stands between a network and the pages: origins, headers, limits, and routes that stay shut.

Solara's own defaults let a page of another site open a websocket with a visitor's cookie and drive the visitor's
pages. Here every request must come from the very address it is sent to, and every answer tells the browser to load
nothing from anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schoolsim.ui.jobs.presence import LEFT, How, how_closed
from schoolsim.ui.vendor import is_packed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SHUT = ("/resourcez", "/_solara/api/evict", "/static/public", "/jupyter/api/kernels/lala")
CLOSE = "/_solara/api/close/"
NETWORK = "/_solara/cdn/"
COOKIES = ("solara-session-id", "solara-session-id-lax")
MOST_BODY = 64 * 1024  # bytes; pages send nothing by POST but a farewell
MOST_FRAME = 1024 * 1024  # bytes of one websocket message from a browser
MOST_SOCKETS_A_SESSION = 24

# Vue 2 compiles templates in the browser, which needs 'unsafe-eval'; Solara's page has scripts and styles inline.
POLICY = "; ".join([
    "default-src 'none'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "manifest-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'",
])  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

Came = Callable[[str, str], None]
"""Told an owner and which page of theirs connected."""
Gone = Callable[[str, str, How], None]
"""Told an owner, which page of theirs went, and how."""


class Guard:
    """An ASGI application around another.

    Args:
        app: what is guarded.
        any_host: whether the server is bound to more than this machine; then any name for it is accepted, and
            a page must still come from the name under which it is asked.
        owner_of_kernel: the session that a kernel belongs to, None for an unknown kernel.
        came, gone: told the session whose page connects or goes.
    """

    def __init__(
        self, app: ASGIApp, *, any_host: bool, owner_of_kernel: Callable[[str], str | None],
        came: Came, gone: Gone,
    ) -> None:  # fmt: skip
        self.app, self.any_host, self.owner_of_kernel = app, any_host, owner_of_kernel
        self.came, self.gone = came, gone
        self.sockets: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal:
            code, text = refusal
            await PlainTextResponse(text, status_code=code, headers=HEADERS)(scope, receive, send)
            return
        if scope["path"].startswith(CLOSE):
            self.gone(session_in(headers), scope["path"].removeprefix(CLOSE), LEFT)
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Status and words when a request is not let through."""
        path, method = scope["path"], scope["method"]
        if not self._known_host(headers):
            return 421, "this address is not served here"
        if path.startswith(SHUT):
            return 404, "not found"
        if method in ("GET", "HEAD"):
            return None if _packed(path) else (404, "not found")
        if method != "POST" or not path.startswith(CLOSE):
            return 405, "method not allowed"
        if not _small(headers):
            return 413, "too large"
        owner = self.owner_of_kernel(path.removeprefix(CLOSE))
        if not _same_origin(headers) or owner is None or owner != session_in(headers):
            return 403, "not yours to close"
        return None

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        owner = session_in(headers)
        room = self.sockets.get(owner, 0) < MOST_SOCKETS_A_SESSION
        if not (self._known_host(headers) and _same_origin(headers) and owner and room):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        page = _kernel(scope["path"])
        self.sockets[owner] = self.sockets.get(owner, 0) + 1
        self.came(owner, page)
        try:
            await self.app(scope, self._watched(owner, page, receive), send)
        finally:
            self.sockets[owner] -= 1
            if not self.sockets[owner]:
                del self.sockets[owner]

    def _watched(self, owner: str, page: str, receive: Receive) -> Receive:
        async def watched() -> Message:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self.gone(owner, page, how_closed(message.get("code")))
            return message

        return watched

    def _known_host(self, headers: Mapping[str, str]) -> bool:
        host = _name(headers.get("host", ""))
        return bool(host) and (self.any_host or host in LOOPBACK)


def _kernel(path: str) -> str:
    """The kernel that a websocket is for: a page's own name for itself, also in its farewell."""
    return path.removeprefix("/jupyter/api/kernels/").partition("/")[0]


def _packed(path: str) -> bool:
    """Whether what a page asks of the content network is packed; Solara would go and fetch the rest."""
    return not path.startswith(NETWORK) or is_packed(path.removeprefix(NETWORK))


def session_in(headers: Mapping[str, str]) -> str:
    """The session that a request's cookies name; "" for none."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return next((cookies[name].value for name in COOKIES if name in cookies), "")


def _same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a page of this very address asks; a browser always says so for what matters here."""
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == headers.get("host", "")


def _name(host: str) -> str:
    """The host without its port."""
    return host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host


def _small(headers: Mapping[str, str]) -> bool:
    length = headers.get("content-length", "0")
    return length.isdigit() and int(length) <= MOST_BODY and "transfer-encoding" not in headers


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            _keep_cookies_home(headers)
        await send(message)

    return sending


def _keep_cookies_home(headers: MutableHeaders) -> None:
    """Solara marks its cookie as good for pages of other sites when it runs on localhost; ours is not."""
    headers.raw[:] = [
        (name, value.replace(b"SameSite=none", b"SameSite=lax") if name == b"set-cookie" else value)
        for name, value in headers.raw
    ]
