"""The policy lab: set up a comparison, watch it run, look at what came of it."""

from schoolsim.ui.pages.lab.page import Page
from schoolsim.ui.pages.lab.setup import read_ahead

__all__ = ["Page", "read_ahead"]
