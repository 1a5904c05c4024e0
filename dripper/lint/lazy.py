"""A property that is made once, on first use, as `functools.cached_property` does, but without its lock.

Until Python 3.12 that lock is taken for every value; a text has a dozen such values, and the linter reads thousands of
texts a second in one thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - it is used as a word, as `property` is
    """Keeps what `make` returns in the object itself, where it is found from then on."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value
