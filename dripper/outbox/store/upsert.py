"""Insert what is not there yet, whoever else inserts it at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Table


def insert_new(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert those of `rows` whose key is free; return how many that were."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert
    # Without `inline` the engine would ask for the key back, and count nothing.
    statement = insert(table).on_conflict_do_nothing().inline()
    options = {"preserve_rowcount": True}
    return sum(connection.execute(statement, row, execution_options=options).rowcount for row in rows)
