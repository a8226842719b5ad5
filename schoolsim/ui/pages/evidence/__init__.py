"""Evidence: what the model is made of, what its numbers rest on, and how well it meets what is known."""

from schoolsim.ui.pages.evidence.page import Page

__all__ = ["Page"]
