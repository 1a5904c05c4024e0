"""Insert what is not there yet, whoever else inserts it at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Table
    from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert those of `rows` whose key is free; return how many that were."""
    # Without `inline` the engine would ask for the key back, and count nothing.
    statement = _insert(connection, table).on_conflict_do_nothing().inline()
    options = {"preserve_rowcount": True}
    return sum(connection.execute(statement, row, execution_options=options).rowcount for row in rows)


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return the insert of the engine in use; the other's words are not even imported."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
