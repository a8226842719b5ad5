"""`schoolsim serve`: the web front end."""

from __future__ import annotations

from argparse import Namespace

from schoolsim.cli.terminal import say
from schoolsim.cli.worlds import check_folder


def serve_command(chosen: Namespace) -> int:
    """Serve the pages until interrupted."""
    check_folder(chosen.out)
    from schoolsim.ui.serve import serve

    serve(host=chosen.host, port=chosen.port, results=chosen.out, open_browser=not chosen.no_browser, say=say)
    return 0
