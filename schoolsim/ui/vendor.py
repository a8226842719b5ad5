"""Renews what the browser needs of Solara: `python -m schoolsim.ui.vendor` (needs npm and a network; nobody else does).

Stock Solara asks a content network for these files and shows a blank page without one. Here they travel inside the
package, laid out as that network has them, with their licences. `PINNED` names exact versions: a test compares them
with what the installed Solara asks for. Only what a browser of today loads is kept (no source maps, no old fonts).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from schoolsim.charts.vendor import installed

CDN = Path(__file__).resolve().parent / "assets" / "cdn"
APP, LOADER, GRID = "@widgetti/solara-vuetify-app", "requirejs", "@widgetti/vue-grid-layout"
PINNED = {APP: "10.1.1", LOADER: "2.3.6", GRID: "2.3.13-alpha.2"}
SCRIPTS = {LOADER: "require.js", GRID: "dist/vue-grid-layout.umd.js"}  # the grid is for Mesa's SolaraViz alone
WANTED = ("main8.css", "fonts.css", "solara-vuetify-app8.min.js", "solara-vuetify-app8.min.js.LICENSE.txt")
FONT = re.compile(rb"url\(([0-9a-f]+\.woff2)")


def renew(folder: Path = CDN) -> None:
    """Installs the pinned versions in a temporary folder and copies what pages ask for."""
    shutil.rmtree(folder, ignore_errors=True)
    with installed(PINNED) as modules:
        _copy_app(modules / APP / "dist", folder / f"{APP}@{PINNED[APP]}" / "dist")
        for package, name in SCRIPTS.items():
            script = folder / f"{package}@{PINNED[package]}" / name
            script.parent.mkdir(parents=True)
            shutil.copy(modules / package / name, script)
            for licence in (modules / package).glob("LICENSE*"):
                shutil.copy(licence, script.parent / f"{script.stem}.LICENSE.txt")


def is_packed(name: str) -> bool:
    """Whether a file of the content network is here; nothing outside the folder ever is."""
    file = (CDN / name).resolve()
    return file.is_relative_to(CDN) and file.is_file()


def _copy_app(source: Path, target: Path) -> None:
    """The styles, the script with its licences, and the fonts that the styles name."""
    target.mkdir(parents=True)
    fonts: set[str] = set()
    for name in WANTED:
        content = (source / name).read_bytes()
        (target / name).write_bytes(content)
        if name.endswith(".css"):
            fonts |= {match.decode() for match in FONT.findall(content)}
    for font in sorted(fonts):
        shutil.copy(source / font, target / font)


if __name__ == "__main__":
    renew()
