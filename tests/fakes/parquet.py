"""Parquet files for the tests, written by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TYPES = "account VARCHAR, metric VARCHAR, date DATE, value DOUBLE"


def write_parquet(path: Path, rows: Iterable[Sequence[object]], types: str = TYPES) -> None:
    """Write rows with the columns that `types` declares."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({types})")
        places = ", ".join("?" for _ in types.split(", "))
        for row in rows:
            connection.execute(f"INSERT INTO t VALUES ({places})", list(row))
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
