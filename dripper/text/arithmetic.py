"""Exact arithmetic for templates: whole numbers and decimals of bounded size, and nothing else."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from jinja2.runtime import Undefined

from dripper.text.missing import CostlyError, RefusedError, use

LARGEST_NUMBER = 10**18

_ARITHMETIC = Context(prec=28)
ON_DECIMALS: dict[str, Callable[[Any, Any], Decimal]] = {
    "+": _ARITHMETIC.add,
    "-": _ARITHMETIC.subtract,
    "*": _ARITHMETIC.multiply,
    "/": _ARITHMETIC.divide,
    "//": _ARITHMETIC.divide_int,
    "%": _ARITHMETIC.remainder,
    "**": _ARITHMETIC.power,
}
_ON_INTEGERS: dict[str, Callable[[int, int], int]] = {
    "+": operators.add,
    "-": operators.sub,
    "*": operators.mul,
    "//": operators.floordiv,
    "%": operators.mod,
}


def number(value: Any) -> int | Decimal:
    """Return `value`, a number, exact as it was written; raise `RefusedError` for anything else."""
    if isinstance(value, Undefined):
        use(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise RefusedError(f"only numbers can be computed with, not {kind_of(value)}")
    exact = value if isinstance(value, int) else Decimal(str(value))
    if isinstance(exact, Decimal) and not exact.is_finite():
        raise RefusedError("only finite numbers can be computed with")
    return _bounded(exact)


def read_number(value: Any) -> int | Decimal:
    """Return a number, also from a text such as a cell of a list of contacts."""
    try:
        return number(Decimal(value.strip()) if isinstance(value, str) else value)
    except ArithmeticError as error:
        raise RefusedError(f"{kind_of(value)} is no number") from error


def _bounded(value: int | Decimal) -> int | Decimal:
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise CostlyError
    return value


def computed(sign: str, left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """Return `left` and `right` joined by the operator `sign`; raise `RefusedError`, or `CostlyError` out of bounds."""
    if sign == "**" and not -64 <= right <= 64:
        raise CostlyError
    try:
        if isinstance(left, int) and isinstance(right, int) and sign in _ON_INTEGERS:
            return _bounded(_ON_INTEGERS[sign](left, right))
        return _bounded(ON_DECIMALS[sign](left, right))
    except ArithmeticError as error:
        raise RefusedError("this cannot be computed (a division by zero?)") from error


def kind_of(value: object) -> str:
    """Return what `value` is, in the user's words."""
    if isinstance(value, str):
        return f'text ("{value[:20]}")'
    return "true or false" if isinstance(value, bool) else "a group of names" if isinstance(value, Mapping) else "this"


def rounded(value: Any, precision: Any = 0) -> Decimal:
    """Round half away from zero, as people do."""
    if not isinstance(precision, int) or not 0 <= precision <= 12:
        raise RefusedError("round takes a number of decimals from 0 to 12")
    return Decimal(read_number(value)).quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP, _ARITHMETIC)
