"""What goes out next is what the plan shows, and never lies in the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, small_workspace, write

from dripper.drip.ahead import Ahead
from dripper.drip.delivery import State
from dripper.jobs.ahead import MOST_FORESEEN, ahead_of
from dripper.jobs.plan import plan
from dripper.jobs.schedule import approve, drafts_of
from dripper.jobs.standing import standing_of
from dripper.outbox.store import mailboxes
from dripper.outbox.store.engine import Store
from dripper.workspace.files import load
from dripper.workspace.model.workspace import Workspace

EVE = datetime.fromisoformat("2026-11-30T12:00:00+01:00")
SLOT = datetime.fromisoformat("2026-12-01T09:30:00+01:00")
IN_THE_WINDOW = datetime.fromisoformat("2026-12-01T11:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write two campaigns to the same two people, who begin on the same day."""
    small_workspace(tmp_path)
    write(
        tmp_path, "campaigns/acme/zeal.toml", CAMPAIGN.replace('every = "2 weeks"', 'every = "2 weeks"\npriority = 4')
    )
    return tmp_path


@pytest.fixture
def store(root: Path) -> Iterator[Store]:
    opened = Store.open("sqlite:///.dripper/dripper.db", root=root)
    loaded = load(root)
    approve(opened, workspace(root), drafts_of(loaded, []), now=EVE)
    yield opened
    opened.close()


def workspace(root: Path) -> Workspace:
    found = load(root).workspace
    assert found is not None
    return found


def ahead(
    root: Path, store: Store, now: datetime, *, until: datetime | None = None, most: int = MOST_FORESEEN
) -> Ahead:
    return ahead_of(store, workspace(root), now=now, rehearsal=False, until=until, most=most)


def planned(root: Path, store: Store, now: datetime) -> dict[str, datetime]:
    """Return the first slot of each campaign in the plan."""
    rows = plan(workspace(root), standing_of(store), now=now).rows
    leaving = [row.coming for row in reversed(rows) if row.coming.state is State.DUE]
    return {coming.key[0]: coming.slot.utc for coming in leaving}


def test_the_first_of_each_campaign_is_that_of_the_plan(root: Path, store: Store) -> None:
    found = ahead(root, store, EVE).first

    assert {name: each.at for name, each in found.items()} == planned(root, store, EVE)
    assert found["acme/insights"].at == SLOT
    assert found["acme/zeal"].at > SLOT


def test_a_message_that_waits_for_the_gap_is_none_of_today(root: Path, store: Store) -> None:
    found = ahead(root, store, SLOT, until=datetime.fromisoformat("2026-12-02T00:00:00+01:00"))

    assert [(each.campaign, each.contact) for each in found.going] == [
        ("acme/insights", "ana@acme.example"),
        ("acme/insights", "ben@acme.example"),
    ]
    assert found.going_in_all == 2


@pytest.mark.parametrize("most", [MOST_FORESEEN, 0], ids=["foreseen", "as kept"])
def test_no_time_is_in_the_past(root: Path, store: Store, most: int) -> None:
    assert ahead(root, store, IN_THE_WINDOW, most=most).first["acme/insights"].at == IN_THE_WINDOW


def test_what_is_late_stands_where_it_will_go(root: Path, store: Store) -> None:
    now = datetime.fromisoformat("2026-12-17T12:00:00+01:00")

    assert {name: each.at for name, each in ahead(root, store, now).first.items()} == planned(root, store, now)
    assert all(each.at > now for each in ahead(root, store, now).first.values())


def test_a_mailbox_that_rests_keeps_its_messages_back_until_then(root: Path, store: Store) -> None:
    until = datetime.fromisoformat("2026-12-01T14:21:00+01:00")
    with store.write() as connection:
        mailboxes.rest(connection, "dana", until=until, reason="no answer")
    found = ahead(root, store, IN_THE_WINDOW).first["acme/insights"]

    assert (found.at, found.trouble) == (until, "mailbox dana rests until then")


def test_a_stopped_mailbox_is_told_and_has_no_soonest(root: Path, store: Store) -> None:
    with store.write() as connection:
        mailboxes.stop(connection, "dana", reason="wrong password")
    found = ahead(root, store, EVE)

    assert found.first["acme/insights"].trouble == "mailbox dana is stopped"
    assert found.soonest is None
