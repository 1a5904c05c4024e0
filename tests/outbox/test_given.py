"""What the record tells of an account's gifts, on both engines."""

from pathlib import Path

import pytest
from fakes.office import at_slot, workspace
from fakes.smtp_server import DROP, Rude, Sink

from dripper.jobs.replied import replied
from dripper.outbox.store.given import answers_of, given_to

pytestmark = pytest.mark.usefixtures("store_url")


def test_what_was_sent_and_what_was_answered_is_told_by_account(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send()
    replied(office.wiring.store, office.wiring.workspace, "c0@acme.example", "Thanks", now=office.now)

    with office.wiring.store.read() as connection:
        given, answers = given_to(connection, "acme"), answers_of(connection, "acme")
        assert given_to(connection, "globex") == answers_of(connection, "globex") == ()
    assert [(one.contact, one.name, one.message, one.is_in_doubt) for one in given] == [
        ("c0@acme.example", "C0 Weber", "carts", False),
        ("c1@acme.example", "C1 Weber", "carts", False),
    ]
    assert {str(one.day) for one in given} == {"2026-12-01"}
    assert [(one.contact, one.text) for one in answers] == [("c0@acme.example", "Thanks")]


def test_what_never_arrived_is_no_gift(tmp_path: Path) -> None:
    with Rude({"RCPT": "550 5.1.1 nobody"}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    with office.wiring.store.read() as connection:
        assert given_to(connection, "acme") == ()


def test_a_lost_answer_leaves_a_gift_in_doubt(tmp_path: Path) -> None:
    with Rude({"DOT": DROP}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    with office.wiring.store.read() as connection:
        assert [one.is_in_doubt for one in given_to(connection, "acme")] == [True]
