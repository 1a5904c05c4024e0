"""Steps: the places from which on a series stands on another level.

Pettitt's test, used recursively (binary segmentation), proves them; least squares dates them. A search by penalty alone
(PELT) finds more than there is: on the Turing change point data set it does worse than never reporting a change.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import fsum
from typing import TYPE_CHECKING

from dripper.prep.statistics.least_squares import Fit, least_squares
from dripper.prep.statistics.pettitt import pettitt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Fewer values are not searched, and a level held for fewer is no level.
FEWEST = 12
SHORTEST = 4
LEVEL = 0.05
# What a fit leaves of values that it explains wholly is rounding: so small beside them, it must not look like a step.
_DUST = 1e-13


def steps(values: Sequence[float], columns: Sequence[Sequence[float]] = ()) -> list[int]:
    """Return the indices of the first values of new levels, the most certain first.

    `columns` say what else moves the series (such as a line): it is taken out before the test, and fitted together with
    the steps to date them.
    """
    constant = [1.0] * len(values)
    dust = _DUST * max(map(abs, values))
    rest = [left if abs(left) > dust else 0.0 for left in least_squares([constant, *columns], values).rest]
    found = [at for _, at in sorted(_significant(rest, 0))]
    return _dated(values, [constant, *columns], found)


def fit_steps(values: Sequence[float], columns: Sequence[Sequence[float]], starts: Sequence[int]) -> Fit:
    """Fit `values` by `columns`, the first of which is the constant, and one step at each of `starts`.

    Steps beside a constant are means of the stretches between them, so all else is fitted to what differs from those
    (Frisch and Waugh, Econometrica 1 (1933) 387–401): the same as least squares on all columns, many times faster.
    """
    count = len(values)
    bounds = [0, *sorted({at for at in starts if 0 < at < count}), count]
    stretches = list(pairwise(bounds))
    beside = least_squares([_within(column, stretches) for column in columns[1:]], _within(values, stretches))
    fitted = tuple(value - rest for value, rest in zip(values, beside.rest, strict=True))
    levels = list(fitted)
    for weight, column in zip(beside.coefficients, columns[1:], strict=True):
        levels = [level - weight * x for level, x in zip(levels, column, strict=True)]
    jumps = {at: levels[at] - levels[at - 1] for at in bounds[1:-1]}
    return Fit(
        coefficients=(levels[0], *beside.coefficients, *(jumps.get(at, 0.0) for at in starts)),
        fitted=fitted,
        rest=beside.rest,
        rss=beside.rss,
        basis=(*(_unit(count, start, end) for start, end in stretches), *beside.basis),
    )


def _within(values: Sequence[float], stretches: Sequence[tuple[int, int]]) -> list[float]:
    """Return how far each value lies from the mean of its stretch."""
    parts = [values[start:end] for start, end in stretches]
    return [value - mean for part in parts for mean in [fsum(part) / len(part)] for value in part]


def _unit(count: int, start: int, end: int) -> tuple[float, ...]:
    return (*[0.0] * start, *[(end - start) ** -0.5] * (end - start), *[0.0] * (count - end))


def _significant(values: Sequence[float], offset: int, depth: int = 0) -> Iterator[tuple[tuple[int, float], int]]:
    """Yield ((depth, p), index) of each significant change, splitting at it and searching both parts."""
    if len(values) < FEWEST:
        return
    change = pettitt(values, shortest=SHORTEST)
    if change.p < LEVEL:
        yield (depth, change.p), offset + change.at
        yield from _significant(values[: change.at], offset, depth + 1)
        yield from _significant(values[change.at :], offset + change.at, depth + 1)


def _dated(values: Sequence[float], columns: Sequence[Sequence[float]], found: Sequence[int]) -> list[int]:
    """Move each step, the others held, to where it explains most; twice, as the first moves change the ground."""
    places = list(found)
    for i in [*range(len(places))] * 2:
        others = places[:i] + places[i + 1 :]
        fit = fit_steps(values, columns, others)
        low = max((other for other in others if other < places[i]), default=0) + SHORTEST
        high = min((other for other in others if other > places[i]), default=len(values)) - SHORTEST
        if low <= high:
            places[i] = best_place(fit, low, high)
    return places


def best_place(fit: Fit, low: int, high: int) -> int:
    """Return where between `low` and `high` a further step takes most from the residuals of `fit`.

    A step's gain is (c·r)² / (c·c − |Qᵀc|²) with c its column, so that sums from the end serve all places at once.
    """
    gains = _from_end(fit.rest)
    shares = [_from_end(unit) for unit in fit.basis]
    count = len(fit.rest)

    def gain(at: int) -> float:
        new = (count - at) - sum(share[at] ** 2 for share in shares)
        return gains[at] ** 2 / new if new > 1e-9 else 0.0

    return max(range(low, high + 1), key=lambda at: (gain(at), -at))


def _from_end(values: Sequence[float]) -> list[float]:
    return list(accumulate(reversed(values)))[::-1]
