"""Whether a series goes on in another unit: shares become percent, euros become thousands."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from dripper.workspace.model.sizes import UNITS_APART

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def rescaled(values: Sequence[Decimal]) -> int | None:
    """Return the index from which on every value is 50 times all before it, or a 50th; `None` where there is none.

    Zeros, which have no size, and a value of the other sign say nothing.
    """
    sizes = [abs(value) for value in values]
    if len(sizes) < 2 or min(sizes) == 0 or min(values) < 0 < max(values):
        return None
    highest, lowest = list(accumulate(sizes, max)), list(accumulate(sizes, min))
    later_highest, later_lowest = (list(accumulate(reversed(sizes), take))[::-1] for take in (max, min))
    for at in range(1, len(sizes)):
        if later_lowest[at] >= UNITS_APART * highest[at - 1] or lowest[at - 1] >= UNITS_APART * later_highest[at]:
            return at
    return None
