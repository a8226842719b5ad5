"""From longitude and latitude to metres of the national grid, in which schools and small areas are given.

The way is that of Ordnance Survey's "A guide to coordinate systems in Great Britain": a Helmert shift of seven
numbers from WGS84 to OSGB36, then a transverse Mercator projection. It errs by a few metres, which no map here shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Ellipsoid:
    """The figure of the earth that a datum goes by; half axes in metres."""

    major: float
    minor: float

    @property
    def eccentricity(self) -> float:
        """The first eccentricity, squared."""
        return 1 - (self.minor / self.major) ** 2


WGS84 = Ellipsoid(6378137.0, 6356752.314245)
AIRY = Ellipsoid(6377563.396, 6356256.909)
SHIFT = np.array([-446.448, 125.157, -542.060])  # metres
TURN = np.radians(np.array([-0.1502, -0.2470, -0.8421]) / 3600)  # seconds of arc
STRETCH = 20.4894e-6
TRUE_ORIGIN = np.radians([-2.0, 49.0])
FALSE_ORIGIN = (400_000.0, -100_000.0)
SCALE = 0.9996012717


def national_grid(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eastings and northings (metres, OSGB36) of points given in degrees (WGS84), all of one shape."""
    return _mercator(*_to_airy(np.radians(longitude), np.radians(latitude)))


def _to_airy(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same points on the ellipsoid of the national grid, in radians."""
    across = WGS84.major / np.sqrt(1 - WGS84.eccentricity * np.sin(latitude) ** 2)
    point = np.stack([
        across * np.cos(latitude) * np.cos(longitude),
        across * np.cos(latitude) * np.sin(longitude),
        (1 - WGS84.eccentricity) * across * np.sin(latitude),
    ])  # fmt: skip
    (x, y, z), (turn_x, turn_y, turn_z) = point, TURN
    turned = np.stack([turn_y * z - turn_z * y, turn_z * x - turn_x * z, turn_x * y - turn_y * x])
    shift = SHIFT.reshape(3, *[1] * np.ndim(longitude))
    x, y, z = shift + (1 + STRETCH) * point + turned
    return np.arctan2(y, x), _latitude(np.hypot(x, y), z)


def _latitude(from_axis: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Latitude of a point by its distance from the earth's axis and from the equator's plane (metres)."""
    latitude = np.arctan2(z, from_axis * (1 - AIRY.eccentricity))
    for _ in range(4):  # each round gains about three digits
        across = AIRY.major / np.sqrt(1 - AIRY.eccentricity * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + AIRY.eccentricity * across * np.sin(latitude), from_axis)
    return latitude


def _mercator(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The projection, in powers of the distance from the meridian; letters and numerals are those of the guide."""
    sin, cos, tan2 = np.sin(latitude), np.cos(latitude), np.tan(latitude) ** 2
    bulge = 1 - AIRY.eccentricity * sin**2
    nu = AIRY.major * SCALE / np.sqrt(bulge)
    rho = AIRY.major * SCALE * (1 - AIRY.eccentricity) / bulge**1.5
    eta2 = nu / rho - 1
    one = _meridian_arc(latitude) + FALSE_ORIGIN[1]
    two = nu / 2 * sin * cos
    three = nu / 24 * sin * cos**3 * (5 - tan2 + 9 * eta2)
    three_a = nu / 720 * sin * cos**5 * (61 - 58 * tan2 + tan2**2)
    four = nu * cos
    five = nu / 6 * cos**3 * (nu / rho - tan2)
    six = nu / 120 * cos**5 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2)
    east = longitude - TRUE_ORIGIN[0]
    northing = one + two * east**2 + three * east**4 + three_a * east**6
    return FALSE_ORIGIN[0] + four * east + five * east**3 + six * east**5, northing


def _meridian_arc(latitude: np.ndarray) -> np.ndarray:
    """Metres along the meridian from the true origin."""
    n = (AIRY.major - AIRY.minor) / (AIRY.major + AIRY.minor)
    apart, together = latitude - TRUE_ORIGIN[1], latitude + TRUE_ORIGIN[1]
    terms = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * apart,
        -(3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(apart) * np.cos(together),
        15 / 8 * (n**2 + n**3) * np.sin(2 * apart) * np.cos(2 * together),
        -35 / 24 * n**3 * np.sin(3 * apart) * np.cos(3 * together),
    )
    return AIRY.minor * SCALE * sum(terms)
