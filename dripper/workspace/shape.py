"""What may stand where in a file, told from the model's dataclasses: the keys of a table, and an example of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import tomli

from dripper.workspace.model.table import Table, Value, toml_key

# The key of a field that the reader sets itself; nobody may write it.
HIDDEN_KEY = toml_key("file")

_EXAMPLES: Mapping[type, str] = {str: '"…"', bool: "true", int: "5", date: "2026-12-01"}


@cache
def keys_of(table: Any) -> Mapping[str, Any]:
    """Return the type of each key that `table` knows, in the order of the fields."""
    keys = {toml_key(name): kind for name, kind in field_types(table).items()}
    keys.pop(HIDDEN_KEY, None)
    return MappingProxyType(keys)


@cache
def field_types(table: Any) -> Mapping[str, Any]:
    """Return the type of each field of `table`, without the `None` of one that may be left out."""
    hints = get_type_hints(table)
    return MappingProxyType({field.name: _bare(hints[field.name]) for field in fields(table)})


def type_at(kind: type[Table], path: tuple[str | int, ...]) -> Any:
    """Return the type that stands at `path` in a file of `kind`; `None` where no key leads there."""
    here: Any = kind
    for step in path:
        if is_table(here):
            here = keys_of(here).get(step) if isinstance(step, str) else None
        elif get_origin(here) is tuple and isinstance(step, int):
            here = get_args(here)[0]
        elif get_origin(here) is dict and isinstance(step, str):
            here = _bare(get_args(here)[1])
        else:
            return None
    return here


def known_at(kind: type[Table], path: tuple[str | int, ...]) -> Mapping[str, Any]:
    """Return the keys that may stand in the table at `path`; none where no table of the model stands."""
    here = type_at(kind, path)
    return keys_of(here) if is_table(here) else {}


def is_table(kind: Any) -> bool:
    """Whether `kind` is one table of a file."""
    return isinstance(kind, type) and issubclass(kind, Table)


def holds_tables(kind: Any) -> bool:
    """Whether `kind` is a list or a named set of tables."""
    return get_origin(kind) in (tuple, dict) and any(is_table(argument) for argument in get_args(kind))


def item_of(kind: Any) -> Any:
    """Return the type of each item of a list or a named set; `kind` itself where it is neither."""
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    return get_args(kind)[1] if get_origin(kind) is dict else kind


def line_of(key: str, kind: Any) -> str:
    """Return a line that sets `key` rightly, as a person would write it."""
    if is_table(kind):
        return f"[{key}]"
    if holds_tables(kind):
        return f"[[{key}]]" if get_origin(kind) is tuple else f"[{key}.NAME]"
    return f"{key} = {example_of(kind)}"


def example_of(kind: Any) -> str:
    """Return a right value of `kind` as TOML."""
    if get_origin(kind) is tuple:
        return f"[{example_of(get_args(kind)[0])}]"
    if get_origin(kind) is dict:
        return f"{{ name = {example_of(get_args(kind)[1])} }}"
    if is_table(kind):
        required = {toml_key(field.name) for field in fields(kind) if _is_required(field)}
        inside = ", ".join(f"{name} = {example_of(inner)}" for name, inner in keys_of(kind).items() if name in required)
        return f"{{ {inside} }}" if inside else "{}"
    if issubclass(kind, StrEnum):
        return f'"{next(iter(kind))}"'
    return kind.example if issubclass(kind, Value) else _EXAMPLES[kind]


def stand_in(kind: Any) -> Any:
    """Return a right value of `kind` as the parser would give it."""
    return tomli.loads(f"value = {example_of(kind)}", parse_float=Decimal)["value"]


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _bare(hint: Any) -> Any:
    """Return `hint` without its `None`."""
    if get_origin(hint) is UnionType:
        (hint,) = (argument for argument in get_args(hint) if argument is not type(None))
    return hint
