"""How many decimals a value is shown with: what was measured as it is written, what was computed as far as it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

# A value with more decimals was computed, by a program that wrote down all the digits it had.
MEASURED_DECIMALS = 4


def places(value: Decimal) -> int:
    """Return how many decimals `value` is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def places_of(values: Sequence[Decimal]) -> int:
    """Return the most decimals that `values` need.

    Of computed ones it is enough that the largest has four digits, and what lies between all of them three.
    """
    most = 0
    for value in values:
        # Only a value with more digits than any before is looked at.
        if places(value) > most:
            most = max(most, places(value.normalize()))
    return most if most <= MEASURED_DECIMALS else min(most, _telling(values))


def _telling(values: Sequence[Decimal]) -> int:
    low, high = min(values), max(values)
    sizes = ((4, max(abs(low), abs(high))), (3, high - low))
    return max(0, *(digits - 1 - size.adjusted() if size else 0 for digits, size in sizes))
