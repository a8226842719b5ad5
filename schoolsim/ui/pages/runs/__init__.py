"""Runs: what lies in the folder of results; look at one, lay two side by side, take one away."""

from schoolsim.ui.pages.runs.page import Page

__all__ = ["Page"]
