"""The one way from a document to a value of the model: every fault of the file is found, each at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dripper.workspace.characters import character_problems
from dripper.workspace.explain import explain
from dripper.workspace.faults import Fault
from dripper.workspace.mending import as_meant, filled, without
from dripper.workspace.model.table import Table
from dripper.workspace.schema import validator_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dripper.problem import Problem
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

T = TypeVar("T", bound=Table)
# Whether what stands at a path is the file's own, not a stand-in.
IsOwn = Callable[["Path"], bool]

_UNKNOWN_KEY = "unexpected_keyword_argument"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """What a file says."""

    # What may be acted upon: there where no key is wrong or missing; unknown keys are left aside.
    value: T | None
    # With stand-ins for what is wrong or missing, so for checks alone; None where nothing can be made of the file.
    mended: T | None
    # With the data of `mended`, and the places of its stand-ins.
    document: Document
    problems: list[Problem]

    def named(self, name: Callable[[T, IsOwn], T]) -> Read[T]:
        """Return the same with what the reader adds to a value; `name` may ask whether a path is the file's own."""
        value = None if self.value is None else name(self.value, lambda _path: True)
        if self.mended is self.value:
            return replace(self, value=value, mended=value)
        return replace(
            self, value=value, mended=None if self.mended is None else name(self.mended, self.document.is_own)
        )


def read(document: Document, kind: type[T], checks: Sequence[Callable[[Document, T], Iterable[Problem]]]) -> Read[T]:
    """Return what `document` says as a value of `kind`, and every problem in it, in order.

    `checks` tell what one key alone cannot; they look at what is right and keep off what a stand-in stands for.
    """
    characters = list(character_problems(document))
    broken = {path for path, _ in characters}
    value, errors = _validated(kind, document.data)
    whole, mended = document, value
    if errors:
        unknown = [error["loc"] for error in errors if error["type"] == _UNKNOWN_KEY]
        if len(unknown) == len(errors):
            value, _ = _validated(kind, without(document.data, unknown))
        document, mended, errors = _mended(document, kind, errors)
    problems = [problem for _, problem in characters]
    problems += [explain(whole, kind, error) for error in errors if error["loc"] not in broken]
    if mended is not None:
        told = {problem.span for problem in problems if problem.code != Fault.MISSING_KEY.code}
        problems += [found for check in checks for found in check(document, mended) if found.span not in told]
    problems.sort(key=lambda problem: problem.sort_key)
    return Read(value=value, mended=mended, document=document, problems=problems)


def _validated(kind: Any, data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the value, or pydantic's errors."""
    from pydantic_core import ValidationError

    try:
        return validator_of(kind).validate_python(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _mended(document: Document, kind: type[T], errors: list[Any]) -> tuple[Document, T | None, list[Any]]:
    """Return the document with stand-ins, its value, and the errors to tell: no key is missing that is misspelled."""
    unknown = [error for error in errors if error["type"] == _UNKNOWN_KEY]
    data, moved = as_meant(kind, document.data, [error["loc"] for error in unknown])
    left = _validated(kind, data)[1] if unknown else errors
    paths = [error["loc"] for error in left]
    mended = document.mended(filled(kind, data, paths), frozenset({*moved, *paths}))
    value, _ = _validated(kind, mended.data)
    return mended, value, [*unknown, *(error for error in left if not _is_within(error["loc"], moved))]


def _is_within(path: Path, tables: Collection[Path]) -> bool:
    return any(path[: len(table)] == table for table in tables)
