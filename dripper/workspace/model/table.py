"""What every table and every value of a file shares: how its keys are spelled and how it is read."""

from __future__ import annotations

from typing import Any, ClassVar, Self

_KEYS = {
    "contacts": "contact",
    "contact_list": "contacts",
    "demands": "demand",
    "facts": "fact",
    "mailboxes": "mailbox",
    "messages": "message",
    "metrics": "metric",
    "metric_ids": "metrics",
    "metric_source": "metrics",
    "objectives": "objective",
    "options": "option",
    "promises": "promise",
    "questions": "question",
    "trades": "trade",
    # Set by the reader; the brackets keep it out of the user's reach.
    "file": "<file>",
}


def toml_key(field: str) -> str:
    """Return the key in the file that the dataclass field `field` stands for."""
    return _KEYS.get(field, field.rstrip("_"))


class Table:
    """Base of every dataclass that stands for a table of a file."""

    __slots__ = ()


class WrongTypeError(ValueError):
    """A TOML value of the wrong type, where another spelling of the same type might have been right."""


class Value:
    """Base of a value that has rules of its own: an amount, a zone, an address.

    `parse` takes what TOML gave (text, number, list, table) and raises `ValueError` with a sentence that names what is
    wrong and shows a right one; `WrongTypeError` where the TOML type itself is wrong.
    """

    __slots__ = ()
    # A right one, as it is written in a file; and what a value looks like, for the JSON Schema of the files.
    example: ClassVar[str] = ""
    json_schema: ClassVar[dict[str, Any]] = {"type": "string"}

    @classmethod
    def parse(cls, value: object) -> Self:
        """Return the value that `value`, as TOML gave it, stands for."""
        raise NotImplementedError


def text_of(value: object, example: str) -> str:
    """Return `value` when it is text, else raise `WrongTypeError` that shows `example`."""
    if not isinstance(value, str):
        raise WrongTypeError(f"expected text such as {example}, found {kind_of(value)}")
    return value


def kind_of(value: object) -> str:
    """Name the TOML type of `value` for a user."""
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    return type(value).__name__


def _kinds() -> tuple[tuple[type | tuple[type, ...], str], ...]:
    from datetime import date, datetime, time
    from decimal import Decimal

    return (
        (bool, "true or false"),
        (str, "text"),
        ((int, float, Decimal), "a number"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (time, "a time"),
        ((list, tuple), "a list"),
        (dict, "a table"),
    )


_KINDS = _kinds()
