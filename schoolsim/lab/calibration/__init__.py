"""Calibration: from what is known beforehand to the shipped values, by the method of simulated moments."""

from pathlib import Path

DESIGN_FILE = "design.yaml"


def names_design(path: str | Path) -> bool:
    """Whether this names a design: a folder that should hold one, or a file of that name."""
    return Path(path).is_dir() or Path(path).name == DESIGN_FILE
