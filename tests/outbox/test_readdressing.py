"""A contact whose address changed is the same person: nothing goes out again, and the rhythm goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.office import Office, at_slot, workspace
from fakes.smtp_server import Rude, Sink

from dripper.jobs.plan import plan
from dripper.jobs.replied import replied
from dripper.jobs.standing import standing_of

pytestmark = pytest.mark.usefixtures("store_url")

OLD, NEW, NEWEST = "ana@acme.example", "ana@acme-group.example", "ana@acme-europe.example"
NEXT_DAY = "2026-12-02T08:00:00+01:00"


def taken(sink: Sink) -> list[str]:
    return [one.recipient for one in sink.taken]


def planned(office: Office) -> list[tuple[str, str]]:
    rows = plan(office.wiring.workspace, standing_of(office.wiring.store), now=office.now).rows
    return [(row.coming.message_id, row.coming.slot.local.isoformat()) for row in rows if row.change != "gone"]


@pytest.fixture
def sink() -> Sink:
    with Sink() as sink:
        yield sink


def moved(root: Path, port: int, address: str, now: str = NEXT_DAY) -> Office:
    """Give Ana another address."""
    workspace(root, port, contacts=[address])
    return Office(root, now=now)


def test_the_next_message_goes_to_the_new_address_in_the_old_rhythm_as_planned(tmp_path: Path, sink: Sink) -> None:
    at_slot(workspace(tmp_path, sink.port, contacts=[OLD])).send()
    office = moved(tmp_path, sink.port, NEW)
    forecast = planned(office)
    outlook = office.schedule()
    office.run()

    assert forecast == [("sizes", "2026-12-15T09:30:00+01:00")]
    assert outlook.changes[0].readdressed == {NEW: (OLD,)}
    assert taken(sink) == [OLD, NEW]
    assert {row.message: row.state for row in office.rows() if row.contact == NEW} == {
        "carts": "skipped",
        "sizes": "sent",
    }
    assert office.counts() == {"sent": 2, "skipped": 1, "cancelled": 1}


def test_back_at_the_old_address_nothing_comes_again_either(tmp_path: Path, sink: Sink) -> None:
    at_slot(workspace(tmp_path, sink.port, contacts=[OLD])).send()
    moved(tmp_path, sink.port, NEW).schedule()
    moved(tmp_path, sink.port, NEWEST).schedule()
    there = moved(tmp_path, sink.port, NEWEST)
    there.run()
    back = moved(tmp_path, sink.port, OLD, now="2027-01-04T08:00:00+01:00")
    assert planned(back) == []
    back.schedule()
    back.run()

    assert taken(sink) == [OLD, NEWEST]


def test_who_has_had_everything_gets_nothing_at_a_new_address(tmp_path: Path, sink: Sink) -> None:
    at_slot(workspace(tmp_path, sink.port, contacts=[OLD])).run()
    later = moved(tmp_path, sink.port, NEW, now="2027-01-04T08:00:00+01:00")
    assert planned(later) == []
    later.schedule()
    later.run()

    assert taken(sink) == [OLD, OLD]


def test_a_reply_stops_the_person_not_the_address(tmp_path: Path, sink: Sink) -> None:
    office = at_slot(workspace(tmp_path, sink.port, contacts=[OLD]))
    office.send()
    replied(office.wiring.store, office.wiring.workspace, OLD, "", now=office.now)
    later = moved(tmp_path, sink.port, NEW)
    assert planned(later) == []
    later.schedule()
    later.run()

    assert taken(sink) == [OLD]


def test_what_failed_at_a_dead_address_goes_to_the_new_one(tmp_path: Path) -> None:
    with Rude({"RCPT": "550 5.1.1 no such user"}) as refusing, Sink() as sink:
        at_slot(workspace(tmp_path, refusing.port, contacts=[OLD])).send()
        office = moved(tmp_path, sink.port, NEW)
        forecast = planned(office)
        office.schedule()
        office.run()

    assert [message for message, _ in forecast] == ["carts", "sizes"]
    assert taken(sink) == [NEW, NEW]


def test_another_person_of_the_account_begins_with_the_first_message(tmp_path: Path, sink: Sink) -> None:
    at_slot(workspace(tmp_path, sink.port, contacts=[OLD])).send()
    office = moved(tmp_path, sink.port, "ben@acme.example")
    outlook = office.schedule()
    office.run()

    assert outlook.changes[0].readdressed == {}
    assert taken(sink) == [OLD, "ben@acme.example", "ben@acme.example"]
