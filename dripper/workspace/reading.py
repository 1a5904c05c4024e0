"""The one way from a document to a value of the model: every fault of the file is found, each at its place."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from dripper.workspace.characters import character_problems
from dripper.workspace.explain import explain
from dripper.workspace.model.table import Table
from dripper.workspace.shape import HIDDEN_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator

    from dripper.problem import Problem
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

T = TypeVar("T", bound=Table)

# No count, limit or number of days needs more; the store keeps them in 64 bits and the calendar ends in the year 9999.
_BOUNDS: dict[str, dict[str, Any]] = {
    "int": {"strict": True, "ge": 0, "le": 1_000_000},
    "bool": {"strict": True},
    "date": {"strict": True, "ge": date(1900, 1, 1), "le": date(2199, 12, 31)},
}
_UNKNOWN_KEY = "unexpected_keyword_argument"


def read(
    document: Document, kind: type[T], checks: Sequence[Callable[[Document, T], Iterable[Problem]]]
) -> tuple[T | None, list[Problem]]:
    """Return what `document` says as a value of `kind`, and every problem in it, in order.

    The value is there wherever it could be made, unknown keys left aside; `checks` look at what one key alone cannot
    tell, and only then.
    """
    value, errors = _validated(kind, document.data)
    characters = list(character_problems(document))
    told = {path for path, _ in characters}
    problems = [problem for _, problem in characters]
    problems += [explain(document, kind, error) for error in errors if error["loc"] not in told]
    if value is not None:
        problems += [problem for check in checks for problem in check(document, value)]
    return value, sorted(problems, key=lambda problem: problem.sort_key)


@cache
def adapter_of(kind: Any) -> TypeAdapter[Any]:
    """Return pydantic's view of `kind`."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _validated(kind: type[T], data: dict[str, Any]) -> tuple[T | None, list[Any]]:
    """Return the value and pydantic's errors; where only keys are unknown there are both."""
    from pydantic_core import ValidationError

    errors: list[Any] = []
    if HIDDEN_KEY in data:
        data = {key: value for key, value in data.items() if key != HIDDEN_KEY}
        errors.append({"type": _UNKNOWN_KEY, "loc": (HIDDEN_KEY,), "input": None})
    for _ in range(2):
        try:
            value: T = _validator_of(kind).validate_python(data)
        except ValidationError as error:
            errors += error.errors(include_url=False)
            if any(error["type"] != _UNKNOWN_KEY for error in errors):
                break
            data = _without(data, [error["loc"] for error in errors])
        else:
            return value, errors
    return None, errors


@cache
def _validator_of(kind: Any) -> SchemaValidator:
    """Return a validator that takes TOML's types as they are: no text for a number, no number for true."""
    from pydantic_core import SchemaValidator

    schema = adapter_of(kind).core_schema
    _tighten(schema)
    return SchemaValidator(schema)


def _tighten(schema: Any) -> None:
    if isinstance(schema, dict):
        kind = schema.get("type")
        schema.update(_BOUNDS.get(kind, {}) if isinstance(kind, str) else {})
        if kind == "dataclass-field" and schema["schema"]["type"] == "str":
            # A text that is required must say something.
            schema["schema"]["pattern"] = r"\S"
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            _tighten(item)


def _without(data: Any, paths: Iterable[Path]) -> Any:
    """Return a copy of `data` without what stands at `paths`."""
    here = {path[0] for path in paths if len(path) == 1}
    deeper = [path for path in paths if len(path) > 1]
    if isinstance(data, dict):
        items = ((key, value) for key, value in data.items() if key not in here)
        return {key: _without(value, [path[1:] for path in deeper if path[0] == key]) for key, value in items}
    if isinstance(data, list):
        return [_without(value, [path[1:] for path in deeper if path[0] == index]) for index, value in enumerate(data)]
    return data
