"""Migrations: an upgraded store has the same tables as a fresh one, and everything that was in it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.office import SLOT, Later, Office, workspace
from fakes.smtp_server import Sink

from dripper.errors import StoreError
from dripper.outbox.store import campaigns, layout, migrations
from dripper.outbox.store.engine import Store
from dripper.outbox.store.tables import SCHEMA, metadata

# Of what PostgreSQL knows about tables, all that makes a difference.
CATALOG = """
SELECT table_name || '.' || column_name, data_type, is_nullable, collation_name, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conname, pg_get_constraintdef(oid), '', '', '' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2
"""
FILE = "SELECT type, name, replace(replace(sql, char(10), ' '), char(9), '') FROM sqlite_master ORDER BY type, name"
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
OLD = Path(__file__).with_name("store-1.sql")


@pytest.fixture
def without_tables(request: pytest.FixtureRequest, engine_name: str) -> Iterator[sa.Engine]:
    if engine_name == "sqlite":
        engine = sa.create_engine("sqlite://")
        yield engine
        engine.dispose()
        return
    with request.getfixturevalue("postgres").database() as url:
        engine = sa.create_engine(url)
        yield engine
        engine.dispose()


def shape(connection: sa.Connection) -> list[tuple[object, ...]]:
    """Return everything that the database knows about its tables."""
    question = FILE if connection.dialect.name == "sqlite" else CATALOG
    return [tuple(row) for row in connection.exec_driver_sql(question)]


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
def test_step_by_step_comes_to_the_same_as_a_fresh_store(without_tables: sa.Engine) -> None:
    with without_tables.begin() as connection:
        layout.make(connection)
        fresh = shape(connection)
        assert layout.differences(connection) == ()
        metadata.drop_all(connection)
    with without_tables.begin() as connection:
        migrations.upgrade(connection, found=0, wanted=SCHEMA)
        assert layout.differences(connection) == ()
        assert shape(connection) == fresh


def test_there_is_a_step_to_every_version() -> None:
    assert len(migrations.STEPS) == SCHEMA
    assert [step.__name__.rpartition(".")[2] for step in migrations.STEPS] == [
        f"v{number:04}" for number in range(1, SCHEMA + 1)
    ]


def old_store(root: Path) -> Path:
    """Put the store of the first version into a workspace: five messages, of which each ended in another way."""
    (root / ".dripper").mkdir()
    path = root / ".dripper/rehearsal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text())
    return path


def counted(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row of the first version with its times as this one keeps them."""
    return tuple(
        round((datetime.fromisoformat(f"{cell}+00:00") - BEGIN) / timedelta(microseconds=1))
        if isinstance(cell, str) and TIME.fullmatch(cell)
        else cell
        for cell in row
    )


def test_an_old_store_is_refused_with_the_command_that_upgrades_it(tmp_path: Path) -> None:
    old_store(tmp_path)
    with pytest.raises(StoreError, match="older dripper") as refused:
        Store.open("sqlite:///.dripper/rehearsal.db", root=tmp_path)

    assert "`dripper store upgrade`" in refused.value.cure


def test_an_upgraded_store_has_everything_and_sends_on(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {name: list(map(counted, connection.execute(f"SELECT * FROM {name}"))) for name in tables}
    store = Store.open("sqlite:///.dripper/rehearsal.db", root=tmp_path, as_it_is=True)
    with store.write() as connection:
        layout.upgrade(connection)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        after = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}

    assert after.pop("meta") == [("schema", str(SCHEMA))]
    (revision,), (old,) = after.pop("revisions"), before.pop("revisions")
    assert [revision[:6], revision[7]] == [old[:6], old[7]]
    assert {name: rows for name, rows in before.items() if name != "meta"} == after
    with Sink() as sink:
        office = Office(workspace(tmp_path, sink.port, contacts=5), now=SLOT.isoformat(), real_clock=Later())
        with office.wiring.store.read() as connection:
            current = campaigns.current(connection, "acme/insights")
        assert current is not None
        assert current.message_ids == ("carts", "sizes")
        assert office.counts() == {"sent": 1, "deferred": 1, "held": 2, "cancelled": 3, "failed": 1, "unknown": 2}
        office.wait(hours=1)
        office.send()
    Office.close_all()
