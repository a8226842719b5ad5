"""What Solara is told before it is imported: no telemetry, no banner, its files from this package, limits."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

from schoolsim.ui.vendor import CDN

HERE = Path(__file__).resolve().parent
CHART_SCRIPTS = HERE.parent / "data" / "js"
PAGE_ASSETS = HERE / "assets" / "page"
MOST_KERNELS = 200
MOST_PER_SESSION = 12
KERNEL_PATIENCE = "45m"  # a page that lost its connection finds its state again for so long

PAGES = "schoolsim.ui.app"
SETTINGS = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_VARIANT": "light",  # "auto" renders no page in Solara 1.64; custom.js follows the reader
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "schoolsim",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_PROXY_CACHE_DIR": str(CDN),
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_ASSETS_EXTRA_LOCATIONS": f"{PAGE_ASSETS},{CHART_SCRIPTS}",
    "SOLARA_SESSION_HTTP_ONLY": "true",
    "SOLARA_KERNEL_CULL_TIMEOUT": KERNEL_PATIENCE,
    "SOLARA_KERNEL_MAX_COUNT": str(MOST_KERNELS),
    "SOLARA_KERNEL_MAX_PER_SESSION": str(MOST_PER_SESSION),
    "SOLARA_STATE_AUTO_REMOUNT": "true",
}


def prepare(pages: str = PAGES) -> None:
    """Set the environment from which Solara reads its settings; to be called before its first import.

    Args:
        pages: module, or file, with what is to be served.
    """
    os.environ.update(SETTINGS | {"SOLARA_APP": pages})
    os.environ.setdefault("SOLARA_HOME", str(user_cache_path("schoolsim") / "solara"))
