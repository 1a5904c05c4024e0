"""Least squares on a few columns, and the BIC that weighs one such fit against another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from math import fsum, inf, log
from operator import mul, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The smallest number that has a logarithm worth the name: what is left of values that are all equal may be nothing.
_TINY = 1e-300
# What a fit leaves of values that it explains wholly is rounding: so small beside them, it must look like nothing.
_DUST = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How the columns explain the values, and what they leave of them (`rest`)."""

    values: tuple[float, ...]
    coefficients: tuple[float, ...]
    rest: tuple[float, ...]
    # Orthonormal vectors that span the columns and those before them; zeros for a column that says nothing new.
    basis: tuple[tuple[float, ...], ...]

    @property
    def dust(self) -> float:
        """Return the size up to which what is left is rounding."""
        return _DUST * max(map(abs, self.values))

    @property
    def rss(self) -> float:
        """Return the sum of squares of what is left."""
        return _dot(self.rest, self.rest)

    @property
    def fitted(self) -> tuple[float, ...]:
        """Return what the columns explain."""
        return tuple(value - left for value, left in zip(self.values, self.rest, strict=True))


def least_squares(
    columns: Sequence[Sequence[float]], values: Sequence[float], *, beside: Sequence[Sequence[float]] = ()
) -> Fit:
    """Fit `values` by `columns`, by orthogonal columns (modified Gram–Schmidt; Björck, BIT 7 (1967) 1–21).

    A column that the ones before it already explain gets the coefficient 0. `beside` is the basis of columns that come
    before these, `values` being what those left: the coefficients are those that these have in a fit of all.
    """
    rest = list(values)
    basis = [list(unit) for unit in beside]
    upper: list[list[float]] = []
    shares: list[float] = []
    for column in columns:
        left, row = list(column), []
        for unit in basis:
            row.append(_dot(unit, left))
            left = _less(left, row[-1], unit)
        size = _dot(column, column) ** 0.5
        length = _dot(left, left) ** 0.5 if basis else size
        dependent = length <= 1e-9 * size
        basis.append([0.0] * len(rest) if dependent else [x / length for x in left])
        upper.append([*row[len(beside) :], 0.0 if dependent else length])
        shares.append(_dot(basis[-1], rest))
        rest = _less(rest, shares[-1], basis[-1])
    return Fit(
        values=tuple(values),
        coefficients=_solved(upper, shares),
        rest=tuple(rest),
        basis=tuple(map(tuple, basis)),
    )


def bic(rss: float, *, count: int, parameters: int, total: float) -> float:
    """Return Schwarz's criterion, lower is better, with McQuarrie's correction for few values.

    Sources: Annals of Statistics 6 (1978) 461–464; Statistics & Probability Letters 44 (1999) 79–86. Uncorrected, the
    effects of twelve months fitted to two years of values often win. `total` is the sum of squares about the mean: a
    fit without residuals is held at a trillionth of it, so that exact data can be weighed too, and
    values that are all equal.
    """
    free = count - parameters - 2
    if free <= 0:
        return inf
    return count * log(max(rss, 1e-12 * total, _TINY) / count) + parameters * log(count) * count / free


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return fsum(map(mul, left, right))


def _less(values: Sequence[float], share: float, unit: Sequence[float]) -> list[float]:
    return list(map(sub, values, map(mul, repeat(share), unit)))


def _solved(upper: Sequence[Sequence[float]], shares: Sequence[float]) -> tuple[float, ...]:
    """Solve the triangular system, `upper[j][i]` being the share of basis vector i in column j."""
    found = [0.0] * len(shares)
    for i in reversed(range(len(shares))):
        known = fsum(upper[j][i] * found[j] for j in range(i + 1, len(shares)))
        found[i] = (shares[i] - known) / upper[i][i] if upper[i][i] else 0.0
    return tuple(found)
