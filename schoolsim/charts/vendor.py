"""Renews the packaged JavaScript: `python -m schoolsim.charts.vendor` (needs npm and a network; nobody else does).

Charts must work without internet, so the three bundles that Altair's output needs travel inside the package, with
their licences and those of what is compiled into them. `PINNED` names exact versions: Vega-Lite's must equal
`altair.VEGALITE_VERSION`, and Vega's and vega-embed's first number Altair's `VEGA_VERSION` and `VEGAEMBED_VERSION`
(a test compares). To move: change a number here, run the module, run `tests/charts`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "js"
PINNED = {"vega": "6.4.0", "vega-lite": "6.4.1", "vega-embed": "7.3.0"}
# Compiled into the bundles besides the vega-* packages; the rest of what npm installs serves command lines only.
BUNDLED = (
    "d3-",
    "delaunator",
    "internmap",
    "robust-predicates",
    "topojson-client",
    "fast-json-patch",
    "json-stringify-pretty-compact",
    "semver",
    "tslib",
)


def renew(folder: Path = FOLDER) -> None:
    """Installs the pinned versions in a temporary folder and copies bundles, licences and their digests."""
    folder.mkdir(parents=True, exist_ok=True)
    with installed(PINNED) as modules:
        versions = [_copy_bundle(modules / name, folder) for name in PINNED]
        (folder / "THIRD-PARTY.txt").write_text(_third_party(modules), encoding="utf-8", newline="\n")
    text = json.dumps(versions, indent=2) + "\n"
    (folder / "versions.json").write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def installed(pinned: Mapping[str, str]) -> Iterator[Path]:
    """The folder of modules in which npm has installed exactly these versions, while it is needed."""
    wanted = [f"{name}@{version}" for name, version in pinned.items()]
    with tempfile.TemporaryDirectory() as temporary:
        command = ["npm", "install", "--prefix", temporary, "--ignore-scripts", "--no-audit", "--no-fund", *wanted]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield Path(temporary) / "node_modules"


def _copy_bundle(package: Path, folder: Path) -> dict[str, str]:
    content = (package / "build" / f"{package.name}.min.js").read_bytes()
    (folder / f"{package.name}.min.js").write_bytes(content)
    (folder / f"{package.name}.LICENSE").write_bytes((package / "LICENSE").read_bytes())
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return {
        "name": package.name,
        "version": version,
        "file": f"{package.name}.min.js",
        "sha256": hashlib.sha256(content).hexdigest(),
        "source": f"npm registry, {package.name}@{version}, build/{package.name}.min.js",
    }


def _third_party(modules: Path) -> str:
    packages = sorted(path for path in modules.iterdir() if path.name.startswith(BUNDLED))
    return "\n\n".join(_licence(package) for package in packages) + "\n"


def _licence(package: Path) -> str:
    described = json.loads((package / "package.json").read_text(encoding="utf-8"))
    text = next(path for path in sorted(package.iterdir()) if path.name.upper().startswith(("LICEN", "COPY")))
    heading = f"{package.name} {described['version']} ({described.get('license', 'see below')})"
    return f"{heading}\n{'-' * len(heading)}\n{text.read_text(encoding='utf-8').strip()}"


if __name__ == "__main__":
    renew()
