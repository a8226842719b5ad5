"""What came of a comparison: findings, pictures over the years, schools, lives, causes, how it was made."""

from schoolsim.ui.pages.lab.results.page import Results

__all__ = ["Results"]
