"""The one way from a document to a value of the model: every fault of the file is found, each at its place."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from dripper.workspace.characters import character_problems
from dripper.workspace.explain import explain
from dripper.workspace.faults import Fault
from dripper.workspace.model.table import Table
from dripper.workspace.schema import validator_of
from dripper.workspace.shape import stand_in, type_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dripper.problem import Problem
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

T = TypeVar("T", bound=Table)

_UNKNOWN_KEY = "unexpected_keyword_argument"
_GONE = object()


def read(
    document: Document, kind: type[T], checks: Sequence[Callable[[Document, T], Iterable[Problem]]]
) -> tuple[T | None, list[Problem]]:
    """Return what `document` says as a value of `kind`, and every problem in it, in order.

    The value is there where nothing is wrong but unknown keys, which are left aside. `checks` tell what one key alone
    cannot.
    """
    characters = list(character_problems(document))
    broken = {path for path, _ in characters}
    value, errors = _validated(kind, document.data)
    problems = [problem for _, problem in characters]
    problems += [explain(document, kind, error) for error in _causes(errors) if error["loc"] not in broken]
    if value is not None:
        told = {problem.span for problem in problems if problem.code != Fault.MISSING_KEY.code}
        problems += [found for check in checks for found in check(document, value) if found.span not in told]
    whole = all(error["type"] == _UNKNOWN_KEY for error in errors)
    return value if whole else None, sorted(problems, key=lambda problem: problem.sort_key)


def _validated(kind: Any, data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the value and pydantic's errors; with both, each fault was mended, so that the checks can go on."""
    from pydantic_core import ValidationError

    validator = validator_of(kind)
    try:
        return validator.validate_python(data), []
    except ValidationError as error:
        errors: list[Any] = list(error.errors(include_url=False))
    try:
        return validator.validate_python(_mended(kind, data, errors)), errors
    except ValidationError:
        return None, errors


def _mended(kind: Any, data: dict[str, Any], errors: list[Any]) -> dict[str, Any]:
    """Return a copy of `data` without its unknown keys, and with an example where a value is wrong or missing."""
    for error in errors:
        path = error["loc"]
        data = _changed(data, path, _GONE if error["type"] == _UNKNOWN_KEY else stand_in(type_at(kind, path)))
    return data


def _changed(data: Any, path: Path, value: Any) -> Any:
    """Return a copy of `data` with `value` at `path`, or without what is there; where no table leads there, `data`."""
    if not isinstance(data, dict | list):
        return data
    copy: Any = data.copy()
    step, *rest = path
    if rest:
        copy[step] = _changed(copy[step], tuple(rest), value)
    elif value is not _GONE:
        copy[step] = value
    elif step in copy:
        del copy[step]
    return copy


def _causes(errors: list[Any]) -> list[Any]:
    """Return `errors` without the keys that are missing only because they are misspelled or stand elsewhere."""
    unknown = [error["loc"] for error in errors if error["type"] == _UNKNOWN_KEY]

    def is_consequence(path: Path) -> bool:
        table, key = path[:-1], str(path[-1])
        return any(
            (loc[-1] == key and loc[: len(table)] == table)
            or (loc[:-1] == table and bool(get_close_matches(loc[-1], [key], cutoff=0.6)))
            for loc in unknown
        )

    return [error for error in errors if error["type"] != "missing" or not is_consequence(error["loc"])]
