"""A part of a page without a browser: drawn, waited for, clicked."""

from __future__ import annotations

import time
from contextlib import contextmanager

import solara

PATIENCE = 60  # s


class Drawn:
    """What stands on the page."""

    def __init__(self, box):
        self.box = box

    @property
    def widgets(self):
        """All widgets, outermost first."""
        return list(_inside(self.box))

    @property
    def text(self):
        """All that stands in elements, but for what tables and charts hold."""
        return "\n".join(text for widget in self.widgets for text in texts_of(widget))

    def having(self, *names):
        """Widgets with all these traits: a `VegaChart` has a spec, a `DataTable` columns, a `Choice` options."""
        return [widget for widget in self.widgets if all(name in widget.trait_names() for name in names)]

    @property
    def charts(self):
        return self.having("spec")

    @property
    def tables(self):
        return self.having("columns", "rows")

    def choice(self, label):
        """The control with a label."""
        return next(widget for widget in self.having("options", "label") if widget.label == label)

    def button(self, text):
        return next(widget for widget in self.widgets if _tag(widget) == "button" and text in _children(widget))

    def wait(self, until):
        """Until something holds; fails with what stands there."""
        end = time.monotonic() + PATIENCE
        while not until(self):
            assert time.monotonic() < end, self.text
            time.sleep(0.02)
        return self

    def wait_for(self, text):
        return self.wait(lambda drawn: text in drawn.text)

    def click(self, text):
        self.button(text).fire_event("click", None)
        return self

    def choose(self, label, value):
        """As a browser does when an option is chosen."""
        self.tell(self.choice(label), "choose", value)
        return self

    @staticmethod
    def tell(widget, event, value):
        """An event of a component of ours, with what it says."""
        widget._handle_custom_msg({"event": event, "data": value}, [])


@contextmanager
def drawn(part):
    """A component on an otherwise empty page."""
    box, context = solara.render(part, handle_error=False)
    try:
        yield Drawn(box)
    finally:
        context.close()


def texts_of(widget):
    """What stands in an element itself."""
    return [child for child in _children(widget) if isinstance(child, str)]


def _inside(widget):
    yield widget
    for child in _children(widget):
        if not isinstance(child, str):
            yield from _inside(child)


def _children(widget):
    return getattr(widget, "children", None) or []


def _tag(widget):
    return getattr(widget, "tag", "")
