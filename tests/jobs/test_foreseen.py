"""What `why` says of a contact's next message is what the plan and `status` say: caps are looked at, and mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.workspaces import CAMPAIGN, edit, small_workspace, write

from dripper.drip.story import Upcoming
from dripper.jobs.ahead import MOST_FORESEEN, ahead_of, foreseen
from dripper.jobs.pause import pause
from dripper.jobs.plan import plan
from dripper.jobs.schedule import approve, drafts_of
from dripper.jobs.standing import standing_of
from dripper.jobs.why import why
from dripper.outbox.store import mailboxes
from dripper.outbox.store.engine import Store
from dripper.pages.why import why_json, why_text
from dripper.workspace.files import load
from dripper.workspace.model.workspace import Workspace

EVE = datetime.fromisoformat("2026-11-30T12:00:00+01:00")
NOON = datetime.fromisoformat("2026-12-01T12:00:00+01:00")
ZONE = ZoneInfo("Europe/Berlin")
BEN = "ben@acme.example"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write two campaigns to the same two people, one person of the account a day."""
    small_workspace(tmp_path)
    edit(tmp_path, "[mailbox.dana]", "[calendar]\naccount_per_day = 1\n[mailbox.dana]", "dripper.toml")
    write(tmp_path, "campaigns/acme/zeal.toml", CAMPAIGN)
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


def ahead(root: Path, store: Store, *, now: datetime = EVE, most: int = MOST_FORESEEN) -> dict[str, Upcoming]:
    known = workspace(root)
    told = why(store, known, BEN, foresee=lambda key: foreseen(store, known, key, now=now, rehearsal=False, most=most))
    return {each.campaign: each for each in told.ahead}


def text(root: Path, store: Store, *, now: datetime = EVE) -> list[str]:
    known = workspace(root)
    told = why(store, known, BEN, foresee=lambda key: foreseen(store, known, key, now=now, rehearsal=False))
    return why_text(told, ZONE).splitlines()


def test_it_is_the_slot_of_the_plan_and_not_the_one_where_the_store_put_it(root: Path, store: Store) -> None:
    found = ahead(root, store)
    first: dict[str, datetime] = {}
    for row in plan(workspace(root), standing_of(store), now=EVE).rows:
        if row.coming.key[1] == BEN:
            first.setdefault(row.coming.key[0], row.coming.slot.utc)

    assert {name: each.at for name, each in found.items()} == first
    assert {each.at for each in ahead(root, store, most=0).values()} == {None}
    assert all(each.slot and kept.slot and each.slot.utc > kept.slot.utc for each, kept in pairs(root, store))


def pairs(root: Path, store: Store) -> list[tuple[Upcoming, Upcoming]]:
    return list(zip(ahead(root, store).values(), ahead(root, store, most=0).values(), strict=True))


def test_it_is_when_status_says_that_the_first_of_all_goes_out(root: Path, store: Store) -> None:
    first = ahead_of(store, workspace(root), now=NOON, rehearsal=False).first
    named = {name for name, each in first.items() if each.contact == BEN}
    found = ahead(root, store, now=NOON)

    assert {name: found[name].at for name in named} == {name: first[name].at for name in named}
    ana = foreseen(store, workspace(root), "ana@acme.example", now=NOON, rehearsal=False)
    assert {name: each.at for name, each in {**found, **ana}.items() if name not in named} == {
        name: each.at for name, each in first.items() if name not in named
    }


def test_the_page_tells_the_instant_with_its_reason(root: Path, store: Store) -> None:
    line = next(line for line in text(root, store) if "insights carts" in line)

    assert line.startswith("  acme/insights carts: Tue 08 Dec 2026 09:30 CET, every 2 weeks on Tuesday at 09:30")
    assert line.endswith("; moved from Tue 1 Dec: 1 other of acme is written to that day")


def test_what_keeps_it_back_is_told(root: Path, store: Store) -> None:
    with store.write() as connection:
        mailboxes.stop(connection, "dana", reason="wrong password")

    assert all(line.endswith(" (mailbox dana is stopped)") for line in text(root, store)[-2:])
    pause(store, workspace(root), "acme/insights", now=EVE)
    assert "  acme/insights carts: paused" in text(root, store)


def test_the_json_has_the_instant(root: Path, store: Store) -> None:
    known = workspace(root)
    told = why(store, known, BEN, foresee=lambda key: foreseen(store, known, key, now=EVE, rehearsal=False))

    assert [each["at"] for each in why_json(told)["ahead"]] == [
        each.at.isoformat() for each in ahead(root, store).values() if each.at
    ]
