"""Random histories: whatever people and servers do, every count adds up, and no message is sent twice."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.histories import HISTORIES, History, lived
from fakes.office import Office
from fakes.smtp_server import Rude
from hypothesis import given, settings

from dripper.outbox.store.ledger import ledger


@pytest.mark.no_cover
def test_every_count_adds_up_after_every_step(store_url: str, begin_anew: Callable[[], None]) -> None:
    @settings(max_examples=25 if store_url.startswith("sqlite") else 8)
    @given(HISTORIES)
    def adds_up(history: History) -> None:
        begin_anew()
        with tempfile.TemporaryDirectory() as folder, lived(history, Path(folder), check):
            pass

    adds_up()


def check(office: Office, server: Rude) -> None:
    with office.wiring.store.read() as connection:
        (line,) = ledger(connection)
    assert line.adds_up
    assert line.planned >= 3 * 2
    assert min(line.counts.values()) >= 0
    # Two ids, and a third where one was renamed; each contact has each at most once.
    assert line.planned <= 3 * 3
    taken = [one.message_id for one in server.taken]
    assert len(set(taken)) == len(taken)
    states = {row.message_id: row.state.value for row in office.rows() if row.message_id}
    assert all(states[one] in ("sent", "unknown") for one in taken)
    assert {one for one, state in states.items() if state == "sent"} <= set(taken)
