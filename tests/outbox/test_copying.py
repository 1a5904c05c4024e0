"""Copying a store: nothing is lost on the way to the other engine and back, and nothing is sent from both."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.histories import HISTORIES, History, lived
from fakes.office import Office, at_slot, workspace
from fakes.postgres import Postgres
from fakes.smtp_server import Sink
from hypothesis import given, settings

from dripper.errors import StoreError, UsageError
from dripper.jobs.store import check, copy, reopen, upgrade
from dripper.outbox.store import copying, workers
from dripper.outbox.store.engine import Store
from dripper.outbox.store.tables import SCHEMA, metadata

NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name != "meta"
        }


@pytest.mark.no_cover
def test_any_history_arrives_on_the_other_engine_and_comes_back_and_goes_on(postgres: Postgres) -> None:
    @settings(max_examples=5)
    @given(HISTORIES)
    def arrives(history: History) -> None:
        with tempfile.TemporaryDirectory() as folder, postgres.store() as url:
            root = Path(folder)
            with lived(history, root, lambda *_: None) as office:
                before = everything(office.wiring.store)
                there = Store.open(url, root=root)
                back = Store.open("sqlite:///back.db", root=root)
                rows = copy(office.wiring.store, there, now=NOW)
                assert rows == {name: len(found) for name, found in before.items()}
                assert everything(there) == before
                copy(there, back, now=NOW)
                assert everything(back) == before
                # The season goes on from the copy, and new rows get numbers of their own.
                reopen(there)
                office.wiring._store = there
                back.close()
            Office.close_all()

    arrives()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    return office


def test_the_old_store_refuses_to_work_until_it_is_opened_again(tmp_path: Path, office: Office) -> None:
    copied = Store.open("sqlite:///copy.db", root=tmp_path)
    copy(office.wiring.store, copied, now=NOW)
    copied.close()
    with pytest.raises(StoreError, match=r"was copied to sqlite:///copy\.db") as refused:
        _ = office.at(office.now).wiring.store

    assert 'url = "sqlite:///copy.db"' in refused.value.cure
    assert reopen(office.wiring.store) == "sqlite:///copy.db"
    assert reopen(office.wiring.store) is None
    assert office.at(office.now).counts()["sent"] == 1
    Store.open("sqlite:///copy.db", root=tmp_path).close()


def test_a_target_that_is_not_empty_is_left_as_it_is(tmp_path: Path, office: Office) -> None:
    copied = Store.open("sqlite:///copy.db", root=tmp_path)
    copy(office.wiring.store, copied, now=NOW)
    reopen(office.wiring.store)
    with pytest.raises(UsageError, match=r"not empty \(campaigns 1, .*nothing was copied") as refused:
        copy(office.wiring.store, copied, now=NOW)
    copied.close()

    assert "empty database" in refused.value.cure


def test_a_store_is_not_copied_to_itself_nor_from_nowhere(tmp_path: Path, office: Office) -> None:
    with pytest.raises(UsageError, match="to itself"):
        copy(office.wiring.store, office.wiring.store, now=NOW)
    nothing = Store.open("sqlite:///none.db", root=tmp_path, create=False)
    with pytest.raises(UsageError, match="there is no store"):
        copy(nothing, office.wiring.store, now=NOW)
    nothing.close()


def test_nothing_is_copied_nor_upgraded_while_a_worker_is_there(tmp_path: Path, office: Office) -> None:
    copied = Store.open("sqlite:///copy.db", root=tmp_path)
    with office.wiring.store.write() as connection:
        workers.alive(connection, "desk-41", now=NOW, until=NOW + timedelta(seconds=60))
    with pytest.raises(StoreError, match="in use by desk-41") as refused:
        copy(office.wiring.store, copied, now=NOW)

    assert "stop every `dripper run`" in refused.value.cure
    # Killed, it is forgotten when its lease has run out.
    assert copy(office.wiring.store, copied, now=NOW + timedelta(seconds=61))["deliveries"] == 1
    copied.close()


def test_a_worker_that_ended_well_is_in_nobodys_way(office: Office) -> None:
    assert check(office.wiring.store, now=NOW).workers == ()


def test_what_arrives_differently_is_not_kept(tmp_path: Path, office: Office) -> None:
    copied = Store.open("sqlite:///copy.db", root=tmp_path)

    with copied.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER spoil AFTER INSERT ON attempts BEGIN UPDATE attempts SET reply = 'other'; END"
        )
    with pytest.raises(StoreError, match="attempts arrived differently"):
        copy(office.wiring.store, copied, now=NOW)
    with copied.read() as connection:
        assert not any(copying.counts(connection).values())
    copied.close()

    assert office.at(office.now).counts()["sent"] == 1


@pytest.mark.usefixtures("store_url")
def test_a_check_finds_what_belongs_to_nothing_and_what_is_missing(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    store = office.wiring.store
    found = check(store, now=NOW)
    assert (found.faults, found.rows["deliveries"]) == ((), 1)
    breaking = ("UPDATE archive SET delivery = 99", "DROP INDEX attempts_mailbox")
    if store.place.endswith(".db"):
        # Without being told, SQLite checks no references.
        with closing(sqlite3.connect(store.place)) as connection:
            connection.executescript(";".join(breaking))
    else:
        with store.write() as connection:
            for each in ("SET LOCAL session_replication_role = replica", *breaking):
                connection.exec_driver_sql(each)
    missing, orphan = check(store, now=NOW).faults
    with store.write() as connection:
        connection.exec_driver_sql("CREATE INDEX attempts_mailbox ON attempts (mailbox, started_at)")

    assert "attempts_mailbox" in missing
    assert orphan == "1 of archive belong to nothing in deliveries"


def test_a_store_that_is_up_to_date_is_left_alone(office: Office) -> None:
    assert upgrade(office.wiring.store, now=NOW) == (SCHEMA, SCHEMA)
