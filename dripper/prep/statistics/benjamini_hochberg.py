"""Benjamini–Hochberg: what is left of many p-values once one remembers how many tests were made.

Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300. Twenty metrics
tested at .05 each give one false finding on average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return the adjusted p-values (q) in the given order: claiming all q ≤ .05 keeps false claims under 5%."""
    count = len(p_values)
    adjusted = [1.0] * count
    least = 1.0
    falling = sorted(range(count), key=lambda i: p_values[i], reverse=True)
    for rank, i in zip(range(count, 0, -1), falling, strict=True):
        least = min(least, p_values[i] * count / rank)
        adjusted[i] = least
    return adjusted
