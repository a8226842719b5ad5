"""The web server: Solara's application behind our guard, with the files of results and the jobs of its visitors."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.errors import InputError, RunError

if TYPE_CHECKING:
    from schoolsim.ui.guard import Guard
    from schoolsim.ui.jobs.registry import Registry

LOOPBACK = "127.0.0.1"
OWN = (LOOPBACK, "localhost", "::1")
USUAL_PORT = 8765
TURN = 0.0005  # s for which one thread may keep the others waiting: a page is some hundred messages between two
MOST_TRIED = 20  # ports tried after the usual one when nobody named a port
EXTRA = "the web front end needs more than the core: pip install 'schoolsim[ui]'"


def serve(
    *, host: str = LOOPBACK, port: int | None = None, results: Path = Path("results"), open_browser: bool = True,
    say: Callable[[str], None] = print, pages: str | None = None,
) -> None:  # fmt: skip
    """Serve the pages until interrupted.

    Args:
        host: the address to listen on; anything but this machine's own must be asked for.
        port: the port; the usual one, or the next that is free, unless given.
        results: where runs are written and found.
        open_browser: show the first page in the reader's browser.
        say: told the address.
        pages: module, or file, with other pages than our own.

    Raises:
        RunError: the extra is not installed, or the port is taken.
    """
    if not all(find_spec(name) for name in ("solara", "uvicorn", "starlette")):
        raise RunError(EXTRA)
    chosen = free_port(host, port)
    address = f"http://{'localhost' if host in OWN else host}:{chosen}/"
    server = _server(host, chosen, results.absolute(), pages)
    say(f"schoolsim is at {address} (Ctrl-C ends it)")
    if host not in OWN:
        say("It can be reached from other machines: whoever has the address can run comparisons and delete results.")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    server()


def free_port(host: str, port: int | None) -> int:
    """The port asked for, or the first free one from the usual on.

    Raises:
        InputError: the address is none of this machine's.
        RunError: the port, or every one tried, is taken.
    """
    wanted = [port] if port is not None else range(USUAL_PORT, USUAL_PORT + MOST_TRIED)
    for number in wanted:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, number))
            return number
        except (socket.gaierror, UnicodeError) as error:
            raise InputError("no such address", key="--host", found=host) from error
        except PermissionError as error:
            raise RunError(f"port {number} may not be used; choose another with --port") from error
        except OSError:
            continue
    taken = f"port {port}" if port is not None else f"every port from {USUAL_PORT} to {USUAL_PORT + MOST_TRIED - 1}"
    raise RunError(f"{taken} is taken on {host}, or the address is not this machine's; choose another with --port")


def _server(host: str, port: int, results: Path, pages: str | None) -> Callable[[], None]:
    """What runs until interrupted; everything heavy is imported here."""
    import uvicorn

    from schoolsim.lab.cores import core_count
    from schoolsim.ui.guard import MOST_FRAME
    from schoolsim.ui.jobs.limits import usual_limits
    from schoolsim.ui.jobs.registry import Registry

    sys.setswitchinterval(TURN)
    registry = Registry(usual_limits(core_count()))
    app = application(results, registry, any_host=host not in OWN, pages=pages)
    if pages is None:
        threading.Thread(target=_warm_up, daemon=True).start()

    def run() -> None:
        try:
            uvicorn.run(app, host=host, port=port, ws_max_size=MOST_FRAME, log_level="warning", server_header=False,
                        timeout_graceful_shutdown=2)  # fmt: skip
        except KeyboardInterrupt:
            pass
        finally:
            registry.close()

    return run


def _warm_up() -> None:
    """Reads what the first page needs, so that the first visitor waits no longer than others."""
    from schoolsim.ui.pages.lab import read_ahead

    read_ahead()


def application(results: Path, registry: Registry, *, any_host: bool = False, pages: str | None = None) -> Guard:
    """The guarded ASGI application.

    Args:
        results: where runs are written and found.
        registry: the jobs of this server's visitors.
        any_host: whether other machines may reach it.
        pages: module, or file, with other pages than our own.
    """
    from schoolsim.ui.settings import PAGES, prepare

    prepare(pages or PAGES)
    import solara.server.starlette as served
    from solara.server import kernel_context
    from starlette.applications import Starlette

    from schoolsim.ui.files import routes
    from schoolsim.ui.guard import Guard
    from schoolsim.ui.shared import Shared, share
    from schoolsim.ui.unknown import not_found

    share(Shared(results, registry))

    def owner_of_kernel(kernel: str) -> str | None:
        context = kernel_context.contexts.get(kernel)
        return context.session_id if context else None

    app = Starlette(
        routes=[*routes(results), *served.routes], lifespan=served.lifespan, middleware=served.middleware,
        exception_handlers={404: not_found},
    )  # fmt: skip
    return Guard(app, any_host=any_host, owner_of_kernel=owner_of_kernel, came=registry.seen, gone=registry.gone)
