"""The laboratory: comparing, explaining and reporting runs."""
