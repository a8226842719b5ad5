"""Where a browser is, for the tests that need a real one."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVEN = importlib.util.find_spec("playwright") and importlib.util.find_spec("solara")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
needs_pages = pytest.mark.skipif(
    CHROMIUM is None or not DRIVEN, reason="no Chromium on this machine, or without playwright and schoolsim[ui]"
)
