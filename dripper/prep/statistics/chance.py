"""The chance that a goal is met on its date, in tenths: more would be false precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.prep.statistics.projection import Walk


def chance_above(walk: Walk, goal: float, h: float) -> float:
    """Return the chance, in tenths, of at least `goal` after `h` periods."""
    return _tenths(1 - walk.chance_below(goal, h))


def chance_below(walk: Walk, goal: float, h: float) -> float:
    """Return the chance, in tenths, of at most `goal` after `h` periods."""
    return _tenths(walk.chance_below(goal, h))


def chance_inside(walk: Walk, low: float, high: float, h: float) -> float:
    """Return the chance, in tenths, of a value from `low` to `high` after `h` periods."""
    return _tenths(walk.chance_below(high, h) - walk.chance_below(low, h))


def _tenths(chance: float) -> float:
    return round(chance, 1) + 0.0
