import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dripper.errors import StoreError
from dripper.outbox.recorder import Recorder
from dripper.outbox.store import events
from dripper.outbox.store.engine import Store
from dripper.outbox.store.events import Happening, Kind

NOW = datetime(2026, 12, 1, tzinfo=UTC)


class CountingStore(Store):
    """Counts its transactions."""

    commits = 0

    def share(self, work):  # type: ignore[no-untyped-def]
        self.commits += 1
        return super().share(work)


@pytest.fixture
def store(tmp_path: Path, store_url: str) -> Iterator[CountingStore]:
    opened = CountingStore.open(store_url, root=tmp_path)
    opened.commits = 0
    yield opened
    opened.close()


def write_all(store: Store, *works: Callable[[Connection], object]) -> list[object]:
    async def run() -> list[object]:
        recorder = Recorder(store)
        results = await asyncio.gather(*(recorder.write(work) for work in works), return_exceptions=True)
        recorder.close()
        return list(results)

    return asyncio.run(run())


def note(connection: Connection, name: str) -> str:
    events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example", text=name))
    return name


def noted(store: Store) -> list[str]:
    with store.read() as connection:
        return [each.text for each in events.of_contact(connection, "a@b.example")]


def test_what_comes_together_is_committed_together_and_in_order(store: CountingStore) -> None:
    names = [str(number) for number in range(50)]

    assert write_all(store, *(partial(note, name=name) for name in names)) == names
    assert noted(store) == names
    assert store.commits <= 2


def test_a_part_that_fails_undoes_only_itself(store: CountingStore) -> None:
    def fail(connection: Connection) -> None:
        note(connection, "half")
        raise LookupError("half-way")

    results = write_all(store, partial(note, name="before"), fail, partial(note, name="after"))

    assert [type(result) for result in results] == [str, LookupError, str]
    assert noted(store) == ["before", "after"]


def test_where_the_database_fails_everyone_in_the_group_is_told(store: CountingStore) -> None:
    def break_it(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    results = write_all(store, partial(note, name="lost"), break_it)

    assert [type(result) for result in results] == [StoreError, StoreError]
    assert noted(store) == []
