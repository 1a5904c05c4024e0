"""Where a value stands among those of peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Below this many peers a percentile claims more than there is: a place is told instead.
FEWEST_FOR_PERCENTILE = 8


def percentile_rank(value: float, peers: Sequence[float]) -> float:
    """Return the mean percentile rank: the share of peers below, those that are equal counting half."""
    below = sum(peer < value for peer in peers)
    equal = sum(peer == value for peer in peers)
    return (below + equal / 2) / len(peers)


def place(value: float, peers: Sequence[float], *, higher_is_better: bool) -> tuple[int, int]:
    """Return the place among all, 1 for the best, and how many there are; equal values share the better place."""
    ahead = sum(peer > value if higher_is_better else peer < value for peer in peers)
    return ahead + 1, len(peers) + 1
