"""What stops a rendering, and the names that do so when they are used: those that are not there, and empty ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn, cast

from jinja2.runtime import StrictUndefined, Undefined


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


def use(value: Undefined) -> NoReturn:
    """Raise what the use of `value` raises."""
    str(value)
    raise RefusedError("an inline if without else has no value")
