"""Which simple shape a series has: level, line, curve, steps, or steps on a line; the lowest BIC decides.

The curve is there so that steady growth is not taken for a staircase, and a walk so that wandering is not: steps are
none where each value follows from the one before it better than from a level.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from dripper.prep.statistics.least_squares import Fit, bic, least_squares
from dripper.prep.statistics.steps import FEWEST, fit_steps, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Shape(StrEnum):
    """The shapes that are weighed against each other."""

    LEVEL = "level"
    LINE = "line"
    CURVE = "curve"
    STEPS = "steps"
    STEPS_ON_LINE = "steps on a line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A shape fitted to a series; `starts` are the indices of the first values of new levels, in order of time."""

    shape: Shape
    fit: Fit
    parameters: int
    starts: tuple[int, ...] = ()


def best_model(times: Sequence[float], values: Sequence[float]) -> Model:
    """Return the model of `values` at `times` with the lowest BIC; steps are looked for from 12 values on."""
    best = Model(shape=Shape.LEVEL, fit=least_squares([[1.0] * len(values)], values), parameters=1)
    total = best.fit.rss

    def score(rss: float, parameters: int) -> float:
        return bic(rss, count=len(values), parameters=parameters, total=total)

    bar = score(best.fit.rss, best.parameters)

    def wins(rss: float, parameters: int) -> bool:
        return score(rss, parameters) < bar

    steady = best
    for model in _models(times, values, wins):
        reached = score(model.fit.rss, model.parameters)
        if reached < bar:
            best, bar = model, reached
            steady = steady if model.starts else model
    # A walk has its first value and its drift.
    return steady if best.starts and score(_walked(times, values), 2) < bar else best


def columns_of(model: Model, times: Sequence[float]) -> list[list[float]]:
    """Return the columns that `model` was fitted with."""
    count = len(times)
    shapes = {Shape.LINE: 1, Shape.STEPS_ON_LINE: 1, Shape.CURVE: 2}
    powers = [[time**power for time in times] for power in range(shapes.get(model.shape, 0) + 1)]
    return [*powers, *([0.0] * at + [1.0] * (count - at) for at in model.starts)]


def _walked(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the sum of squares that a random walk with drift leaves, each step for the usual time between values."""
    gaps = [after - before for before, after in pairwise(times)]
    usual, drift = median(gaps), (values[-1] - values[0]) / (times[-1] - times[0])
    steps = zip(pairwise(values), gaps, strict=True)
    return sum((after - before - drift * gap) ** 2 * usual / gap for (before, after), gap in steps)


def _models(times: Sequence[float], values: Sequence[float], wins: Callable[[float, int], bool]) -> Iterator[Model]:
    """Yield each model but the level, those with steps only where they may win over the ones before."""
    constant = [1.0] * len(values)
    line = [constant, list(times)]
    yield Model(shape=Shape.LINE, fit=least_squares(line, values), parameters=2)
    if len(values) < FEWEST:
        return
    yield Model(shape=Shape.CURVE, fit=least_squares([*line, [t * t for t in times]], values), parameters=3)
    for shape, columns in ((Shape.STEPS, [constant]), (Shape.STEPS_ON_LINE, line)):
        found = steps(values, columns[1:])
        least = fit_steps(values, columns, found).rss if found else 0.0
        for count in range(1, len(found) + 1):
            # A place counts as a parameter. No fewer steps leave less than all of them.
            parameters = len(columns) + 2 * count
            if wins(least, parameters):
                starts = tuple(sorted(found[:count]))
                fit = fit_steps(values, columns, starts)
                yield Model(shape=shape, fit=fit, parameters=parameters, starts=starts)
