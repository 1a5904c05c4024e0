"""The sandbox that templates run in: names, arithmetic and a few filters, nothing of Python, and a bound on everything.

A template is written by a user, but a list of contacts or a campaign may come from somebody else. So attributes are
looked up in mappings only, calls do not exist, and each operation pays from a budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context as Names
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from dripper.text.arithmetic import ON_DECIMALS, computed, number, read_number, rounded
from dripper.text.missing import Blank, CostlyError, Missing, RefusedError, use

# Names that no template can spell.
BUDGET = " budget"
TAKEN = " taken"
LONGEST_TEXT_CHARS = 10_000
_STEPS = 100_000
_LOOP_TURN = 100

_LOOP_NAMES = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})


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

    intercepted_binops = frozenset(ON_DECIMALS)

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
                return Blank(obj=obj, name=attribute) if isinstance(value, str) and not value.strip() else value
        elif isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        elif isinstance(obj, Undefined):
            use(obj)
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
        return computed(operator, number(left), number(right))


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


@pass_context
def _turns(context: Names, values: Any) -> Any:
    """Pass on what a loop runs over, and pay for each turn."""
    if isinstance(values, Undefined):
        use(values)
    if not isinstance(values, list | tuple | str | Mapping):
        raise RefusedError("a loop needs a list")
    budget_of(context).spend(_LOOP_TURN * len(values))
    return values


@pass_context
def _taken(context: Names, value: Any, branch: int) -> Any:
    """Pass on a value, and note that its branch was taken."""
    context.resolve(TAKEN).add(branch)
    return value


@pass_context
def _joined(context: Names, values: Any, between: str = "") -> str:
    if isinstance(values, Undefined):
        use(values)
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


def _default(value: Any, instead: Any = "") -> Any:
    return instead if isinstance(value, Undefined) else value


_NOTHING = object()
_TESTS = ("defined", "undefined", "none", "number", "string", "in", "even", "odd", "eq", "ne", "lt", "le", "gt", "ge")
_FILTERS: dict[str, Callable[..., Any]] = {
    **{name: FILTERS[name] for name in ("lower", "upper", "title", "capitalize", "trim", "first", "last", "length")},
    "abs": lambda value: abs(number(value)),
    "int": lambda value: int(read_number(value)),
    "number": read_number,
    "round": rounded,
    "join": _joined,
    "replace": _replace,
    "default": _default,
    "d": _default,
    " turns": _turns,
    " taken": _taken,
    " joined": _joined,
}
