"""Metrics in Parquet files: DuckDB reads only the columns and the rows of the account that is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dripper.errors import SourceError
from dripper.problem import Span
from dripper.workspace.metrics import columns_of
from dripper.workspace.queried import Queried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WANTED = ("account", "metric", "date", "value")
_BATCH = 5_000
# Nothing is fetched from elsewhere, whatever a file's name or content asks for.
_SHUT = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class Parquet:
    """The files of one pattern, below the workspace unless it is absolute."""

    def __init__(self, pattern: str, *, root: Path) -> None:
        self.name = pattern
        self._root = root
        self._pattern = str(root / pattern)
        self._names: list[str] = []

    def rows(self, account: str) -> Iterator[Queried]:
        """Yield the rows of one account, each with its file and its number there; raise `SourceError`."""
        duckdb = _duckdb()
        try:
            with duckdb.connect(config=_SHUT) as connection:
                names = self._columns(connection)
                selected = ", ".join(_quoted(names[name]) for name in WANTED[1:])
                answer = connection.execute(
                    f"SELECT {selected}, filename, file_row_number "  # noqa: S608 - names of columns, quoted
                    "FROM read_parquet(?, filename=true, file_row_number=true, union_by_name=true) "
                    f"WHERE CAST({_quoted(names['account'])} AS VARCHAR) = ? ORDER BY filename, file_row_number",
                    [self._pattern, account],
                )
                while batch := answer.fetchmany(_BATCH):
                    yield from map(self._row, batch)
        except duckdb.Error as error:
            raise self._closed(error) from error

    def _columns(self, connection: Any) -> dict[str, str]:
        """Return what the files call each column that is wanted."""
        if not self._names:
            described = "DESCRIBE SELECT * FROM read_parquet(?, union_by_name=true)"
            self._names = [name for name, *_ in connection.execute(described, [self._pattern]).fetchall()]
        places = columns_of(self._names)
        missing = [name for name in WANTED if name not in places]
        if missing:
            raise SourceError(
                f"{self.name} has no column {' and none '.join(missing)}; it has {', '.join(self._names)}",
                cure=f"write the files with the columns {', '.join(WANTED)}",
            )
        return {name: self._names[place] for name, place in places.items()}

    def _row(self, row: tuple[Any, ...]) -> Queried:
        metric, on, value, file, number = row
        line = number + 1
        span = Span(line=line, column=1, end_line=line, end_column=1)
        name = os.path.relpath(file, self._root).replace(os.sep, "/")
        return Queried(metric, on, value, name, span, f"row {line:,}")

    def _closed(self, error: Exception) -> SourceError:
        first = str(error).partition("\n")[0].replace(f"{self._root}{os.sep}", "")
        if "No files found" in first:
            return SourceError(
                f"no file is called {self.name}", cure='correct source in [metrics], such as "data/*.parquet"'
            )
        return SourceError(f"{self.name} cannot be read: {first}", cure="write the files anew, as Parquet")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _duckdb() -> Any:
    try:
        return import_module("duckdb")
    except ImportError as error:
        raise SourceError(
            "the metrics are in Parquet files, and the package duckdb is not installed",
            cure="`python -m pip install 'dripper[duckdb]'`",
        ) from error
