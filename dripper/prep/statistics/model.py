"""Which simple shape a series has: level, line, curve, steps, or steps on a line; the lowest BIC decides.

The curve is there so that steady growth is not taken for a staircase.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dripper.prep.statistics.least_squares import Fit, bic, least_squares
from dripper.prep.statistics.steps import FEWEST, fit_steps, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
    total = least_squares([[1.0] * len(values)], values).rss

    def score(model: Model) -> float:
        return bic(model.fit.rss, count=len(values), parameters=model.parameters, total=total)

    return min(_models(times, values), key=score)


def columns_of(model: Model, times: Sequence[float]) -> list[list[float]]:
    """Return the columns that `model` was fitted with."""
    count = len(times)
    shapes = {Shape.LINE: 1, Shape.STEPS_ON_LINE: 1, Shape.CURVE: 2}
    powers = [[time**power for time in times] for power in range(shapes.get(model.shape, 0) + 1)]
    return [*powers, *([0.0] * at + [1.0] * (count - at) for at in model.starts)]


def _models(times: Sequence[float], values: Sequence[float]) -> Iterator[Model]:
    constant = [1.0] * len(values)
    line = [constant, list(times)]
    yield Model(shape=Shape.LEVEL, fit=least_squares([constant], values), parameters=1)
    yield Model(shape=Shape.LINE, fit=least_squares(line, values), parameters=2)
    if len(values) < FEWEST:
        return
    yield Model(shape=Shape.CURVE, fit=least_squares([*line, [t * t for t in times]], values), parameters=3)
    yield from _stepped(Shape.STEPS, values, [constant], steps(values))
    yield from _stepped(Shape.STEPS_ON_LINE, values, line, steps(values, line[1:]))


def _stepped(
    shape: Shape, values: Sequence[float], columns: Sequence[Sequence[float]], found: Sequence[int]
) -> Iterator[Model]:
    """Yield a model for the first step found, for the first two, and so on; a place counts as a parameter."""
    for count in range(1, len(found) + 1):
        starts = tuple(sorted(found[:count]))
        fit = fit_steps(values, columns, starts)
        yield Model(shape=shape, fit=fit, parameters=len(columns) + 2 * count, starts=starts)
