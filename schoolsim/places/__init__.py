"""Places: real authorities from the open data, and invented towns."""

from schoolsim.places.frame import Place
from schoolsim.places.place import load_place, place_names

__all__ = ["Place", "load_place", "place_names"]
