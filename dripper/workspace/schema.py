"""The rules of each file kind for pydantic's core, made from the dataclasses of the model.

Only the core is loaded here; the whole of pydantic would cost more than reading a workspace. TOML's types are taken as
they are: no text for a number, no number for true.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic_core import SchemaValidator, core_schema

from dripper.workspace.model.table import Value, toml_key
from dripper.workspace.shape import HIDDEN_KEY, field_types, is_table

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

# No count, limit or number of days needs more; the store keeps them in 64 bits.
_MOST = 1_000_000
# Arithmetic with time zones needs room on both sides of the dates that it can hold.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


@cache
def validator_of(kind: Any) -> SchemaValidator:
    """Return the validator of a file kind."""
    return SchemaValidator(core_schema_of(kind))


@cache
def core_schema_of(kind: Any) -> CoreSchema:
    """Return the rules of `kind`: a table, a list, a value with rules of its own, or one of TOML's types."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return core_schema.tuple_schema([core_schema_of(arguments[0])], variadic_item_index=0)
    if get_origin(kind) is dict:
        return core_schema.dict_schema(core_schema.str_schema(), core_schema_of(arguments[1]))
    if is_table(kind):
        return _table(kind)
    if issubclass(kind, Value):
        return core_schema.no_info_plain_validator_function(
            kind.parse, metadata={"pydantic_js_functions": [_drawn(kind)]}
        )
    if issubclass(kind, StrEnum):
        return core_schema.enum_schema(kind, list(kind), sub_type="str")
    return _PLAIN[kind]


_PLAIN: dict[type, CoreSchema] = {
    str: core_schema.str_schema(),
    bool: core_schema.bool_schema(strict=True),
    int: core_schema.int_schema(strict=True, ge=0, le=_MOST),
    date: core_schema.date_schema(strict=True, ge=_FIRST, le=_LAST),
}


def _table(kind: Any) -> CoreSchema:
    types = field_types(kind)
    rules = [_field(field, types[field.name]) for field in fields(kind)]
    return core_schema.dataclass_schema(
        kind,
        core_schema.dataclass_args_schema(kind.__name__, rules),
        [field.name for field in fields(kind)],
        slots=True,
        frozen=True,
        config=core_schema.CoreConfig(extra_fields_behavior="forbid"),
    )


def _field(field: Field[Any], kind: Any) -> core_schema.DataclassField:
    schema = core_schema_of(kind)
    if field.default_factory is not MISSING:
        schema = core_schema.with_default_schema(schema, default_factory=field.default_factory)
    elif field.default is not MISSING:
        schema = core_schema.with_default_schema(schema, default=field.default)
    elif kind is str:
        # A text that is required must say something.
        schema = core_schema.str_schema(pattern=r"\S")
    key = toml_key(field.name)
    return core_schema.dataclass_field(
        field.name, schema, kw_only=True, validation_alias=key, init=False if key == HIDDEN_KEY else None
    )


def _drawn(kind: type[Value]) -> Any:
    """Return what draws `kind` into a JSON Schema."""

    def draw(*_: object) -> dict[str, Any]:
        return {**kind.json_schema, "examples": [json.loads(kind.example)]}

    return draw
