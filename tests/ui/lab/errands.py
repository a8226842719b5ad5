"""Errands that stand for long runs, in a module that a process of its own can import."""

from __future__ import annotations

from time import sleep


def slowly(*, progress):
    """Has no end."""
    progress(3, 10, "stand-still, year 3")
    sleep(600)


def fails(*, progress):
    """Fails as no page should tell."""
    raise RuntimeError("/secret/path")
