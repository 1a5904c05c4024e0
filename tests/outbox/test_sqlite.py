"""SQLite as the store: what its file, its lock and its disk can do to us."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.office import MORNING, SLOT, Later, Office, workspace
from fakes.smtp_server import Sink

from dripper.errors import StoreError
from dripper.outbox.store import deliveries, events
from dripper.outbox.store.engine import Store
from dripper.outbox.store.events import Happening, Kind

URL = "sqlite:///.dripper/dripper.db"
NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(URL, root=tmp_path)
    yield opened
    opened.close()


def _text_as_store(root: Path) -> None:
    (root / ".dripper").mkdir()
    (root / ".dripper/dripper.db").write_text("this is no database, but it is long enough to look like a file\n" * 99)


def test_a_commit_survives_a_power_cut_and_readers_do_not_wait(store: Store) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


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


# From no room at all to room for some of the records.
@pytest.mark.parametrize(("room_kb", "sends_some"), [(0, False), (250, True), (280, True)])
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


def test_a_rehearsal_never_touches_the_real_store(tmp_path: Path) -> None:
    with Sink() as sink:
        office = Office(workspace(tmp_path, sink.port), now=MORNING)
        office.schedule()

    assert (tmp_path / ".dripper/rehearsal.db").exists()
    assert not (tmp_path / ".dripper/dripper.db").exists()


def test_a_store_that_is_not_there_is_read_as_an_empty_one_and_not_made(tmp_path: Path) -> None:
    store = Store.open(URL, root=tmp_path, create=False)
    with store.read() as connection:
        assert deliveries.all_held(connection) == ()
    store.close()

    assert list(tmp_path.iterdir()) == []
