"""What the model stands on, as one book: registers, the sources behind them, and who feeds whom."""

from schoolsim.lab.evidence.book import Book, ProcessEntry, open_book
from schoolsim.lab.evidence.sources import Source, keys_in, sources

__all__ = ["Book", "ProcessEntry", "Source", "keys_in", "open_book", "sources"]
