import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.office import MORNING, SLOT, Later, Office, at_slot, workspace
from fakes.smtp_server import Sink

from dripper.drip.delivery import Event, ImpossibleMoveError, State
from dripper.errors import StoreError
from dripper.outbox.store import deliveries, events
from dripper.outbox.store.deliveries import StaleDeliveryError
from dripper.outbox.store.engine import Store
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.tables import SCHEMA, metadata
from dripper.outbox.store.tables import deliveries as deliveries_table

URL = "sqlite:///.dripper/dripper.db"
NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


def _text_as_store(root: Path) -> None:
    (root / ".dripper").mkdir()
    (root / ".dripper/dripper.db").write_text("this is no database, but it is long enough to look like a file\n" * 99)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(URL, root=tmp_path)
    yield opened
    opened.close()


def test_a_commit_survives_a_power_cut_and_readers_do_not_wait(store: Store) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_time_comes_back_aware_and_in_utc(store: Store) -> None:
    at = datetime(2026, 12, 1, 9, 30, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    with store.write() as connection:
        events.note(connection, Happening(at=at, kind=Kind.REPLY, contact="a@b.example"))
    with store.read() as connection:
        (found,) = events.of_contact(connection, "a@b.example")

    assert found.at == at
    assert found.at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="without a zone"), store.write() as connection:
        events.note(connection, Happening(at=datetime(2026, 12, 1), kind=Kind.REPLY))


def test_what_is_raised_inside_a_transaction_undoes_it(store: Store) -> None:
    def fail_half_way() -> None:
        with store.write() as connection:
            events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with store.read() as connection:
        assert not events.of_contact(connection, "a@b.example")


def test_a_trial_leaves_nothing(store: Store) -> None:
    with store.trial() as connection:
        events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example"))
        assert events.of_contact(connection, "a@b.example")
    with store.read() as connection:
        assert not events.of_contact(connection, "a@b.example")


def test_a_store_that_is_not_there_is_read_as_an_empty_one_and_not_made(tmp_path: Path) -> None:
    store = Store.open(URL, root=tmp_path, create=False)
    with store.read() as connection:
        assert deliveries.all_held(connection) == ()
    store.close()

    assert list(tmp_path.iterdir()) == []


def test_a_locked_store_says_so_after_a_wait(tmp_path: Path, store: Store) -> None:
    impatient = Store.open(URL, root=tmp_path, busy_s=0.2)
    with closing(sqlite3.connect(tmp_path / ".dripper/dripper.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy") as refused, impatient.write():
            raise AssertionError("two at once")
    impatient.close()

    assert "stop the other" in refused.value.cure


def test_a_short_lock_is_waited_for(tmp_path: Path, store: Store) -> None:
    other = sqlite3.connect(tmp_path / ".dripper/dripper.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, other.commit)
    timer.start()
    with store.write() as connection:
        events.note(connection, Happening(at=NOW, kind=Kind.REPLY))
    timer.join()
    other.close()


def test_a_store_of_a_newer_dripper_is_left_alone(tmp_path: Path, store: Store) -> None:
    with store.write() as connection:
        connection.execute(sa.text("UPDATE meta SET value = :value"), {"value": str(SCHEMA + 1)})
    with pytest.raises(StoreError, match="newer dripper") as refused:
        Store.open(URL, root=tmp_path)

    assert "upgrade" in refused.value.cure


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        pytest.param(
            lambda root: (root / ".dripper").write_text(""), "cannot be made", id="a file in the folder's place"
        ),
        pytest.param(
            lambda root: (root / ".dripper/dripper.db").mkdir(parents=True), "cannot be opened", id="a folder"
        ),
        pytest.param(_text_as_store, "is no dripper store", id="another file"),
    ],
)
def test_a_place_that_cannot_be_a_store_is_named_with_a_cure(tmp_path: Path, prepare: object, message: str) -> None:
    assert callable(prepare)
    prepare(tmp_path)
    with pytest.raises(StoreError, match=message) as refused:
        Store.open(URL, root=tmp_path)

    assert refused.value.cure
    assert ".dripper" in str(refused.value)


