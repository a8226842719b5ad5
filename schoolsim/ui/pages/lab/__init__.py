"""The policy lab: set up a comparison, watch it run, look at what came of it."""

from schoolsim.ui.pages.lab.page import Page

__all__ = ["Page"]
