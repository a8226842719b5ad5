"""Packs the raw open data of an authority into the small files that ship inside the package.

    python -m schoolsim.places.pack RAW_DATA_DIR [--authority 355 ...] [--into FOLDER]

Each authority becomes `<name>/schools.parquet`, `areas.parquet` and `facts.json`; beside them
`national.json` (shares of the whole country) and `catalogue.json` (names a place answers to). Packing twice
gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.errors import InputError
from schoolsim.places import facts as say
from schoolsim.places.fill import fill_areas, fill_schools
from schoolsim.places.raw import districts_of, read_areas, read_schools, read_table
from schoolsim.places.rolls import RollRule, fit_roll_rule

SHIPPED = (355,)
PACKED_FOLDER = Path(__file__).resolve().parents[1] / "data" / "places"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class RawCountry:
    """The raw data of the whole country, and what is fitted on them."""

    schools: pd.DataFrame
    areas: pd.DataFrame
    places: pd.DataFrame
    districts: pd.Series
    rule: RollRule

    @classmethod
    def read(cls, folder: Path) -> RawCountry:
        """Read and tidy everything in the folder of raw data."""
        schools, areas = read_schools(folder), read_areas(folder)
        districts = districts_of(schools, areas)
        return cls(schools, areas, read_table(folder, "places"), districts, fit_roll_rule(schools))

    def of(self, code: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The raw schools and areas of one authority."""
        schools = self.schools[self.schools.la_code == code]
        areas = self.areas[self.areas.district.map(self.districts) == code]
        for what, rows in (("schools", schools), ("small areas", areas)):
            if rows.empty:
                raise InputError(
                    f"the raw data hold no {what} of this authority", key="--authority", found=code
                )
        return schools, areas


def pack(folder: Path, authorities: tuple[int, ...] = SHIPPED, into: Path = PACKED_FOLDER) -> list[str]:
    """Pack the authorities (codes) found in the raw data `folder`; returns the names of the packed places."""
    country = RawCountry.read(folder)
    names = [pack_authority(country, code, into) for code in authorities]
    write_json(say.national_shares(country.schools), into / "national.json")
    write_json(list_aliases(into), into / "catalogue.json")
    return names


def list_aliases(folder: Path) -> dict[str, list[str]]:
    """What else (lower case) each packed place of the folder answers to."""
    catalogue = {}
    for path in sorted(folder.glob("*/facts.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        aliases = (told["title"], told["authority_code"], told["statistical_code"])
        catalogue[path.parent.name] = [str(alias).lower() for alias in aliases if alias]
    return catalogue


def pack_authority(country: RawCountry, code: int, into: Path) -> str:
    """Pack one authority; returns its name."""
    raw, raw_areas = country.of(code)
    title = re.sub(r" *\(.*\)", "", str(raw.la_name.iloc[0]))
    stem = re.sub(r"[^A-Za-z]+", "-", title).strip("-")
    rolls = country.rule.estimate(raw)
    schools, school_notes = fill_schools(raw.assign(roll=rolls), country.schools, country.areas, stem)
    areas, area_notes = fill_areas(raw_areas)
    figures, figure_notes = say.authority_figures(country.places, code)
    place_facts = {
        **say.heading(code, say.statistical_code(country.places, code), title, stem),
        **figures,
        "roll_rule": say.roll_facts(country.rule, raw, rolls),
        "pupils": say.pupil_facts(schools),
        "imputed": say.imputed_list(school_notes + area_notes + figure_notes),
    }
    _write_place(into / stem.lower(), schools, areas, place_facts)
    return stem.lower()


def write_json(content: object, path: Path) -> None:
    """Write JSON whole or not at all, with stable order and layout."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    _write_whole(path, text.encode())


def _write_place(
    folder: Path, schools: pd.DataFrame, areas: pd.DataFrame, place_facts: dict[str, Any]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("schools", schools), ("areas", areas)):
        # without the frame's metadata, which names library versions
        arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
        sink = pa.BufferOutputStream()
        pq.write_table(arrow, sink, compression="zstd")
        _write_whole(folder / f"{name}.parquet", sink.getvalue().to_pybytes())
    write_json(place_facts, folder / "facts.json")


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
    parser.add_argument(
        "--authority", type=int, nargs="+", default=list(SHIPPED), help="authority codes of 2019"
    )
    parser.add_argument("--into", type=Path, default=PACKED_FOLDER, help="where the packed places go")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    _LOG.info("packed: %s", ", ".join(pack(chosen.folder, tuple(chosen.authority), chosen.into)))


if __name__ == "__main__":
    main()
