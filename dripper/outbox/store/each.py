"""A list of rows as one parameter: a statement about many is the same statement whatever their number.

The list goes over as JSON, which both engines read in place, so the text of a statement is compiled, prepared and
planned once, and a row costs no more than its values.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Subquery
    from sqlalchemy.sql.compiler import SQLCompiler


class _Elements(FunctionElement[Any]):
    """The elements of a JSON list as the column `value`."""

    inherit_cache = True
    name = "elements"


@compiles(_Elements, "sqlite")
def _of_sqlite(element: _Elements, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Elements, "postgresql")
def _of_postgresql(element: _Elements, compiler: SQLCompiler, **kw: Any) -> str:
    # By the condition, which always holds, the server counts on one row, and finds the others by their keys.
    rows = f"json_array_elements(CAST({compiler.process(element.clauses, **kw)} AS json))"
    return f"(SELECT value FROM {rows} WHERE json_typeof(value) = 'array')"  # noqa: S608 - a bound parameter


class _Octets(FunctionElement[bytes]):
    """The octets of a text in ASCII."""

    inherit_cache = True
    name = "octets"
    type = sa.LargeBinary()


@compiles(_Octets, "sqlite")
def _octets_of_sqlite(element: _Octets, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS BLOB)"


@compiles(_Octets, "postgresql")
def _octets_of_postgresql(element: _Octets, compiler: SQLCompiler, **kw: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **kw)}, 'UTF8')"


def octets(text: ColumnElement[str]) -> ColumnElement[bytes]:
    """Return a text in ASCII as a value for a column of bytes."""
    return _Octets(text)


def each(name: str, **columns: type[int | str]) -> Subquery:
    """Return the rows of the parameter `name` (see `listed`), with `columns` in their order, as a table of a query."""
    elements = _Elements(sa.bindparam(name, type_=sa.Text())).table_valued(sa.column("value", sa.JSON()))

    def field(place: int, type_: type[int | str]) -> ColumnElement[Any]:
        text = elements.c.value[place].as_string()
        return sa.cast(text, sa.BigInteger) if type_ is int else text

    fields = [field(place, type_).label(column) for place, (column, type_) in enumerate(columns.items())]
    return sa.select(*fields).subquery(name)


def listed(rows: Iterable[tuple[str | int | None, ...]]) -> str:
    """Return rows as the value of such a parameter."""
    return json.dumps(list(rows), separators=(",", ":"))
