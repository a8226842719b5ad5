"""A page as it stands after everything it waits for, without a browser: its texts, links and tables."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import solara
from solara import routing

from schoolsim.ui.shared import Shared, share

PATIENCE = 60  # s


@dataclass
class Rendered:
    """A page that was drawn; `pushed` are addresses it went to."""

    box: object
    pushed: list[str]

    def widgets(self):
        """All widgets, outermost first."""
        return list(_inside(self.box))

    @property
    def texts(self):
        """Everything that a reader can read, table cells included."""
        return [text for widget in self.widgets() for text in _texts(widget)]

    @property
    def text(self):
        return "\n".join(self.texts)

    @property
    def links(self):
        """Addresses of links, those in tables included."""
        found = [widget.attributes["href"] for widget in self.widgets() if "href" in _attributes(widget)]
        rows = [row for widget in self.widgets() for row in getattr(widget, "rows", None) or []]
        return found + [row["to"] for row in rows if row.get("to")]

    def named(self, kind):
        """Widgets of a component, by what their template defines."""
        return [widget for widget in self.widgets() if hasattr(widget, kind)]

    def wait(self, until):
        """Until something holds of it."""
        end = time.monotonic() + PATIENCE
        while not until(self):
            assert time.monotonic() < end, self.text
            time.sleep(0.01)
        return self


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


def _inside(widget):
    yield widget
    for child in getattr(widget, "children", None) or []:
        if not isinstance(child, str):
            yield from _inside(child)


def _texts(widget):
    yield from (child for child in getattr(widget, "children", None) or [] if isinstance(child, str))
    for row in getattr(widget, "rows", None) or []:
        yield from (str(value) for key, value in row.items() if not key.startswith("_"))


def _attributes(widget):
    return getattr(widget, "attributes", None) or {}
