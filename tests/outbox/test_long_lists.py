"""Scheduling a list that is too long for memory: who begins when, what an edit does, and what it costs."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from fakes.effort import spent
from fakes.office import NO_LIMITS, Office, workspace
from fakes.smtp_server import Sink
from fakes.workspaces import CAMPAIGN, edit, write

from dripper.errors import UsageError
from dripper.jobs.why import why
from dripper.outbox.store import enrolments
from dripper.outbox.store.enrolments import Progress
from dripper.workspace.sources import LEAST_BYTES

pytestmark = pytest.mark.usefixtures("store_url")

LISTED = CAMPAIGN.replace("shifts", 'contacts = "list.csv"\nshifts', 1)
NAME = "shops"
FILE = "campaigns/shops.toml"
# So long that few of them make a long list.
NOTE = "x" * 900
SLOTS = {
    "Europe/Berlin": "2026-12-01T09:30:00+01:00",
    "Asia/Tokyo": "2026-12-01T09:30:00+09:00",
    "America/New_York": "2026-12-01T09:30:00-05:00",
}
BEFORE = "2026-11-20T08:00:00+01:00"


def rows(count: int = LEAST_BYTES // 900) -> list[str]:
    zones = list(SLOTS)
    return [f"p{n:05}@shop{n % 9}.example,Ana{n % 20},{zones[n % 3]},Shop {n // 4},{NOTE}" for n in range(count)]


def listed(root: Path, people: list[str], *, port: int = 25, campaign: str = LISTED) -> Path:
    workspace(root, port, campaign=CAMPAIGN, limits=NO_LIMITS)
    (root / "campaigns/acme/insights.toml").unlink()
    write(root, FILE, campaign)
    write(root, "campaigns/list.csv", "\n".join(["email,first_name,timezone,company,note", *people]) + "\n")
    return root


def test_everybody_of_a_long_list_begins_at_the_first_slot_of_the_own_zone(tmp_path: Path) -> None:
    people = rows()
    office = Office(listed(tmp_path, people), now=BEFORE)
    outlook = office.schedule()

    found = office.enrolments(NAME)
    assert len(outlook.changes[0].enrolled) == len(found) == len(people)
    assert {(one.zone, one.slot_at) for one in found.values()} == {
        (zone, datetime.fromisoformat(at)) for zone, at in SLOTS.items()
    }
    assert {(one.message, one.position, one.state) for one in found.values()} == {("carts", 0, Progress.ACTIVE)}
    assert {one.account for one in found.values()} == {f"Shop {n // 4}" for n in range(len(people))}


def test_who_comes_and_who_goes_is_found_among_very_many(tmp_path: Path) -> None:
    people = rows()
    office = Office(listed(tmp_path, people), now=BEFORE)
    office.schedule()
    listed(tmp_path, [*people[:700], *people[701:], f"new@shop1.example,Eva,Asia/Tokyo,Shop 1,{NOTE}"])
    (change,) = Office(tmp_path, now=BEFORE).schedule().changes

    assert (change.enrolled, change.stopped, change.moved) == (["new@shop1.example"], ["p00700@shop7.example"], [])
    listed(tmp_path, people)
    (back,) = Office(tmp_path, now=BEFORE).schedule().changes
    assert (back.enrolled, back.stopped) == (["p00700@shop7.example"], ["new@shop1.example"])


def test_a_list_that_is_what_it_was_changes_nothing_and_takes_next_to_no_time(tmp_path: Path) -> None:
    office = Office(listed(tmp_path, rows()), now=BEFORE)
    first = spent(office.schedule)
    again = Office(tmp_path, now=BEFORE)
    assert again.wiring.workspace.campaigns

    assert spent(again.schedule) < first / 4
    assert again.schedule().is_unchanged


def test_a_zone_that_changed_in_the_list_moves_its_slot_when_work_begins(tmp_path: Path) -> None:
    people = rows()
    Office(listed(tmp_path, people), now=BEFORE).schedule()
    listed(tmp_path, [re.sub("Europe/Berlin", "Asia/Tokyo", people[0]), *people[1:]])
    later = Office(tmp_path, now=BEFORE)
    later.send()

    found = later.enrolments(NAME)
    assert found["p00000@shop0.example"].slot_at == datetime.fromisoformat(SLOTS["Asia/Tokyo"])
    assert found["p00003@shop3.example"].slot_at == datetime.fromisoformat(SLOTS["Europe/Berlin"])


def test_another_hour_moves_all_who_wait_as_a_new_beginning_would(tmp_path: Path) -> None:
    people = rows()
    Office(listed(tmp_path, people), now=BEFORE).schedule()
    edit(tmp_path, 'at = "09:30"', 'at = "11:00"', FILE)
    office = Office(tmp_path, now=BEFORE)
    (change,) = office.schedule().changes

    assert len(change.moved) == len(people)
    assert {(one.zone, one.slot_at, one.due_at) for one in office.enrolments(NAME).values()} == {
        (zone, moved, moved)
        for zone, at in SLOTS.items()
        for moved in [datetime.fromisoformat(at.replace("09:30", "11:00"))]
    }


def test_a_new_text_moves_nobody(tmp_path: Path) -> None:
    Office(listed(tmp_path, rows()), now=BEFORE).schedule()
    before = Office(tmp_path, now=BEFORE).enrolments(NAME)
    edit(tmp_path, "Most of your carts", "Nearly all of your carts", FILE)
    office = Office(tmp_path, now=BEFORE)
    (change,) = office.schedule().changes

    assert (change.new_texts, change.moved) == (["carts"], [])
    assert office.enrolments(NAME) == before


def test_those_who_had_the_first_message_are_fitted_in_with_those_who_had_not(tmp_path: Path) -> None:
    with Sink() as sink:
        root = listed(tmp_path, rows(), port=sink.port)
        Office(root, now=BEFORE).schedule()
        office = Office(root, now=SLOTS["Asia/Tokyo"])
        office.send(most=3)
        edit(tmp_path, 'every = "2 weeks"', 'every = "3 weeks"', FILE)
        later = Office(root, now=SLOTS["Asia/Tokyo"])
        (change,) = later.schedule().changes

    had = {row.contact for row in later.rows(NAME)}
    found = later.enrolments(NAME)
    assert len(had) == 3
    assert sorted(change.moved) == sorted(had)
    assert {found[contact].message for contact in had} == {"sizes"}
    assert {one.message for contact, one in found.items() if contact not in had} == {"carts"}


def test_why_tells_of_one_of_very_many_when_the_enrolment_was(tmp_path: Path) -> None:
    office = Office(listed(tmp_path, rows()), now=BEFORE)
    office.schedule()
    story = why(office.wiring.store, office.wiring.workspace, "p00007@shop7.example")

    assert [(moment.what, moment.at) for moment in story.moments] == [("enrolled", datetime.fromisoformat(BEFORE))]
    assert [upcoming.message for upcoming in story.ahead] == ["carts"]


def test_a_start_that_is_past_is_refused_and_nobody_is_enrolled(tmp_path: Path) -> None:
    office = Office(listed(tmp_path, rows()), now="2026-12-20T08:00:00+01:00")
    with pytest.raises(UsageError, match="was to begin on Tue 01 Dec 2026"):
        office.schedule()

    assert office.enrolments(NAME) == {}
    assert len(office.schedule(restart=True).changes[0].enrolled) == len(rows())


def test_a_region_that_is_unknown_in_the_home_country_holds_its_people_alone(tmp_path: Path) -> None:
    people = [row.replace(NOTE, f"{NOTE},{'XX' if n == 5 else ''}") for n, row in enumerate(rows())]
    listed(tmp_path, people)
    edit(tmp_path, "company,note", "company,note,region", "campaigns/list.csv")
    (change,) = Office(tmp_path, now=BEFORE).schedule(restart=True).changes

    assert list(change.held) == ["p00005@shop5.example"]
    assert "the holidays of DE-XX are not known" in change.held["p00005@shop5.example"]
    assert len(change.enrolled) == len(people)


@pytest.mark.no_cover
def test_ten_times_the_people_cost_no_more_than_ten_times_as_much(tmp_path: Path) -> None:
    few, many = rows(), rows(10 * (LEAST_BYTES // 900))
    small, large = (
        Office(listed(tmp_path / "few", few), now=BEFORE),
        Office(listed(tmp_path / "many", many), now=BEFORE),
    )
    assert small.wiring.workspace.campaigns
    assert large.wiring.workspace.campaigns
    small.wiring.store.close()

    assert spent(large.schedule) < 20 * spent(small.schedule)


def test_the_contacts_of_a_campaign_are_streamed_in_order(tmp_path: Path) -> None:
    office = Office(listed(tmp_path, rows()), now=BEFORE)
    office.schedule()
    with office.wiring.store.read() as connection:
        keys = [one.contact for one in enrolments.stream(connection, NAME)]

    assert keys == sorted(keys)
    assert len(keys) == len(rows())
