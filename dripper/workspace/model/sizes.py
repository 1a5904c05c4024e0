"""Whether numbers can be of one unit: shares beside percent, euros beside thousands are of other sizes altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.workspace.model.account import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from decimal import Decimal

    from dripper.workspace.model.account import Metric
    from dripper.workspace.model.values import Number

# Units differ by 60, 100, 1,000 and more; what a client relationship moves hardly ever does so much.
UNITS_APART = 50


def are_apart(these: Collection[Decimal], those: Collection[Decimal]) -> bool:
    """Whether each of `these` is 50 times all of `those` or more, or a 50th or less; zeros have no size."""
    sizes, others = ([abs(value) for value in values if value] for values in (these, those))
    if not sizes or not others:
        return False
    return min(sizes) >= UNITS_APART * max(others) or min(others) >= UNITS_APART * max(sizes)


def misfits(metric: Metric, values: Sequence[Decimal]) -> tuple[str, ...]:
    """Return which keys of `metric` its values are another size than: all that it states, or none.

    A baseline and peers were measured, so values are near them; one of 0 is a beginning, which says nothing. A goal
    alone may lie far off, but for a share.
    """
    measured = dict(_measured(metric))
    aims = {"goal": metric.goal, "better": metric.better.low or metric.better.high}
    is_share = metric.kind is Kind.RATE or metric.unit == "%"
    if any(0 in numbers for numbers in measured.values()) or not (measured or is_share):
        return ()
    stated = measured | {key: [aim] for key, aim in aims.items() if aim}
    return tuple(stated) if are_apart(values, [number for numbers in stated.values() for number in numbers]) else ()


def strays(metric: Metric, values: Sequence[Decimal]) -> tuple[str, ...]:
    """Return which measured keys of `metric` its values are another size than, though others that it states fit."""
    return tuple(key for key, numbers in _measured(metric) if are_apart(values, numbers))


def _measured(metric: Metric) -> Iterator[tuple[str, list[Number]]]:
    if metric.baseline is not None:
        yield "baseline", [metric.baseline]
    if metric.benchmark is not None:
        yield "benchmark", list(metric.benchmark.values)
