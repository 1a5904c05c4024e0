"""Copying a store into another, whichever engine each is on, and comparing what arrived, row by row."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dripper.errors import StoreError
from dripper.outbox.store.tables import meta, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_AT_ONCE = 1000
# The version stands there already, and where a store was copied to is its own affair.
_TABLES = tuple(table for table in metadata.sorted_tables if table is not meta)


def counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table."""
    count = sa.select(sa.func.count())
    return {table.name: connection.execute(count.select_from(table)).scalar_one() for table in _TABLES}


def copy(source: Connection, target: Connection) -> dict[str, int]:
    """Put every row of `source` into the empty tables of `target`; return how many, by table.

    `StoreError` where what arrived is not the same.
    """
    for table in _TABLES:
        for rows in _rows(source, table).partitions(_AT_ONCE):
            target.execute(sa.insert(table), [dict(row._mapping) for row in rows])  # noqa: SLF001 - public
        _go_on_counting(target, table)
    return {table.name: _compared(source, target, table) for table in _TABLES}


def _compared(source: Connection, target: Connection, table: Table) -> int:
    count = 0
    for one, other in zip_longest(_rows(source, table), _rows(target, table)):
        if one is None or other is None or tuple(one) != tuple(other):
            raise StoreError(
                f"table {table.name} arrived differently after {count} rows, so nothing was copied",
                cure="`dripper store check` examines the store that was copied from",
            )
        count += 1
    return count


def _rows(connection: Connection, table: Table) -> sa.CursorResult[Any]:
    """Return every row in the order of its key, a few at a time in memory."""
    query = sa.select(table).order_by(*table.primary_key)
    return connection.execute(query, execution_options={"stream_results": True, "yield_per": _AT_ONCE})


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Have PostgreSQL number the next row after those that brought their number along; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    last = connection.scalar(sa.select(sa.func.max(column)))
    if last is not None:
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(sa.select(sa.func.setval(sequence, last)))
