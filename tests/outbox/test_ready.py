from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.postgres import Postgres
from sqlalchemy import Connection

from dripper.errors import StoreError
from dripper.outbox.store import events
from dripper.outbox.store.each import each, listed, octets
from dripper.outbox.store.engine import Store
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.failure import LostError
from dripper.outbox.store.ready import Ready, Told, together
from dripper.outbox.store.tables import events as table

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MOVE = Ready(
    sa.update(table)
    .where(table.c.text == sa.bindparam("its_text"))
    .values(at=sa.bindparam("new_at", type_=table.c.at.type))
)
TEXTS = Ready(sa.select(table.c.text, table.c.id).order_by(table.c.id))
BROKEN = Ready(sa.select(sa.func.there_is_no_such_thing()))


@pytest.fixture
def store(tmp_path: Path, store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, root=tmp_path)
    yield opened
    opened.close()


def note(connection: Connection, *texts: str) -> None:
    for text in texts:
        events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example", text=text))


def noted(store: Store) -> list[tuple[str, datetime]]:
    with store.read() as connection:
        return [(one.text, one.at) for one in events.of_contact(connection, "a@b.example")]


def test_statements_that_go_together_take_effect_one_after_the_other(store: Store) -> None:
    later = NOW + timedelta(hours=1)

    def work(connection: Connection) -> list[Told]:
        note(connection, "one", "two")
        moves = [(MOVE, {"its_text": text, "new_at": later}) for text in ("two", "three")]
        return together(connection, [*moves, (TEXTS, {})])

    told = store.share(work)

    assert [one.changed for one in told[:2]] == [1, 0]
    assert [row[0] for row in told[2].rows] == ["one", "two"]
    assert noted(store) == [("one", NOW), ("two", later)]


def test_where_one_of_them_fails_all_is_undone_and_the_store_goes_on(store: Store) -> None:
    def work(connection: Connection) -> None:
        note(connection, "never")
        together(connection, [(MOVE, {"its_text": "never", "new_at": NOW}), (BROKEN, {}), (TEXTS, {})])

    with pytest.raises(StoreError, match="there_is_no_such_thing"):
        store.share(work)
    store.share(lambda connection: note(connection, "after"))

    assert noted(store) == [("after", NOW)]


def test_a_text_of_a_list_is_kept_as_its_octets(store: Store) -> None:
    row = each("rows", text=str)
    query = Ready(sa.select(octets(row.c.text)))
    content = "Subject: \\x41 'quoted' \"twice\"\r\n\r\n.\ttab\r\n"

    (told,) = store.share(lambda connection: together(connection, [(query, {"rows": listed([(content,)])})]))

    assert bytes(told.rows[0][0]) == content.encode()


def test_a_server_that_goes_in_the_middle_is_waited_for_and_all_is_done_once(
    postgres: Postgres, tmp_path: Path
) -> None:
    cuts = [postgres.restart, lambda: None]

    def work(connection: Connection) -> None:
        note(connection, "once")
        cuts.pop(0)()
        together(connection, [(MOVE, {"its_text": "once", "new_at": NOW}), (TEXTS, {})])

    with postgres.store() as url:
        store = Store.open(url, root=tmp_path)
        store.share(work)
        assert noted(store) == [("once", NOW)]
        store.close()
    assert not cuts


def test_a_connection_that_was_cut_off_between_two_transactions_is_replaced(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.store() as url:
        store = Store.open(url, root=tmp_path)
        store.share(lambda connection: note(connection, "before"))
        postgres.restart()
        store.share(lambda connection: note(connection, "after"))
        assert [text for text, _ in noted(store)] == ["before", "after"]
        store.patience_s = 0
        postgres.restart()
        with pytest.raises(LostError):
            store.share(lambda connection: note(connection, "lost"))
        store.close()
