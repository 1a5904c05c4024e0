"""The normal distribution, as far as the tests and intervals here need it."""

from __future__ import annotations

from math import erfc, sqrt

# The quantiles that leave 80% and 95% in the middle.
Z_80 = 1.2815515655446004
Z_95 = 1.959963984540054


def below(z: float) -> float:
    """Return the share of the standard normal distribution that lies below `z`."""
    return erfc(-z / sqrt(2)) / 2


def two_sided(z: float) -> float:
    """Return the two-sided p-value of the standard normal score `z`."""
    return erfc(abs(z) / sqrt(2))
