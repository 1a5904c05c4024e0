"""Statements that a worker runs for every group, made ready once for each engine.

SQLAlchemy looks at a statement and its values anew each time, which for these costs more than the database does. Here
its text, the order of its values and whatever is fixed in it are kept, and the rows come back as the driver has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, CursorResult, Dialect
    from sqlalchemy.sql.base import Executable
    from sqlalchemy.sql.compiler import SQLCompiler


class Made(NamedTuple):
    """A statement as one engine takes it."""

    text: str
    # The names of the values in their order, where the driver knows them by their places.
    order: tuple[str, ...] | None
    fixed: dict[str, Any]
    # From a value to what the driver takes.
    processed: Mapping[str, Callable[[Any], Any]]

    def filled(self, values: Mapping[str, object]) -> dict[str, Any] | tuple[Any, ...]:
        """Return all values as the driver takes them."""
        every = dict(self.fixed)
        for name, value in values.items():
            process = self.processed.get(name)
            every[name] = value if process is None else process(value)
        return every if self.order is None else tuple([every[name] for name in self.order])


class Ready:
    """One statement with named parameters; a list (`IN`) is none of them, see `each` for that."""

    def __init__(self, statement: Executable) -> None:
        """Take it; it is compiled with its first use."""
        self._statement = statement
        self._made: dict[str, Made] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> CursorResult[*tuple[Any, ...]]:
        """Run it; rows are what the driver makes of them, so ask for words and numbers only."""
        made = self.made_for(connection.dialect)
        return connection.exec_driver_sql(made.text, made.filled(values))

    def made_for(self, dialect: Dialect) -> Made:
        """Return it as an engine takes it."""
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _made(self._statement, dialect)
        return made


class Told(NamedTuple):
    """What came of a statement: its rows where it has some, and how many it changed."""

    rows: list[tuple[Any, ...]]
    changed: int


def together(connection: Connection, jobs: Sequence[tuple[Ready, Mapping[str, object]]]) -> list[Told]:
    """Run statements one after the other, on a server without waiting for the answer of one before the next is sent."""
    driver: Any = connection.dialect.loaded_dbapi
    raw = connection.connection.driver_connection
    # A PostgreSQL driver over a libpq before 14 cannot do it either.
    if raw is None or not hasattr(driver, "Pipeline") or not driver.Pipeline.is_supported():
        return [_told(ready.run(connection, values)) for ready, values in jobs]
    text = ""
    try:
        with raw.pipeline():
            cursors = []
            for ready, values in jobs:
                made = ready.made_for(connection.dialect)
                text = made.text
                cursors.append(raw.cursor().execute(text, made.filled(values)))
        return [Told(cursor.fetchall() if cursor.description else [], cursor.rowcount) for cursor in cursors]
    except driver.Error as error:
        is_lost = connection.dialect.is_disconnect(error, raw, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(text, None, error, driver.Error, connection_invalidated=is_lost) from error


def _told(result: CursorResult[*tuple[Any, ...]]) -> Told:
    rows = [tuple(row) for row in result] if result.returns_rows else []
    return Told(rows, result.rowcount)


def _made(statement: Any, dialect: Dialect) -> Made:
    compiled: SQLCompiler = statement.compile(dialect=dialect)
    processed = {name: process for name, process in compiled._bind_processors.items() if callable(process)}  # noqa: SLF001 - what `execute` does too
    open_names = {bind.key for bind in compiled.binds.values() if bind.required}
    fixed = {name: value for name, value in compiled.params.items() if name not in open_names}
    fixed = {name: processed[name](value) if name in processed else value for name, value in fixed.items()}
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    return Made(compiled.string, order, fixed, processed)
