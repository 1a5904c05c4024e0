"""The sandbox that templates run in: names, arithmetic and a few filters, nothing of Python, and a bound on everything.

A template is written by a user, but a list of contacts or a campaign may come from somebody else. So attributes are
looked up in mappings only, calls do not exist, and each operation pays from a budget.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from typing import Any, NoReturn, cast

from jinja2 import pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context as Names
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

# A name that no template can spell.
BUDGET = " budget"
LONGEST_TEXT_CHARS = 10_000
LARGEST_NUMBER = 10**18
_STEPS = 100_000
_LOOP_TURN = 100

_ARITHMETIC = Context(prec=28)
_ON_DECIMALS: dict[str, Callable[[Any, Any], Decimal]] = {
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
_LOOP_NAMES = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})


class CostlyError(Exception):
    """The template would take endless time or space."""


class RefusedError(Exception):
    """The template does what templates cannot do here; `str()` says what."""


class MissingNameError(Exception):
    """A template prints or uses a name that is not there, or that is empty (`blank`)."""

    def __init__(self, message: str, *, name: str, owner: object, blank: bool) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner
        self.blank = blank


class Missing(StrictUndefined):
    """A name that is not there: any use of it raises `MissingNameError`."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = None, name: Any = None, exc: object = None) -> None:
        error = partial(MissingNameError, name=str(name or ""), owner=obj, blank=False)
        super().__init__(hint, obj, name, cast("Any", error))


class Blank(Undefined):
    """A name that is there and empty: it may be asked about (`{% if contact.role %}`), but not printed."""

    __slots__ = ()

    def __init__(self, obj: Any, name: str) -> None:
        error = partial(MissingNameError, name=name, owner=obj, blank=True)
        super().__init__("", obj, name, cast("Any", error))

    def __eq__(self, other: object) -> bool:
        return other == "" or isinstance(other, Blank)

    def __hash__(self) -> int:
        return hash("")

    def __str__(self) -> str:
        return str(self._fail_with_undefined_error())

    def __iter__(self) -> Iterator[Any]:
        self._fail_with_undefined_error()

    def __len__(self) -> int:
        return 0


