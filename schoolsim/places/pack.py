"""Packs the raw open data of England into the small files that ship inside the package.

    python -m schoolsim.places.pack RAW_DATA_DIR [--into FOLDER]

Seven files: `schools.parquet` and `areas.parquet` (the whole country, one row each), `authorities.json` (names,
codes, figures of each authority), `national.json` (shares of the country, the roll rule), `outlines.json` (where
the authorities lie), `inspections.parquet` (each school's last two inspections) and `inspections.json` (what they say
of the country). Packing twice gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.errors import InputError
from schoolsim.places.boundaries import pack_outlines
from schoolsim.places.facts import national_shares
from schoolsim.places.figures import authority_figures, separate_schools, statistical_codes
from schoolsim.places.fill import fill_areas, fill_schools
from schoolsim.places.frame import AREA_COLUMNS, NO_NEIGHBOURS, SCHOOL_COLUMNS, conform, number_labels
from schoolsim.places.inspections import HISTORY_FILE, RECORD_FILE
from schoolsim.places.names import OTHER_CODES, name_of, stem_of, tidy_title
from schoolsim.places.pack_inspections import pack_inspections
from schoolsim.places.raw import authorities_of, read_areas, read_schools, read_table
from schoolsim.places.results import published_results
from schoolsim.places.rolls import RollRule, fit_roll_rule
from schoolsim.vintages import PRESENT

PACKED_FOLDER = Path(__file__).resolve().parents[1] / "data" / PRESENT
_LOG = logging.getLogger(__name__)

_TOLD_WHEN_LOADED = ("in_halo", *NO_NEIGHBOURS)
PACKED_SCHOOLS = {
    **{name: kind for name, kind in SCHOOL_COLUMNS.items() if name not in _TOLD_WHEN_LOADED},
    "filled": "int16", "ks2_cohort_2018": "int16",
}  # fmt: skip
PACKED_AREAS = {
    **{name: kind for name, kind in AREA_COLUMNS.items() if name not in _TOLD_WHEN_LOADED},
    "deprivation_from": "str", "children_from": "str", "divided": "bool",
}  # fmt: skip


def pack(folder: Path, into: Path = PACKED_FOLDER) -> int:
    """Pack the country found in the raw data `folder`; returns the number of authorities."""
    raw, areas = read_schools(folder), read_areas(folder)
    rule = fit_roll_rule(raw)
    raw = raw.assign(roll=rule.estimate(raw))
    authority, divided = authorities_of(areas, raw)
    areas = fill_areas(areas.assign(authority=authority, divided=divided))
    authorities = list_authorities(folder, raw, areas)
    schools = fill_schools(raw, areas).assign(**published_results(raw), label=_labels(raw, authorities),
        real_name=raw["name"], roll_published=raw.pupils, authority=raw.la_code,
        ks2_cohort_2018=raw.ks2_cohort_2018.fillna(0))  # fmt: skip
    write_table(conform(schools, PACKED_SCHOOLS), into / "schools.parquet")
    write_table(conform(areas, PACKED_AREAS), into / "areas.parquet")
    rows = authorities.to_dict("records")
    write_json(rows, into / "authorities.json")
    write_json(_national(raw, rule), into / "national.json")
    history, record = pack_inspections(folder, raw)
    write_table(history, into / HISTORY_FILE)
    write_json(record, into / RECORD_FILE)
    outlines = pack_outlines(folder, rows)
    write_json(outlines, into / "outlines.json")
    _LOG.info("without an outline: %s", ", ".join(outlines["without_outline"]) or "none")
    return len(authorities)


def list_authorities(folder: Path, raw: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row an authority, in order of code: names, codes, region, sizes and figures."""
    named = raw.drop_duplicates("la_code").set_index("la_code").sort_index()
    _check_areas(named.la_name, areas)
    places = read_table(folder, "places")
    statistical = statistical_codes(places)
    titles = named.la_name.map(tidy_title)
    table = pd.DataFrame({
        "code": named.index, "title": titles, "stem": titles.map(stem_of), "name": titles.map(name_of),
        "statistical_code": [statistical.get(code) or OTHER_CODES.get(code, ("",))[0] for code in named.index],
        "region": named.region,
        **{f"{phase}_count": rows.groupby("la_code").size() for phase, rows in raw.groupby("phase")},
        "pupils": raw.groupby("la_code").roll.sum(),
    })  # fmt: skip
    counts = ["primary_count", "secondary_count"]
    table[counts] = table.reindex(columns=counts).fillna(0).astype(int)
    figures = authority_figures(places, named.region)
    return table.join(figures).join(separate_schools(read_table(folder, "open"), areas, named.region))


def write_json(content: object, path: Path) -> None:
    """Write JSON whole or not at all, with stable order and layout."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    _write_whole(path, text.encode())


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table whole or not at all, without the frame's metadata, which names library versions."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    pq.write_table(arrow, sink, compression="zstd", compression_level=19)
    _write_whole(path, sink.getvalue().to_pybytes())


def _check_areas(names: pd.Series, areas: pd.DataFrame) -> None:
    homeless = names[~names.index.isin(areas.authority)]
    if len(homeless):
        raise InputError("the raw data hold no small areas of these authorities", found=list(homeless))


def _labels(raw: pd.DataFrame, authorities: pd.DataFrame) -> pd.Series:
    """Neutral labels of all schools, numbered within their own authority in order of URN."""
    labels = [
        pd.Series(number_labels(authorities.stem[code], rows.phase), rows.index)
        for code, rows in raw.groupby("la_code")
    ]
    return pd.concat(labels)


def _national(raw: pd.DataFrame, rule: RollRule) -> dict[str, Any]:
    return {"shares": national_shares(raw), "roll_rule": asdict(rule)}


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)


def main(arguments: list[str] | None = None) -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="folder of the raw data")
    parser.add_argument("--into", type=Path, default=PACKED_FOLDER, help="where the packed country goes")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    _LOG.info("packed %d authorities", pack(chosen.folder, chosen.into))


if __name__ == "__main__":
    main()
