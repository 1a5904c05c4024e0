"""PostgreSQL as the store: its URL, what a server can do to us, what workers must not do to each other."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from fakes.postgres import Postgres
from sqlalchemy import Connection
from sqlalchemy.event import listen

from dripper.errors import StoreError
from dripper.outbox.store import deliveries, events, locks, mailboxes
from dripper.outbox.store.engine import Store
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.failure import ConflictError, LostError
from dripper.outbox.store.url import masked

NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
SECRET = "pass/w@rd:1"
QUOTED = "pass%2Fw%40rd%3A1"


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.store() as lent:
        yield lent


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store.open(url, root=Path("/"))
    yield opened
    opened.close()


def note(connection: Connection, text: str = "") -> None:
    events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example", text=text))


def noted(store: Store) -> list[str]:
    with store.read() as connection:
        return [one.text for one in events.of_contact(connection, "a@b.example")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"postgresql+psycopg://dana:{QUOTED}@host/db", "postgresql+psycopg://dana:***@host/db"),
        ("postgresql://dana:a@b@host/db", "postgresql://dana:***@host/db"),
        (f"postgresql://host/db?user=dana&password={SECRET}&x=1", "postgresql://host/db?user=dana&password=***&x=1"),
        (f"postgresql://da/na:{SECRET}@host/db", "postgresql://da/na:***@host/db"),
        (f"postgresql://host/db?sslpassword={SECRET}", "postgresql://host/db?sslpassword=***"),
        ("postgresql://dana@host/db", "postgresql://dana@host/db"),
        ("postgresql://dana@host:5432/db", "postgresql://dana@host:5432/db"),
        ("sqlite:///.dripper/dripper.db", "sqlite:///.dripper/dripper.db"),
    ],
)
def test_a_url_is_shown_without_its_password(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("text", "says", "cure"),
    [
        (f"postgresql://dana:{QUOTED}@127.0.0.1:1/db", "cannot be reached", "start the server"),
        (f"postgresql://dana:{QUOTED}@nowhere.invalid/db", "cannot be reached", "correct host"),
        ("postgresql://dana@/db?host=/nowhere", "cannot be reached", "start the server"),
        (f"postgresql://dana:{QUOTED}@127.0.0.1:none/db", "is no database URL", "sqlite:///.dripper/dripper.db"),
        (f"mysql://dana:{QUOTED}@127.0.0.1/db", "names neither", "postgresql+psycopg://"),
        ("nonsense", "is no database URL", "sqlite:///.dripper/dripper.db"),
        ("sqlite://", "names neither", "sqlite:///.dripper/dripper.db"),
    ],
)
def test_what_cannot_be_opened_says_why_and_never_the_password(text: str, says: str, cure: str) -> None:
    with pytest.raises(StoreError, match=says) as refused:
        Store.open(text, root=Path("/"))

    assert cure in refused.value.cure
    told = f"{refused.value} {refused.value.cure}"
    assert SECRET not in told
    assert QUOTED not in told


def test_a_database_that_does_not_exist_is_to_be_made(postgres: Postgres) -> None:
    with pytest.raises(StoreError, match="does not exist") as refused:
        Store.open(postgres.url("nobody_made_it"), root=Path("/"))

    assert "createdb" in refused.value.cure


def test_a_wrong_password_and_a_missing_one_are_told(postgres: Postgres) -> None:
    with postgres.asking_for_passwords("dana", "right"):
        for user in ("dana", "dana:wrong"):
            with pytest.raises(StoreError, match="refuses the password") as refused:
                Store.open(postgres.url("postgres").replace("dripper@", f"{user}@"), root=Path("/"))
            assert "wrong" not in str(refused.value)
            assert "PGPASSWORD" in refused.value.cure
        with pytest.raises(StoreError, match="does not let this user in"):
            Store.open(postgres.url("postgres").replace("dripper@", "nobody@"), root=Path("/"))


def test_a_user_who_may_not_make_tables_is_told(postgres: Postgres) -> None:
    postgres.tell("CREATE ROLE guest LOGIN")
    with postgres.database() as url, pytest.raises(StoreError, match="does not let this user do that") as refused:
        Store.open(url.replace("dripper@", "guest@"), root=Path("/"))
    postgres.tell("DROP ROLE guest")

    assert "GRANT" in refused.value.cure


def test_without_the_driver_it_says_what_to_install(postgres: Postgres) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from dripper.outbox.store.engine import Store\n"
        "from dripper.errors import StoreError\n"
        "try: Store.open('postgresql://host/db', root=Path('/'))\n"
        "except StoreError as error: print(error, error.cure)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert "python -m pip install 'dripper[postgres]'" in said.stdout


def test_a_store_that_is_not_there_is_read_as_an_empty_one_and_not_made(postgres: Postgres) -> None:
    with postgres.database() as url:
        store = Store.open(url, root=Path("/"), create=False)
        with store.read() as connection:
            assert deliveries.all_held(connection) == ()
        store.close()

        assert store.is_passing
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall() == []


def test_two_that_open_a_new_store_at_once_make_it_once(postgres: Postgres) -> None:
    with postgres.database() as url:
        opened: list[Store] = []
        threads = [threading.Thread(target=lambda: opened.append(Store.open(url, root=Path("/")))) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        for store in opened:
            store.close()

    assert len(opened) == 4


def test_a_commit_survives_a_power_cut_whatever_the_server_is_set_to(postgres: Postgres, url: str) -> None:
    postgres.tell("ALTER ROLE dripper SET synchronous_commit = off")
    store = Store.open(url, root=Path("/"))
    postgres.tell("ALTER ROLE dripper RESET synchronous_commit")
    with store.write() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    store.close()


def together(*works: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own; return what they returned."""
    with ThreadPoolExecutor(len(works)) as threads:
        return [each.result(30) for each in [threads.submit(work) for work in works]]