class Budget:
    """What one rendering may still spend."""

    def __init__(self) -> None:
        self._left = _STEPS

    def spend(self, steps: int) -> None:
        """Take `steps`; raise `CostlyError` where too few are left."""
        self._left -= steps
        if self._left < 0:
            raise CostlyError


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with the names of the values and nothing else."""

    intercepted_binops = frozenset(_ON_DECIMALS)

    def __init__(self) -> None:
        super().__init__(
            undefined=Missing,
            keep_trailing_newline=True,
            autoescape=False,
            finalize=shown,
            cache_size=0,
            optimized=False,
        )
        self.globals.clear()
        self.filters = dict(_FILTERS)
        self.tests = {name: TESTS[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a mapping holds under a name, or a property of `loop`; never an attribute of an object."""
        if isinstance(obj, Mapping):
            value = obj.get(attribute, _NOTHING)
            if value is not _NOTHING:
                return Blank(obj=obj, name=attribute) if isinstance(value, str) and value == "" else value
        elif isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        elif isinstance(obj, Undefined):
            _use(obj)
        return Missing(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a mapping, a list or a text."""
        if isinstance(obj, str | list | tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else Missing(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Names, operator: str, left: Any, right: Any) -> Any:
        """Compute with numbers exactly, and join texts; refuse all else."""
        budget_of(context).spend(1)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _joined(context, (left, right))
        return _computed(operator, _number(left), _number(right))


def shown(value: Any) -> str:
    """Return `value` as the reader sees it; numbers stay as they were written."""
    if value is None:
        return ""
    if isinstance(value, str | int | float | Decimal | Undefined):
        # Of the undefined only an inline `if` without `else` prints, as nothing; a missing name raises.
        return str(value)
    if isinstance(value, list | tuple):
        raise RefusedError("a list cannot be printed as it is: write {{ names | join(', ') }}")
    raise RefusedError("this is a group of names: choose one of them with a dot")


def budget_of(context: Names) -> Budget:
    """Return what the running rendering may spend."""
    budget = context.resolve(BUDGET)
    assert isinstance(budget, Budget)
    return budget


def _use(value: Undefined) -> NoReturn:
    str(value)
    raise RefusedError("an inline if without else has no value")


def _number(value: Any) -> int | Decimal:
    if isinstance(value, Undefined):
        _use(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise RefusedError(f"only numbers can be computed with, not {_kind(value)}")
    number = value if isinstance(value, int) else Decimal(str(value))
    if isinstance(number, Decimal) and not number.is_finite():
        raise RefusedError("only finite numbers can be computed with")
    return _bounded(number)


def _read(value: Any) -> int | Decimal:
    """Return a number, also from a text such as a cell of a list of contacts."""
    try:
        return _number(Decimal(value.strip()) if isinstance(value, str) else value)
    except ArithmeticError as error:
        raise RefusedError(f"{_kind(value)} is no number") from error


def _bounded(number: int | Decimal) -> int | Decimal:
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        raise CostlyError
    return number


def _computed(sign: str, left: int | Decimal, right: int | Decimal) -> int | Decimal:
    if sign == "**" and not -64 <= right <= 64:
        raise CostlyError
    try:
        if isinstance(left, int) and isinstance(right, int) and sign in _ON_INTEGERS:
            return _bounded(_ON_INTEGERS[sign](left, right))
        return _bounded(_ON_DECIMALS[sign](left, right))
    except ArithmeticError as error:
        raise RefusedError("this cannot be computed (a division by zero?)") from error


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f'text ("{value[:20]}")'
    return "true or false" if isinstance(value, bool) else "a group of names" if isinstance(value, Mapping) else "this"


@pass_context
def _turns(context: Names, values: Any) -> Any:
    """Pass on what a loop runs over, and pay for each turn."""
    if isinstance(values, Undefined):
        _use(values)
    if not isinstance(values, list | tuple | str | Mapping):
        raise RefusedError("a loop needs a list")
    budget_of(context).spend(_LOOP_TURN * len(values))
    return values


@pass_context
def _joined(context: Names, values: Any, between: str = "") -> str:
    if isinstance(values, Undefined):
        _use(values)
    pieces = [shown(value) for value in values]
    length = sum(map(len, pieces)) + len(between) * len(pieces)
    budget_of(context).spend(length // 10 + 1)
    if length > LONGEST_TEXT_CHARS:
        raise CostlyError
    return between.join(pieces)


@pass_context
def _replace(context: Names, value: Any, old: str, new: str) -> str:
    text = shown(value)
    return _joined(context, text.split(old) if old else [text], new)


def _round(value: Any, precision: Any = 0) -> Decimal:
    """Round half away from zero, as people do."""
    if not isinstance(precision, int) or not 0 <= precision <= 12:
        raise RefusedError("round takes a number of decimals from 0 to 12")
    return Decimal(_read(value)).quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP, _ARITHMETIC)


def _default(value: Any, instead: Any = "") -> Any:
    return instead if isinstance(value, Undefined) else value


_NOTHING = object()
_TESTS = ("defined", "undefined", "none", "number", "string", "in", "even", "odd", "eq", "ne", "lt", "le", "gt", "ge")
_FILTERS: dict[str, Callable[..., Any]] = {
    **{name: FILTERS[name] for name in ("lower", "upper", "title", "capitalize", "trim", "first", "last", "length")},
    "abs": lambda value: abs(_number(value)),
    "int": lambda value: int(_read(value)),
    "number": _read,
    "round": _round,
    "join": _joined,
    "replace": _replace,
    "default": _default,
    "d": _default,
    " turns": _turns,
    " joined": _joined,
}
