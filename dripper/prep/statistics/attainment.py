"""How far the way from baseline to goal has been gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def attainment(*, baseline: float, goal: float, now: float) -> float | None:
    """Return (now − baseline) / (goal − baseline): 0 at the baseline, 1 at the goal.

    It is never capped: below 0 the metric moved away from its goal, above 1 it passed it. `None` where the goal is the
    baseline, for then there is no way to go. The same formula serves both directions, as the signs cancel.
    """
    way = goal - baseline
    # Zero has no sign.
    return (now - baseline) / way + 0.0 if way else None


def share_inside(values: Sequence[float], *, low: float, high: float) -> float | None:
    """Return the share of `values` inside the band from `low` to `high`, ends included; `None` without values."""
    return sum(low <= value <= high for value in values) / len(values) if values else None
