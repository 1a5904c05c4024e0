"""Steps: the places from which on a series stands on another level.

Pettitt's test, used recursively (binary segmentation), proves them; least squares dates them. A search by penalty alone
(PELT) finds more than there is: on the Turing change point data set it does worse than never reporting a change.
"""

from __future__ import annotations

from bisect import bisect
from functools import cache
from itertools import accumulate, pairwise
from math import fsum
from typing import TYPE_CHECKING

from dripper.prep.statistics.least_squares import Fit, least_squares
from dripper.prep.statistics.pettitt import pettitt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Fewer values are not searched, and a level held for fewer is no level.
FEWEST = 12
SHORTEST = 4
LEVEL = 0.05


def steps(values: Sequence[float], columns: Sequence[Sequence[float]] = ()) -> list[int]:
    """Return the indices of the first values of new levels, the most certain first.

    `columns` say what else moves the series (such as a line): it is taken out before the test, and fitted together with
    the steps to date them.
    """
    fit = least_squares([[1.0] * len(values), *columns], values)
    dust = fit.dust
    rest = [left if abs(left) > dust else 0.0 for left in fit.rest]
    found = [at for _, at in sorted(_significant(rest, 0))]
    return _dated(values, columns, found)


def fit_steps(values: Sequence[float], columns: Sequence[Sequence[float]], starts: Sequence[int]) -> Fit:
    """Fit `values` by `columns`, the first of which is the constant, and one step at each of `starts`.

    Steps beside a constant are means of the stretches between them, so all else is fitted to what differs from those
    (Frisch and Waugh, Econometrica 1 (1933) 387–401): the same as least squares on all columns, many times faster.
    The basis is that of the columns, as far as they differ from the means of the stretches.
    """
    bounds = _bounds(starts, len(values))
    beside = _beside(values, columns[1:], bounds)
    weighted = list(zip(beside.coefficients, columns[1:], strict=True))

    def level(at: int) -> float:
        return values[at] - beside.rest[at] - sum(weight * column[at] for weight, column in weighted)

    jumps = {at: level(at) - level(at - 1) for at in bounds[1:-1]}
    return Fit(
        values=tuple(values),
        coefficients=(level(0), *beside.coefficients, *(jumps.get(at, 0.0) for at in starts)),
        rest=beside.rest,
        basis=beside.basis,
    )


def _bounds(starts: Iterable[int], count: int) -> tuple[int, ...]:
    """Return the ends of the stretches that stand on one level each."""
    return (0, *sorted({at for at in starts if 0 < at < count}), count)


def _beside(values: Sequence[float], columns: Sequence[Sequence[float]], bounds: Sequence[int]) -> Fit:
    """Fit what differs from the means of the stretches."""
    return least_squares([_within(column, bounds) for column in columns], _within(values, bounds))


def _within(values: Sequence[float], bounds: Sequence[int]) -> list[float]:
    """Return how far each value lies from the mean of its stretch."""
    parts = [values[start:end] for start, end in pairwise(bounds)]
    return [value - mean for part in parts for mean in [fsum(part) / len(part)] for value in part]


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

    @cache
    def best(bounds: tuple[int, ...], start: int, end: int) -> int:
        return best_place(_beside(values, columns, bounds), start, end)

    places = list(found)
    for i in [*range(len(places))] * 2:
        bounds = _bounds(places[:i] + places[i + 1 :], len(values))
        after = bisect(bounds, places[i])
        start, end = bounds[after - 1], bounds[after]
        if end - start >= 2 * SHORTEST:
            # Without columns beside the steps nothing but the stretch itself counts.
            places[i] = best(bounds if columns else _bounds((start, end), len(values)), start, end)
    return places


def best_place(fit: Fit, start: int, end: int) -> int:
    """Return where in the stretch from `start` to `end` a further step takes most from the residuals of `fit`.

    A step's gain is (c·r)² / (c·c − |Qᵀc|²) with c its column less the mean of the stretch, so that sums from the end
    serve all places at once.
    """
    size = end - start
    new = [at * (size - at) / size for at in range(size)]
    for unit in fit.basis:
        new = [length - share * share for length, share in zip(new, _from_end(unit[start:end]), strict=True)]
    shares = _from_end(fit.rest[start:end])
    gains = [share * share / length if length > 1e-9 else 0.0 for share, length in zip(shares, new, strict=True)]
    likely = gains[SHORTEST : size - SHORTEST + 1]
    return start + SHORTEST + likely.index(max(likely))


def _from_end(values: Sequence[float]) -> list[float]:
    return list(accumulate(reversed(values)))[::-1]
