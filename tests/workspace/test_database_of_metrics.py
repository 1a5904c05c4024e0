from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fakes.postgres import Postgres
from sqlalchemy import create_engine, text

from dripper.errors import SourceError
from dripper.problem import Span
from dripper.workspace.database import Database
from dripper.workspace.queried import read_account

QUERY = "select client as account, metric, day as date, value from figures"
PLACE = Span(line=7, column=9, end_line=7, end_column=20)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres.start()
    yield server
    server.stop()


def _database(folder: Path, url: str = "sqlite:///figures.db", query: str = QUERY, password: str = "") -> Database:
    return Database(url, query, root=folder, span=PLACE, password=(lambda: password) if password else None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "figures.db") as connection:
        connection.execute("create table figures (client text, metric text, day text, value)")
        rows = [("acme", "r", "2026-02-28", 2), ("acme", "r", "2026-01-31", 1.5), ("globex", "r", "2026-01-31", 9)]
        connection.executemany("insert into figures values (?, ?, ?, ?)", rows)
    connection.close()
    return tmp_path


@pytest.mark.parametrize("query", [QUERY, f"{QUERY};", f"\n  {QUERY}  ;\n"], ids=["plain", "semicolon", "blanks"])
def test_the_query_is_asked_for_one_account(folder: Path, query: str) -> None:
    readings = read_account(_database(folder, query=query), "acme")

    assert readings.problems == []
    assert {key: each.points for key, each in readings.series.items()} == {
        ("acme", "r"): ((date(2026, 1, 31), Decimal("1.5")), (date(2026, 2, 28), Decimal(2)))
    }
    assert readings.series["acme", "r"].source == "the query of [metrics]"


def test_a_bad_row_is_told_where_the_query_stands(folder: Path) -> None:
    with sqlite3.connect(folder / "figures.db") as connection:
        connection.execute("insert into figures values ('acme', 'r', '2026-03-31', 'n/a')")
    connection.close()

    readings = read_account(_database(folder), "acme")
    (problem,) = readings.problems
    assert (problem.file, problem.span) == ("dripper.toml", PLACE)
    assert problem.message == 'row 3 of the answer: "n/a" is no number'
    assert readings.series["acme", "r"].bad_rows == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select 1 as account, 'r' as metric", "yields no date and no value; it yields account, metric"),
        ("select * from nowhere", "cannot be read: no such table: nowhere"),
        ("select value from figures", "cannot be read: no such column: account"),
    ],
    ids=["columns", "no table", "no account"],
)
def test_a_query_that_cannot_be_asked_is_told(folder: Path, query: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_account(_database(folder, query=query), "acme")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:///other.db", "there is no database other.db"),
        ("nonsense://host/x", "no driver is known for url"),
        ("mysql+pymysql://dana@host/x", "the driver of the database is not installed: pymysql"),
        ("no address", "is no address of a database"),
    ],
    ids=["no file", "no dialect", "no driver", "no address"],
)
def test_an_address_that_cannot_be_used_is_told(folder: Path, url: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_account(_database(folder, url), "acme")


def test_a_query_never_changes_the_database(folder: Path) -> None:
    with pytest.raises(SourceError):
        read_account(_database(folder, query="delete from figures returning *"), "acme")

    with sqlite3.connect(folder / "figures.db") as connection:
        assert connection.execute("select count(*) from figures").fetchone() == (3,)
    connection.close()


def test_a_refused_password_is_not_shown(tmp_path: Path) -> None:
    database = _database(tmp_path, "postgresql+psycopg://dana@127.0.0.1:1/sales", password="hunter2-127.0.0.1")

    with pytest.raises(SourceError) as caught:
        read_account(database, "acme")
    assert "hunter2" not in f"{caught.value} {caught.value.cure}"


def test_postgresql_does_the_work(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.store() as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("create table figures (client text, metric text, day date, value numeric(9, 2))"))
            connection.execute(
                text(
                    "insert into figures select 'client-' || i % 50, 'r', date '2020-01-01' + i / 50, i % 97 "
                    "from generate_series(0, 49999) i"
                )
            )
        engine.dispose()

        readings = read_account(_database(tmp_path, url), "client-7")
        (one,) = readings.series.values()
        assert (len(one.points), one.points[0]) == (1000, (date(2020, 1, 1), Decimal("7.00")))
        cleaned = create_engine(url)
        with cleaned.begin() as connection:
            connection.execute(text("drop table figures"))
        cleaned.dispose()
