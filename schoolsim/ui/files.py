"""Files of finished results by address: /files/<name>/<id>/<file>, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from schoolsim.errors import SchoolsimError
from schoolsim.lab.compare import MANIFEST, METRICS, REPORT, SCHOOLS
from schoolsim.lab.export import to_csv
from schoolsim.lab.sharing import to_yaml
from schoolsim.lab.store import read_frame, read_json
from schoolsim.scenario.build import scenario_from_resolved

STORED = {METRICS: "application/vnd.apache.parquet", SCHOOLS: "application/vnd.apache.parquet",
          MANIFEST: "application/json"}  # fmt: skip
SCENARIOS = "scenarios.zip"
DOWNLOADS = {
    "metrics.csv": "Metrics (CSV)", METRICS: "Metrics (Parquet)", "schools.csv": "Schools (CSV)",
    SCHOOLS: "Schools (Parquet)", MANIFEST: "How it was made (JSON)",
}  # fmt: skip
REPORT_POLICY = "frame-ancestors 'none'"  # the report carries a stricter policy of its own, made for its scripts


def address(root: Path, folder: Path, file: str) -> str:
    """Where a file of a result is served."""
    return f"/files/{quote(folder.relative_to(root).as_posix())}/{file}"


def routes(root: Path) -> list[Route]:
    """The routes by which a server gives out the files under `root`."""

    async def served(request: Request) -> Response:
        return await run_in_threadpool(answer, root, **request.path_params)

    return [Route("/files/{name}/{id}/{file}", served, methods=["GET"])]


def answer(root: Path, name: str, id: str, file: str) -> Response:
    """One file of a finished result, made on the way where it is not stored."""
    folder = found(root, f"{name}/{id}")
    if folder is None:
        return PlainTextResponse("no such result", status_code=404)
    try:
        return _answer(folder, file)
    except SchoolsimError as error:
        return PlainTextResponse(str(error), status_code=410)


def _answer(folder: Path, file: str) -> Response:
    stem = f"{folder.parent.name}-{folder.name}-"
    if file == REPORT and (folder / file).is_file():
        return FileResponse(folder / file, media_type="text/html", headers={"content-security-policy": REPORT_POLICY})
    if file in STORED and (folder / file).is_file():
        return FileResponse(folder / file, media_type=STORED[file], filename=stem + file)
    made = _MADE.get(file)
    if made is None:
        return PlainTextResponse("no such file", status_code=404)
    make, kind = made
    headers = {"content-disposition": f'attachment; filename="{stem}{file}"'}
    return Response(make(folder), media_type=kind, headers=headers)


def _scenarios(folder: Path) -> bytes:
    """The scenarios of a result as files that can be run and uploaded again."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for row in read_json(folder / MANIFEST)["scenarios"]:
            plan = scenario_from_resolved(row)
            archive.writestr(f"{plan.name}.yaml", to_yaml(plan))
    return buffer.getvalue()


def _as_csv(table: str, folder: Path) -> bytes:
    """A table of a result for a spreadsheet."""
    return to_csv(read_frame(folder / table))


_MADE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "metrics.csv": (partial(_as_csv, METRICS), "text/csv"),
    "schools.csv": (partial(_as_csv, SCHOOLS), "text/csv"),
    SCENARIOS: (_scenarios, "application/zip"),
}


def found(root: Path, named: str) -> Path | None:
    """The folder of the finished result that an address names as <name>/<id>; None for anything else."""
    parts = named.split("/")
    if len(parts) != 2 or not all(parts) or "\0" in named:
        return None
    folder = root / parts[0] / parts[1]
    inside = folder.resolve().parent.parent == root.resolve() and not folder.is_symlink()
    return folder if inside and (folder / MANIFEST).is_file() else None