def test_a_store_that_may_only_be_read_says_so(tmp_path: Path, store: Store) -> None:
    store.close()
    path = tmp_path / ".dripper/dripper.db"
    readonly = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true", root=tmp_path)
    with pytest.raises(StoreError, match="cannot be written to") as refused, readonly.write() as connection:
        events.note(connection, Happening(at=NOW, kind=Kind.REPLY))
    readonly.close()

    assert "writable" in refused.value.cure


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "postgresql+psycopg://x/y"])
def test_a_url_that_names_no_store_is_told_what_to_write(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(url, root=tmp_path)

    assert URL in refused.value.cure


# From no room at all to room for some of the records.
@pytest.mark.parametrize(("room_kb", "sends_some"), [(0, False), (300, True), (400, True)])
def test_a_full_disk_while_recording_leaves_doubt_and_never_a_second_message(
    tmp_path: Path, room_kb: int, sends_some: bool
) -> None:
    with Sink() as sink:
        root = workspace(tmp_path, sink.port, contacts=8)
        Office(root).schedule()
        code = (
            "import atexit, resource, sys; from dripper.cli import main\n"
            "size, unlimited = resource.RLIMIT_FSIZE, resource.RLIM_INFINITY\n"
            # What measures coverage writes at the end, and is not what is tested here.
            "atexit.register(resource.setrlimit, size, (unlimited, unlimited))\n"
            f"resource.setrlimit(size, ({room_kb * 1024}, unlimited))\n"
            f"sys.argv = ['dripper', '--now', '{SLOT.isoformat()}', 'send']\nmain()"
        )
        full = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60)
        before = len(sink.taken)
        Office(root, now=SLOT.isoformat(), real_clock=Later()).send()

    assert full.returncode == 2
    assert "free some space" in full.stderr
    assert "Traceback" not in full.stderr
    assert (before > 0) == sends_some
    assert len({one.message_id for one in sink.taken}) == len(sink.taken)
    counts = Office(root, now=SLOT.isoformat()).counts()
    assert counts["sent"] + counts.get("unknown", 0) == 8


def test_a_message_has_one_row_whatever_anybody_tries(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    row = {name: getattr(office.row(), name) for name in deliveries_table.columns.keys() if name != "id"}  # noqa: SIM118
    with pytest.raises(StoreError, match="UNIQUE"), office.wiring.store.write() as connection:
        connection.execute(sa.insert(deliveries_table).values(**row))


def test_a_row_changes_only_for_who_saw_it_as_it_is(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    seen = office.row()
    with office.wiring.store.write() as connection:
        with pytest.raises(ImpossibleMoveError):
            deliveries.apply(connection, seen, Event.CLAIM, at=NOW)
        connection.execute(sa.update(deliveries_table).values(state=State.DUE, token=seen.token + 1))
        with pytest.raises(StaleDeliveryError):
            deliveries.as_now(connection, seen)


def test_looking_for_work_uses_an_index(store: Store) -> None:
    question = "EXPLAIN QUERY PLAN SELECT * FROM enrolments WHERE due_at <= '2026-12-01' ORDER BY due_at LIMIT 1"
    with store.read() as connection:
        steps = [row.detail for row in connection.exec_driver_sql(question)]

    assert any(re.search("USING INDEX enrolments_due", step) for step in steps)


def test_every_table_is_made(store: Store) -> None:
    with store.read() as connection:
        assert set(sa.inspect(connection).get_table_names()) == set(metadata.tables)


def test_a_rehearsal_never_touches_the_real_store(tmp_path: Path) -> None:
    with Sink() as sink:
        office = Office(workspace(tmp_path, sink.port), now=MORNING)
        office.schedule()

    assert (tmp_path / ".dripper/rehearsal.db").exists()
    assert not (tmp_path / ".dripper/dripper.db").exists()
