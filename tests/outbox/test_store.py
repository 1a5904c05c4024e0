"""The store on both engines: its transactions, its types, its rows."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.office import at_slot, workspace
from fakes.smtp_server import Sink

from dripper.drip.delivery import Event, ImpossibleMoveError, State
from dripper.errors import StoreError
from dripper.outbox.store import attempts, deliveries, enrolments, events, hands, pauses, suppressions, waiting
from dripper.outbox.store.deliveries import Delivery, StaleDeliveryError
from dripper.outbox.store.engine import Store
from dripper.outbox.store.enrolments import Enrolment
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.pauses import Pause, Paused
from dripper.outbox.store.tables import SCHEMA, meta, metadata
from dripper.outbox.store.tables import deliveries as deliveries_table
from dripper.outbox.store.tables import enrolments as enrolments_table

NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
# The first column of the key, by its name on either engine.
OF_CONTACT = "(?:sqlite_autoindex_enrolments_1|enrolments_pkey)"


@pytest.fixture
def store(tmp_path: Path, store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, root=tmp_path)
    yield opened
    opened.close()


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


def test_a_row_has_its_columns_in_the_order_of_the_table() -> None:
    """It is read by their places."""
    assert Delivery._fields == tuple(deliveries_table.columns.keys())
    assert Enrolment._fields == tuple(enrolments_table.columns.keys())


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


def test_a_store_of_a_newer_dripper_is_left_alone(tmp_path: Path, store: Store, store_url: str) -> None:
    with store.write() as connection:
        connection.execute(sa.update(meta).values(value=str(SCHEMA + 1)))
    with pytest.raises(StoreError, match="newer dripper") as refused:
        Store.open(store_url, root=tmp_path)
    with store.write() as connection:
        connection.execute(sa.update(meta).values(value=str(SCHEMA)))

    assert "upgrade" in refused.value.cure


def test_what_no_database_can_keep_of_an_answer_is_kept_as_a_question_mark(store: Store) -> None:
    with store.write() as connection:
        events.note(connection, Happening(at=NOW, kind=Kind.REPLY, contact="a@b.example", text="550 \0 no \udcff, Zoë"))
    with store.read() as connection:
        (found,) = events.of_contact(connection, "a@b.example")

    assert found.text == "550 ? no ?, Zoë"


def test_text_is_in_the_order_of_its_code_points_whatever_the_language_of_the_server(store: Store) -> None:
    names = ["a@b.example", "Z@b.example", "é@b.example", "_@b.example"]
    with store.write() as connection:
        for name in names:
            pauses.pause(connection, Pause(kind=Paused.CONTACT, name=name, reason="", at=NOW))
    with store.read() as connection:
        assert [one.name for one in pauses.in_force(connection)] == sorted(names)


def test_what_is_there_already_is_not_inserted_again(store: Store) -> None:
    one = Pause(kind=Paused.ALL, name="", reason="holidays", at=NOW)
    with store.write() as connection:
        assert pauses.pause(connection, one)
        assert not pauses.pause(connection, one)
        assert suppressions.add(connection, ["1", "2"], reason="asked", at=NOW) == 2
        assert suppressions.add(connection, ["2", "3"], reason="asked", at=NOW) == 1


@pytest.mark.usefixtures("store_url")
def test_a_message_has_one_row_whatever_anybody_tries(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    row = {name: getattr(office.row(), name) for name in deliveries_table.columns.keys() if name != "id"}  # noqa: SIM118
    with pytest.raises(StoreError, match=r"(?i)unique"), office.wiring.store.write() as connection:
        connection.execute(sa.insert(deliveries_table).values(**row))


@pytest.mark.usefixtures("store_url")
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


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda connection: waiting.due(connection, mailbox="dana", now=NOW, limit=1), "enrolments_queue"),
        (lambda connection: enrolments.of_contact(connection, "a@b.example"), OF_CONTACT),
        (lambda connection: hands.lapsed(connection, now=NOW), "deliveries_in_hand"),
        (lambda connection: hands.of_mailbox(connection, mailbox="dana"), "deliveries_in_hand"),
        (lambda connection: attempts.times(connection, mailbox="dana", since=NOW), "attempts_mailbox"),
    ],
    ids=["what is due", "of a contact", "lapsed leases", "in hand", "limits"],
)
def test_what_a_worker_asks_all_the_time_uses_an_index(
    store: Store, ask: Callable[[sa.Connection], object], index: str
) -> None:
    asked: list[tuple[str, object]] = []
    with store.write() as connection:
        sa.event.listen(connection, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
        ask(connection)
        statement, values = asked[0]
        if connection.dialect.name == "sqlite":
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        else:
            # The tables are empty; it is to say what it would use if they were large.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            steps = connection.exec_driver_sql(f"EXPLAIN {statement}", values).all()

    assert any(re.search(rf"\b{index}\b", str(step)) for step in steps), steps


def test_every_table_is_made(store: Store) -> None:
    with store.read() as connection:
        assert set(sa.inspect(connection).get_table_names()) == set(metadata.tables)