def test_workers_pass_the_gate_together(store: Store) -> None:
    meet = threading.Barrier(2)

    assert sorted(map(str, together(*[partial(store.share, lambda _: meet.wait(10))] * 2))) == ["0", "1"]


@pytest.mark.parametrize(("is_patient", "waits"), [(False, "30s"), (True, "10min")], ids=["a person", "a worker"])
def test_a_worker_has_more_patience_with_the_gate_than_a_person(store: Store, is_patient: bool, waits: str) -> None:
    with store.write(is_patient=is_patient) as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == waits


def test_a_command_waits_for_the_workers_inside_and_those_who_come_after_see_what_it_did(store: Store) -> None:
    inside, order = threading.Event(), []

    def first(connection: Connection) -> None:
        inside.set()
        time.sleep(0.3)
        order.append(("worker", noted_by(connection)))

    def command() -> None:
        inside.wait(10)
        with store.write() as connection:
            note(connection, "paused")
            order.append(("command", noted_by(connection)))
            time.sleep(0.3)

    def second(connection: Connection) -> None:
        order.append(("worker", noted_by(connection)))

    def later() -> None:
        inside.wait(10)
        time.sleep(0.15)
        store.share(second)

    together(partial(store.share, first), command, later)

    assert order == [("worker", []), ("command", ["paused"]), ("worker", ["paused"])]


def noted_by(connection: Connection) -> list[str]:
    return [one.text for one in events.of_contact(connection, "a@b.example")]


def test_a_reader_sees_one_moment_and_waits_for_nobody(store: Store) -> None:
    with store.read() as reader:
        assert noted_by(reader) == []
        with store.write() as connection:
            note(connection, "later")
        assert noted_by(reader) == []

    assert noted(store) == ["later"]


def test_one_worker_at_a_time_claims_for_a_mailbox_also_for_one_never_used(store: Store) -> None:
    at, most = [], []

    def claim(connection: Connection) -> None:
        mailboxes.lock(connection, "dana")
        at.append(1)
        most.append(len(at))
        time.sleep(0.05)
        at.pop()

    together(*[partial(store.share, claim)] * 4)

    assert most == [1, 1, 1, 1]


def test_an_account_that_another_worker_claims_for_is_left_to_it(store: Store) -> None:
    meet, free = threading.Barrier(2), threading.Barrier(2)

    def claim(account: str, connection: Connection) -> bool:
        meet.wait(10)
        found = locks.accounts_held(connection, {account}) == {account}
        free.wait(10)
        return found

    assert sorted(map(str, together(*[partial(store.share, partial(claim, "acme"))] * 2))) == ["False", "True"]
    assert together(*(partial(store.share, partial(claim, name)) for name in ("acme", "globex"))) == [True, True]


def test_two_that_wait_for_each_other_both_get_done(store: Store) -> None:
    meet = threading.Barrier(2)

    def lock(first: str, second: str, connection: Connection) -> str:
        mailboxes.lock(connection, first)
        with suppress(threading.BrokenBarrierError):
            meet.wait(1)
        mailboxes.lock(connection, second)
        note(connection, first)
        return first

    works = [partial(store.share, partial(lock, *names)) for names in (("a", "b"), ("b", "a"))]

    assert together(*works) == ["a", "b"]
    assert sorted(noted(store)) == ["a", "b"]


def test_a_conflict_that_never_ends_is_told(store: Store) -> None:
    def clash(connection: Connection) -> None:
        connection.exec_driver_sql("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")

    with pytest.raises(ConflictError, match="is busy"):
        store.share(clash)


def test_work_that_lost_its_connection_is_done_again_and_only_once(postgres: Postgres, store: Store) -> None:
    cuts = [postgres.restart, lambda: None]

    def work(connection: Connection) -> str:
        note(connection, "once")
        cuts.pop(0)()
        return "done"

    assert store.share(work) == "done"
    assert noted(store) == ["once"]
    assert not cuts


def test_what_was_committed_though_nobody_heard_of_it_is_not_done_again(store: Store) -> None:
    runs: list[int] = []

    def work(connection: Connection) -> str:
        runs.append(1)
        note(connection, "once")
        return "done"

    def answer_is_lost(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        if len(runs) == 1:
            runs.append(2)
            driver.commit()
            driver.close()

    listen(store._engine, "commit", answer_is_lost)

    assert store.share(work) == "done"
    assert noted(store) == ["once"]
    assert runs == [1, 2]


def test_a_server_that_stays_away_is_told(store: Store) -> None:
    def cut(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    store.patience_s = 0
    with pytest.raises(LostError, match="is not there at the moment"):
        store.share(cut)


def test_a_worker_that_got_stuck_inside_does_not_stop_the_others_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.patience_s = 0
    monkeypatch.setattr("dripper.outbox.store.postgresql._STUCK_TOGETHER", "200ms")
    with pytest.raises(LostError):
        store.share(lambda connection: time.sleep(0.6) or note(connection, "late"))

    assert noted(store) == []
