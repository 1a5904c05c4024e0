"""Statements that a worker runs for every group, made ready once for each engine.

SQLAlchemy looks at a statement and its values anew each time, which for these costs more than the database does. Here
its text, the order of its values and whatever is fixed in it are kept, and the rows come back as the driver has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, CursorResult, Dialect
    from sqlalchemy.sql.base import Executable
    from sqlalchemy.sql.compiler import SQLCompiler


class _Made(NamedTuple):
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
        self._made: dict[str, _Made] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> CursorResult[Any]:
        """Run it; rows are what the driver makes of them, so ask for words and numbers only."""
        made = self._for(connection.dialect)
        return connection.exec_driver_sql(made.text, made.filled(values))

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, object]]) -> None:
        """Run it once for each of `rows`."""
        made = self._for(connection.dialect)
        filled: Sequence[Any] = [made.filled(values) for values in rows]
        connection.exec_driver_sql(made.text, filled)

    def _for(self, dialect: Dialect) -> _Made:
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _made(self._statement, dialect)
        return made


def _made(statement: Any, dialect: Dialect) -> _Made:
    compiled: SQLCompiler = statement.compile(dialect=dialect)
    processed = {name: process for name, process in compiled._bind_processors.items() if callable(process)}  # noqa: SLF001 - what `execute` does too
    open_names = {bind.key for bind in compiled.binds.values() if bind.required}
    fixed = {name: value for name, value in compiled.params.items() if name not in open_names}
    fixed = {name: processed[name](value) if name in processed else value for name, value in fixed.items()}
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    return _Made(compiled.string, order, fixed, processed)
