"""Who never answered: the contacts who may be tuned out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.office import Office, workspace
from fakes.smtp_server import HOST

from dripper.outbox.store import events, history
from dripper.outbox.store.events import Happening, Kind

pytestmark = pytest.mark.usefixtures("store_url")

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 2, tzinfo=UTC)


def sent_to_two(root: Path) -> Office:
    """Give c0 and c1 one message each, written to files."""
    workspace(root, 25, contacts=2)
    settings = (root / "dripper.toml").read_text(encoding="utf-8")
    smtp = next(line for line in settings.splitlines() if line.startswith("smtp") and HOST in line)
    (root / "dripper.toml").write_text(settings.replace(smtp, 'via = "drafts"'), encoding="utf-8")
    office = Office(root)
    office.schedule()
    there = office.at("2026-12-01T09:30:00+01:00")
    with there.wiring.store.write() as connection:
        assert history.unanswered(connection, least=1, until=LATER) == ()
    there.send(wires=there.wiring.wires)
    return there


def test_who_got_enough_and_never_answered_is_named_with_the_number(tmp_path: Path) -> None:
    office = sent_to_two(tmp_path)

    with office.wiring.store.read() as connection:
        assert history.unanswered(connection, least=1, until=LATER) == (("c0@acme.example", 1), ("c1@acme.example", 1))
        assert history.unanswered(connection, least=2, until=LATER) == ()


def test_one_answer_is_enough(tmp_path: Path) -> None:
    office = sent_to_two(tmp_path)
    with office.wiring.store.write() as connection:
        events.note(connection, Happening(at=AT, kind=Kind.REPLY, contact="c0@acme.example"))

    with office.wiring.store.read() as connection:
        assert history.unanswered(connection, least=1, until=LATER) == (("c1@acme.example", 1),)


def test_what_comes_after_does_not_count(tmp_path: Path) -> None:
    office = sent_to_two(tmp_path)
    with office.wiring.store.write() as connection:
        events.note(connection, Happening(at=AT, kind=Kind.REPLY, contact="c0@acme.example"))

    with office.wiring.store.read() as connection:
        assert len(history.unanswered(connection, least=1, until=AT)) == 2
        assert history.unanswered(connection, least=1, until=datetime(2026, 12, 1, 8, tzinfo=UTC)) == ()
