"""A contact whose zone changes: the slot follows, by scheduling again or with the next run, as the plan says."""

from datetime import UTC
from pathlib import Path

import pytest
from fakes.office import Office, workspace
from fakes.smtp_server import Sink
from fakes.workspaces import edit

from dripper.jobs.plan import plan
from dripper.jobs.standing import standing_of
from dripper.outbox.rezoning import has_strayed

pytestmark = pytest.mark.usefixtures("store_url")

IN_NEW_YORK = 'email = "c0@acme.example"\ntimezone = "America/New_York"'
IN_TOKYO = 'email = "c0@acme.example"\ntimezone = "Asia/Tokyo"'
ACCOUNT = "campaigns/acme/account.toml"
BEFORE = "2026-11-20T12:00:00+01:00"
# After the slot's hours in Tokyo, before the slot in New York.
BETWEEN = "2026-12-01T14:00:00+01:00"


def moved_to_tokyo(root: Path, port: int, now: str = BEFORE) -> Office:
    """Schedule for a contact in New York, who then moves to Tokyo; another one stays in Berlin."""
    workspace(root, port, contacts=2)
    edit(root, 'email = "c0@acme.example"', IN_NEW_YORK, ACCOUNT)
    Office(root, now=BEFORE).schedule()
    edit(root, IN_NEW_YORK, IN_TOKYO, ACCOUNT)
    return Office(root, now=now)


def planned(office: Office) -> list[tuple[str, str, str]]:
    rows = plan(office.wiring.workspace, standing_of(office.wiring.store), now=office.now).rows
    slots = [(max(row.coming.slot.utc, office.now).astimezone(UTC), row) for row in rows]
    return sorted((at.isoformat(), row.coming.key[1], row.coming.message_id) for at, row in slots)


def sent(office: Office) -> list[tuple[str, str, str]]:
    return sorted((each.at.isoformat(), each.contact, each.message) for each in office.handled)


@pytest.mark.parametrize("now", [BEFORE, BETWEEN])
@pytest.mark.parametrize("again", [True, False], ids=["scheduled again", "as it is"])
def test_what_is_planned_after_a_move_is_what_is_sent(tmp_path: Path, now: str, again: bool) -> None:
    with Sink() as sink:
        office = moved_to_tokyo(tmp_path, sink.port, now)
        expected = planned(office)
        if again:
            office.schedule()
            assert planned(office) == expected
        office.run()

    assert sent(office) == expected
    assert len(expected) == 4


def test_scheduling_again_moves_the_slot_and_says_so(tmp_path: Path) -> None:
    office = moved_to_tokyo(tmp_path, 25)
    outlook = office.schedule()

    assert outlook.changes[0].moved == ["c0@acme.example"]
    assert not outlook.is_unchanged
    assert str(office.enrolments()["c0@acme.example"].slot_at) == "2026-12-01 00:30:00+00:00"
    assert office.schedule().is_unchanged


def test_a_new_text_and_a_new_zone_at_once_are_both_taken_up(tmp_path: Path) -> None:
    with Sink() as sink:
        office = moved_to_tokyo(tmp_path, sink.port)
        edit(tmp_path, "Most of your carts", "Nearly all of your carts")
        later = office.at(BEFORE)
        expected = planned(later)
        later.schedule()
        later.run()

    assert sent(later) == expected
    assert expected[0][0] == "2026-12-01T00:30:00+00:00"


@pytest.mark.parametrize("has_moved", [True, False])
def test_a_worker_that_starts_sees_whether_anybody_moved_without_stopping_the_others(
    tmp_path: Path, has_moved: bool
) -> None:
    office = moved_to_tokyo(tmp_path, 25)
    if not has_moved:
        office.schedule()
    with office.wiring.store.read() as connection:
        assert has_strayed(connection, office.wiring.approved) is has_moved
