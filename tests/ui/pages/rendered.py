"""A page as it stands after everything it waits for, without a browser: its texts, links and tables."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import solara
from solara import routing

from schoolsim.ui.shared import Shared, share
from tests.ui.drawn import Drawn, texts_of


class Rendered(Drawn):
    """A page that was drawn; `pushed` are addresses it went to."""

    def __init__(self, box, pushed):
        super().__init__(box)
        self.pushed = pushed

    @property
    def texts(self):
        """Everything that a reader can read, table cells included."""
        return [text for widget in self.widgets for text in (*texts_of(widget), *_cells(widget))]

    @property
    def text(self):
        return "\n".join(self.texts)

    @property
    def links(self):
        """Addresses of links, those in tables included."""
        found = [widget.attributes["href"] for widget in self.widgets if "href" in _attributes(widget)]
        return found + [row["to"] for widget in self.widgets for row in _rows(widget) if row.get("to")]


@contextmanager
def page(component, address, results, registry=None):
    """A page at its address, once nothing is being read any more."""
    share(Shared(results, registry))
    pushed = []

    @solara.component
    def At():
        path = f"{urlsplit(address).path}?{urlsplit(address).query}"
        routing.router_context.provide(routing.Router(path, [solara.Route("/")], set_path=pushed.append))
        return component()

    box, context = solara.render(At(), handle_error=False)
    try:
        yield Rendered(box, pushed).wait(lambda now: " …" not in "".join(now.texts).replace("Delete …", ""))
    finally:
        context.close()
        share(None)


def _cells(widget):
    return [str(value) for row in _rows(widget) for key, value in row.items() if not key.startswith("_")]


def _rows(widget):
    return getattr(widget, "rows", None) or []


def _attributes(widget):
    return getattr(widget, "attributes", None) or {}
