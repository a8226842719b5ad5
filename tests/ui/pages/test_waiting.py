"""What is read beside the page: it says that it waits, fails inside its boundary, and can be tried again."""

from threading import Event

import solara

from schoolsim.errors import InputError
from schoolsim.ui.background import Waited
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.elements import element
from tests.ui.pages.rendered import page


def shown(work):
    """A component that waits for `work` inside a boundary, beside something that does not."""

    @solara.component
    def Waiting():
        return element("div", "beside", Guarded(lambda: Waited(work, lambda told: element("p", told), "Reading")))

    return Waiting


def test_the_page_is_there_while_the_work_is_done(tmp_path):
    go_on = Event()
    with page(shown(lambda: go_on.wait(10) and "done"), "/", tmp_path) as seen:
        assert seen.texts == ["beside", "Reading"]
        go_on.set()
        seen.wait(lambda now: now.texts == ["beside", "done"])


def test_a_failure_is_told_in_its_own_words_and_can_be_tried_again(tmp_path):
    failures = [InputError("the disk is full")]

    def work():
        if failures:
            raise failures.pop()
        return "done"

    with page(shown(work), "/", tmp_path) as seen:
        seen.wait(lambda now: "the disk is full" in now.text)
        assert "beside" in seen.texts
        button = next(widget for widget in seen.widgets if getattr(widget, "tag", "") == "button")
        button.click()
        seen.wait(lambda now: now.texts == ["beside", "done"])
