"""How many of some instants any window holds, wherever it begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta


def most_within(instants: Iterable[datetime], window: timedelta) -> int:
    """Return how many instants the fullest window of that length holds; two of that distance are not in one.

    A window of no length holds nothing.
    """
    ordered = sorted(instants) if window > timedelta() else []
    most = first = 0
    for number, at in enumerate(ordered):
        while ordered[first] <= at - window:
            first += 1
        most = max(most, number - first + 1)
    return most
