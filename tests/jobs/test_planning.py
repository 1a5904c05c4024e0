"""The plan against a real store: what is new, moved, gone or has a new text, and what is held or left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, edit, small_workspace, write

from dripper.drip.coming import Change, Plan
from dripper.drip.delivery import State
from dripper.errors import UsageError
from dripper.jobs.plan import plan
from dripper.jobs.schedule import approve, drafts_of
from dripper.jobs.standing import Standing, standing_of
from dripper.outbox.stopping import suppress
from dripper.outbox.store.engine import Store
from dripper.outbox.store.pauses import Pause, Paused, pause
from dripper.workspace.files import load

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


@pytest.fixture
def store(root: Path) -> Iterator[Store]:
    opened = Store.open("sqlite:///.dripper/dripper.db", root=root)
    yield opened
    opened.close()


def approved(root: Path, store: Store, now: datetime = NOW) -> None:
    loaded = load(root)
    assert loaded.workspace is not None
    approve(store, loaded.workspace, drafts_of(loaded, []), now=now)


def planned(root: Path, store: Store | None = None, *names: str, now: datetime = NOW) -> Plan:
    workspace = load(root).workspace
    assert workspace is not None
    return plan(workspace, Standing() if store is None else standing_of(store), now=now, names=names)


def lines(found: Plan) -> list[str]:
    return [
        f"{row.coming.slot.local:%d %b %H:%M} {row.coming.course.recipient.first_name} {row.coming.message_id}"
        f" {row.coming.state} {row.change}"
        for row in found.rows
    ]


def test_before_anything_is_scheduled_everything_is_new(root: Path) -> None:
    assert lines(planned(root)) == [
        "01 Dec 09:30 Ana carts due new",
        "01 Dec 09:30 Ben carts due new",
        "15 Dec 09:30 Ana sizes due new",
        "15 Dec 09:30 Ben sizes due new",
    ]


def test_the_subject_is_what_the_contact_gets(root: Path) -> None:
    assert [row.subject for row in planned(root).rows][:2] == ["Carts after nine, Ana", "Carts after nine, Ben"]


def test_once_scheduled_nothing_is_different(root: Path, store: Store) -> None:
    before = planned(root)
    approved(root, store)
    after = planned(root, store)
    assert [row.coming.slot for row in after.rows] == [row.coming.slot for row in before.rows]
    assert {row.change for row in after.rows} == {None}


def test_a_new_text_is_told(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, "as two shops found out", "as three shops found out")
    assert [line.split(" ", 3)[3] for line in lines(planned(root, store))] == [
        "Ana carts due None",
        "Ben carts due None",
        "Ana sizes due text",
        "Ben sizes due text",
    ]


def test_a_page_beside_the_text_is_a_new_text(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, 'at = "09:30"', 'at = "09:30"\nhtml = true')
    assert {row.change for row in planned(root, store).rows} == {Change.TEXT}
    approved(root, store)
    assert {row.change for row in planned(root, store).rows} == {None}
    write(root, "templates/plain.html.j2", "<p>mine</p>{{ text }}")
    assert {row.change for row in planned(root, store).rows} == {Change.TEXT}


def test_a_campaign_that_is_gone_with_its_shell_is_no_fault(root: Path, store: Store) -> None:
    write(root, "templates/own.txt.j2", "{{ greeting }}\n{{ text }}")
    write(root, "templates/own.html.j2", "{{ text }}")
    edit(root, 'at = "09:30"', 'at = "09:30"\nshell = "own"\nhtml = true')
    approved(root, store)
    for name in ("campaigns/acme/insights.toml", "templates/own.txt.j2", "templates/own.html.j2"):
        (root / name).unlink()
    assert planned(root, store).faults == ()


def test_a_comment_is_no_difference(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"   # as agreed')
    assert {row.change for row in planned(root, store).rows} == {None}


def test_a_new_cadence_moves_what_is_ahead_and_says_from_where(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, 'at = "09:30"', 'at = "10:00"')
    found = planned(root, store)
    assert lines(found)[0] == "01 Dec 10:00 Ana carts due moved"
    assert found.rows[0].was is not None
    assert f"{found.rows[0].was.local:%d %b %H:%M}" == "01 Dec 09:30"


def test_a_renamed_message_is_one_gone_and_one_new(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, 'id = "sizes"', 'id = "size-chart"')
    assert [line for line in lines(planned(root, store)) if "Ana size" in line] == [
        "15 Dec 09:30 Ana size-chart due new",
        "15 Dec 09:30 Ana sizes due gone",
    ]


def test_a_contact_who_was_added_later_is_new(root: Path, store: Store) -> None:
    approved(root, store)
    edit(
        root,
        "Ben Maier",
        'Ben Maier"\nemail = "cy@acme.example"\n[[contact]]\nname = "Ben Maier',
        "campaigns/acme/account.toml",
    )
    found = planned(root, store)
    assert {row.coming.course.recipient.email for row in found.rows if row.change is Change.NEW} == {"cy@acme.example"}


def test_a_pause_holds_and_says_so(root: Path, store: Store) -> None:
    approved(root, store)
    with store.write() as connection:
        pause(connection, Pause(kind=Paused.CONTACT, name="ana@acme.example", reason="on leave", at=NOW))
    found = planned(root, store)
    assert next(line for line in lines(found) if "Ana" in line) == "01 Dec 09:30 Ana carts held None"
    assert {row.coming.note for row in found.rows if row.coming.state is State.HELD} == {
        "paused: contact ana@acme.example (on leave)"
    }


def test_who_opted_out_is_left_out_and_counted(root: Path, store: Store) -> None:
    approved(root, store)
    with store.write() as connection:
        suppress(connection, "ana@acme.example", reason="asked", at=NOW)
    found = planned(root, store)
    assert {row.coming.course.recipient.first_name for row in found.rows} == {"Ben"}
    assert found.suppressed == 1


def test_suppressed_txt_counts_before_anything_is_scheduled(root: Path) -> None:
    from dripper.outbox.store.suppressions import hash_of

    workspace = load(root).workspace
    assert workspace is not None
    found = plan(workspace, Standing(suppressed=frozenset({hash_of("ana@acme.example")})), now=NOW)
    assert {row.coming.course.recipient.first_name for row in found.rows} == {"Ben"}


def test_a_region_that_is_unknown_in_the_home_country_is_a_fault_of_its_row_in_a_list_alone(root: Path) -> None:
    write(root, "campaigns/acme/list.csv", "email,name,region\nana@acme.example,Ana,ZZ\nben@acme.example,Ben,BY\n")
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\ncontacts = "list.csv"')
    found = planned(root)
    assert {row.coming.course.recipient.first_name for row in found.rows} == {"Ben"}
    assert [str(fault) for fault in found.faults] == ["the holidays of DE-ZZ are not known"]


def test_a_time_outside_the_hours_is_a_fault_of_its_campaign_alone(root: Path) -> None:
    write(root, "campaigns/acme/late.toml", CAMPAIGN.replace('at = "09:30"', 'at = "20:00"'))
    found = planned(root)
    assert {row.coming.course.campaign.id for row in found.rows} == {"acme/insights"}
    assert "20:00 is not within the hours of the calendar (09:00-16:30)" in str(found.faults[0])


def test_only_the_named_campaign_is_planned_but_the_others_still_count(root: Path, store: Store) -> None:
    approved(root, store)
    write(root, "campaigns/acme/second.toml", CAMPAIGN.replace('every = "2 weeks"', 'every = "2 weeks"\npriority = 4'))
    found = planned(root, store, "acme/second")
    assert lines(found)[0] == "08 Dec 09:30 Ana carts due new"
    assert "moved from Tue 1 Dec: another message on that day" in found.rows[0].coming.slot.reason


def test_messages_that_come_too_late_for_the_negotiation_are_told(root: Path) -> None:
    write(root, "campaigns/acme/renewal.negotiation.toml", 'title = "Renewal"\non = 2026-12-10\n')
    edit(root, "start = 2026-12-01", 'before = "renewal"\nlead_days = 16')
    found = planned(root, now=datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert lines(found)[0] == "24 Nov 09:30 Ana carts due new"
    assert {(row.coming.message_id, row.coming.state) for row in found.rows[2:]} == {("sizes", State.SKIPPED)}
    assert [str(fault) for fault in found.faults] == [
        "acme/insights was to begin on Tue 10 Nov 2026, which is past: `dripper schedule` will refuse it",
        "campaign acme/insights: sizes would come too late for the negotiation",
    ]
    assert found.faults[0].cure.startswith("write fewer messages, or a shorter `every` or `lead_days`, or say")


def test_the_linter_tells_of_a_campaign_without_a_slot(root: Path) -> None:
    from dripper.jobs.slots import slot_problems

    edit(root, 'at = "09:30"', 'at = "20:00"')
    loaded = load(root)
    assert loaded.workspace is not None
    campaign = loaded.workspace.campaigns["acme/insights"]
    problem = slot_problems(campaign, loaded.workspace.settings.calendar, loaded.documents[campaign.file])[0]
    assert str(problem) == (
        "campaigns/acme/insights.toml:6:6 D508 20:00 is not within the hours of the calendar (09:00-16:30)"
    )


def test_an_unknown_campaign_is_told_with_the_nearest(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        planned(root, None, "acme/insight")
    assert caught.value.cure == "did you mean 'acme/insights'?"


def test_when_it_was_away_what_is_late_is_shown_where_it_will_go(root: Path, store: Store) -> None:
    approved(root, store)
    found = planned(root, store, now=datetime(2026, 12, 3, tzinfo=UTC))
    assert lines(found)[0] == "08 Dec 09:30 Ana carts due None"


def test_the_plan_is_in_order_of_utc(root: Path) -> None:
    edit(
        root,
        'email = "ben@acme.example"',
        'email = "ben@acme.example"\ntimezone = "Asia/Tokyo"',
        "campaigns/acme/account.toml",
    )
    found = planned(root)
    assert [row.coming.course.recipient.first_name for row in found.rows] == ["Ben", "Ana", "Ben", "Ana"]


def test_who_is_in_no_file_any_more_gets_nothing_and_that_is_told(root: Path, store: Store) -> None:
    approved(root, store)
    edit(root, '[[contact]]\nname = "Ben Maier"\nemail = "ben@acme.example"\n', "", "campaigns/acme/account.toml")
    assert [line for line in lines(planned(root, store)) if "Ana" not in line] == [
        "01 Dec 09:30 Ben carts due gone",
        "15 Dec 09:30 Ben sizes due gone",
    ]
    approved(root, store)
    assert [line for line in lines(planned(root, store)) if "Ana" not in line] == []


def test_a_subject_that_a_removed_contact_no_longer_has_is_no_fault(root: Path, store: Store) -> None:
    listed = "email,name,shop\nana@acme.example,Ana Weber,North\nben@acme.example,Ben Maier,South\n"
    write(root, "campaigns/acme/shops.csv", listed)
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\naccounts = []\ncontacts = "shops.csv"')
    edit(root, 'subject = "Sizes"', 'subject = "Sizes in {{ contact.shop }}"')
    approved(root, store)
    write(root, "campaigns/acme/shops.csv", listed.partition("ben@")[0])
    found = planned(root, store)
    gone = [row.subject for row in found.rows if row.change is Change.GONE]
    assert gone == ["Carts after nine, Ben", "Sizes in {{ contact.shop }}"]
    assert found.faults == ()


def test_in_a_thread_the_first_planned_subject_is_answered(root: Path) -> None:
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\nthread = true')
    assert [row.subject for row in planned(root).rows if row.coming.course.recipient.first_name == "Ana"] == [
        "Carts after nine, Ana",
        "Re: Carts after nine, Ana",
    ]


def test_a_campaign_that_was_to_begin_before_is_told(root: Path, store: Store) -> None:
    late = datetime(2026, 12, 3, tzinfo=UTC)
    assert [str(fault) for fault in planned(root, now=late).faults] == [
        "acme/insights was to begin on Tue 1 Dec 2026, which is past: `dripper schedule` will refuse it"
    ]
    approved(root, store)
    assert planned(root, store, now=late).faults == ()
