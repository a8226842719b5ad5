"""Longitude and latitude become metres of the national grid, as the mapping agency's own test points have them."""

import numpy as np
import pytest

from schoolsim.places.grid import national_grid

# Test points of OSTN15 (Ordnance Survey): longitude, latitude, easting, northing.
KNOWN = {
    "St Mary's": (-6.29977752014, 49.92226393730, 91492.146, 11318.804),
    "Lizard": (-5.20304609998, 49.96006137820, 170370.718, 11572.405),
    "Plymouth": (-4.10864563561, 50.43885825610, 250359.811, 62016.569),
    "St Catherine's": (-1.29782277240, 50.57563665000, 449816.371, 75335.861),
    "North Foreland": (1.44454730409, 51.37447025550, 639821.835, 169565.858),
    "Leeds": (-1.66379168242, 53.8002151963, 422242.186, 433818.701),
}


@pytest.mark.parametrize("place", KNOWN)
def test_a_known_point_lies_within_ten_metres_of_where_it_is(place):
    longitude, latitude, easting, northing = KNOWN[place]
    found = national_grid(np.array([longitude]), np.array([latitude]))
    assert np.hypot(found[0] - easting, found[1] - northing) < 10


def test_a_table_of_points_keeps_its_shape():
    eastings, northings = national_grid(np.full((2, 3), -2.0), np.full((2, 3), 53.0))
    assert eastings.shape == northings.shape == (2, 3)
    assert np.ptp(eastings) == np.ptp(northings) == 0
