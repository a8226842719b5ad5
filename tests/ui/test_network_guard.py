"""What the guard lets through, what it refuses, and what it tells of those who come and go."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("starlette", reason="the extra schoolsim[ui] is not installed")

from schoolsim.ui.guard import HEADERS, MOST_SOCKETS_A_SESSION, POLICY, Guard, session_in

OWN = "http://localhost:8765"
COOKIE = "solara-session-id=ann"


def in_own_loop(doing):
    """Its result, from a thread of its own: a browser's driver may have a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, doing).result()


class Inner:
    """An application that answers everything, and remembers what reached it."""

    def __init__(self, code=1001):
        self.reached, self.code = [], code

    async def __call__(self, scope, receive, send):
        self.reached.append(scope["path"])
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await receive()
            return
        cookie = (b"set-cookie", b"solara-session-id=x; SameSite=none; Secure")
        await send({"type": "http.response.start", "status": 200, "headers": [cookie]})
        await send({"type": "http.response.body", "body": b"page"})


class World:
    """A guard around an inner application, and what was said to it and by it."""

    def __init__(self, any_host=False, code=1001):
        self.inner, self.came, self.gone = Inner(), [], []
        self.code = code
        self.guard = Guard(
            self.inner, any_host=any_host, owner_of_kernel={"k1": "ann", "k2": "bob"}.get,
            came=lambda *told: self.came.append(told), gone=lambda *told: self.gone.append(told),
        )  # fmt: skip

    def http(self, path="/", method="GET", **headers):
        return in_own_loop(self._http(path, method, headers))

    async def _http(self, path, method, headers):
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "path": path, "method": method, "headers": raw(headers), "query_string": b""}
        await self.guard(scope, receive, send)
        return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}

    def socket(self, **headers):
        return in_own_loop(self.open_socket(headers))

    async def open_socket(self, headers):
        sent, coming = [], [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": self.code}]

        async def send(message):
            sent.append(message["type"])

        async def receive():
            return coming.pop(0)

        scope = {"type": "websocket", "path": "/jupyter/api/kernels/k1/channels", "headers": raw(headers)}
        await self.guard(scope, receive, send)
        return sent


def raw(headers):
    named = {"host": "localhost:8765"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return [(name.encode(), value.encode()) for name, value in named.items()]


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere():
    status, headers = World().http("/")
    assert status == 200
    assert headers["content-security-policy"] == POLICY
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "http" not in POLICY.replace("'unsafe", "")
    refused = World().http("/resourcez")
    assert refused[0] == 404
    assert refused[1]["content-security-policy"] == POLICY


def test_the_session_cookie_does_not_travel_with_requests_of_other_sites():
    assert "SameSite=lax" in World().http("/")[1]["set-cookie"]


@pytest.mark.parametrize("path", ["/resourcez", "/resourcez?verbose", "/_solara/api/evict/k1", "/static/public/x"])
def test_shut_routes_do_not_reach_solara(path):
    world = World()
    assert world.http(path.partition("?")[0])[0] == 404
    assert not world.inner.reached


def test_a_name_that_is_not_this_machines_is_not_answered():
    assert World().http("/", host="evil.example:8765")[0] == 421
    assert World().http("/", host="")[0] == 421
    assert World(any_host=True).http("/", host="school.example:8765")[0] == 200


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"cookie": COOKIE, "origin": "http://evil.example"}, "another site"),
        ({"cookie": COOKIE, "origin": "http://localhost:9999"}, "another port"),
        ({"cookie": COOKIE, "origin": "null"}, "a sandboxed page"),
        ({"cookie": COOKIE}, "no origin at all"),
        ({"origin": OWN}, "no session"),
        ({"cookie": COOKIE, "origin": OWN, "host": "evil.example:8765"}, "a name made to point here"),
    ],
)
def test_a_websocket_is_refused_unless_a_page_of_this_address_asks(headers, why):
    world = World()
    assert world.socket(**headers) == ["websocket.close"], why
    assert not world.inner.reached
    assert not world.came


def test_a_websocket_of_a_page_of_this_address_is_let_through_and_told_of():
    world = World()
    assert world.socket(cookie=COOKIE, origin=OWN) == ["websocket.accept"]
    assert world.came == [("ann", "k1")]
    assert world.gone == [("ann", "k1", "left")]


def test_a_connection_that_breaks_is_no_farewell():
    world = World(code=1006)
    world.socket(cookie=COOKIE, origin=OWN)
    assert world.gone == [("ann", "k1", "lost")]


def test_one_session_cannot_take_all_sockets():
    world = World()
    world.guard.sockets["ann"] = MOST_SOCKETS_A_SESSION
    assert world.socket(cookie=COOKIE, origin=OWN) == ["websocket.close"]
    assert world.socket(cookie="solara-session-id=bob", origin=OWN) == ["websocket.accept"]


def test_sockets_are_counted_down_again():
    world = World()
    world.socket(cookie=COOKIE, origin=OWN)
    assert world.guard.sockets == {}


def test_only_its_own_session_can_close_a_page():
    close = "/_solara/api/close/"
    world = World()
    assert world.http(f"{close}k1", "POST", cookie=COOKIE, origin=OWN)[0] == 200
    assert world.gone == [("ann", "k1", "left")]
    assert world.http(f"{close}k2", "POST", cookie=COOKIE, origin=OWN)[0] == 403
    assert world.http(f"{close}unknown", "POST", cookie=COOKIE, origin=OWN)[0] == 403
    assert world.http(f"{close}k1", "POST", cookie=COOKIE, origin="http://evil.example")[0] == 403
    assert world.http(f"{close}k1", "POST", origin=OWN)[0] == 403
    assert len(world.gone) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_is_written_by_request(method):
    assert World().http("/runs", method, cookie=COOKIE, origin=OWN)[0] == 405


def test_a_large_body_is_refused_before_it_is_read():
    close = "/_solara/api/close/k1"
    assert World().http(close, "POST", cookie=COOKIE, origin=OWN, content_length="70000")[0] == 413
    assert World().http(close, "POST", cookie=COOKIE, origin=OWN, transfer_encoding="chunked")[0] == 413


@pytest.mark.parametrize("cookie", ["", "solara-session-id", "a=b; c", "\x00", "solara-session-id=\";;"])
def test_a_cookie_that_makes_no_sense_names_no_session(cookie):
    assert session_in({"cookie": cookie}) in ("", '";;')
