"""Scheduling, and scheduling again after every kind of edit."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.office import MORNING, SLOT, Office, at_slot, workspace
from fakes.smtp_server import Sink
from fakes.workspaces import CAMPAIGN, edit

from dripper.drip.coming import Change
from dripper.drip.sending import Handled
from dripper.errors import ProblemsError, UsageError
from dripper.jobs.ahead import ahead_of
from dripper.jobs.plan import plan
from dripper.jobs.standing import standing_of
from dripper.jobs.status import status
from dripper.jobs.why import why
from dripper.outbox.store.enrolments import Progress

pytestmark = pytest.mark.usefixtures("store_url")

SEASON = CAMPAIGN + "".join(
    f'[[message]]\nid = "m{n}"\nsubject = "Number {n}"\ntext = "One useful sentence, number {n}."\ngift = "One"\n'
    for n in (3, 4)
)
WITHOUT_CARTS = SEASON[: SEASON.index("[[message]]")] + SEASON[SEASON.index('[[message]]\nid = "sizes"') :]
SECOND_SLOT = "2026-12-15T09:30:00+01:00"


def test_everybody_begins_with_the_first_message_at_the_first_slot(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25, contacts=2))
    outlook = office.schedule()

    assert outlook.changes[0].is_new
    assert {one.slot_at for one in office.enrolments().values()} == {SLOT}
    assert {one.message for one in office.enrolments().values()} == {"carts"}
    assert office.counts() == {"due": 4}


def test_scheduling_again_unchanged_changes_nothing(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25, contacts=2))
    office.schedule()
    before = office.enrolments()
    again = Office(tmp_path, now="2026-12-01T08:30:00+01:00").schedule()

    assert again.is_unchanged
    assert office.enrolments() == before


def test_a_new_contact_begins_with_the_first_message_and_nobody_else_is_moved(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=1))
        office.send()
        workspace(tmp_path, sink.port, contacts=2)
        later = office.at(MORNING.replace("-01T", "-10T"))
        outlook = later.schedule()
        later.run()

    assert outlook.changes[0].enrolled == ["c1@acme.example"]
    assert sorted(taken.recipient for taken in sink.taken) == ["c0@acme.example"] * 2 + ["c1@acme.example"] * 2
    assert {str(row.day): row.message for row in later.rows() if row.contact[:2] == "c1"} == {
        "2026-12-15": "carts",
        "2026-12-29": "sizes",
    }


def test_what_is_scheduled_goes_out_although_the_file_says_something_else_by_now(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        edit(tmp_path, "Most of your carts", "Nearly all of your carts")
        office.at(SLOT).send()

    assert b"Most of your carts" in sink.taken[0].content


class Editor(list[Handled]):
    """Takes what a worker tells, and edits a file while it goes on."""

    def __init__(self, change: Callable[[], None]) -> None:
        super().__init__()
        self._change = change

    def append(self, row: Handled) -> None:
        super().append(row)
        if len(self) == 1:
            self._change()


def test_a_file_that_changes_while_a_worker_is_at_it_is_shown_and_not_applied_before_it_is_scheduled(
    tmp_path: Path,
) -> None:
    old, new = "Shoes that come back", "Shoes that are sent back"
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=3, campaign=SEASON))
        office.handled = Editor(lambda: edit(tmp_path, old, new))
        office.run(until=SLOT + timedelta(days=20))
        later = office.at(SLOT + timedelta(days=20))
        store, loaded = later.wiring.store, later.wiring.loaded
        found = plan(later.wiring.workspace, standing_of(store), now=later.now)
        ahead = ahead_of(store, loaded.workspace, now=later.now, rehearsal=True)
        (campaign,) = status(store, loaded, ahead).campaigns

    sizes = [taken.content for taken in sink.taken if b"Shoes" in taken.content]
    assert [old.encode() in content for content in sizes] == [True] * 3
    assert {row.change for row in found.rows} == {None}
    assert (
        campaign.difference == "the file was changed since: `dripper schedule acme/insights` approves it as it stands"
    )


def test_a_text_that_changes_while_a_worker_is_at_it_is_new_for_those_whom_it_has_not_reached(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=3, campaign=SEASON))
        office.handled = Editor(lambda: edit(tmp_path, "Shoes that come back", "Shoes that are sent back"))
        office.run(until=SLOT + timedelta(days=1))
        later = office.at(SLOT + timedelta(days=1))
        found = plan(later.wiring.workspace, standing_of(later.wiring.store), now=later.now)
        (change,) = later.schedule().changes
        later.run(until=SLOT + timedelta(days=20))

    assert {(row.coming.message_id, row.change) for row in found.rows} == {
        ("sizes", Change.TEXT),
        ("m3", None),
        ("m4", None),
    }
    assert change.new_texts == ["sizes"]
    assert len([taken for taken in sink.taken if b"Shoes that are sent back" in taken.content]) == 3


def test_a_new_text_reaches_those_whom_the_old_one_has_not(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send(most=1)
        edit(tmp_path, "Most of your carts", "Nearly all of your carts")
        later = office.at(SLOT)
        outlook = later.schedule()
        later.send()

    assert outlook.changes[0].new_texts == ["carts"]
    assert [b"Nearly" in taken.content for taken in sink.taken] == [False, True]
    assert len({taken.recipient for taken in sink.taken}) == 2


def test_a_message_that_vanished_is_passed_over_and_its_place_taken(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, campaign=SEASON))
        office.send()
        text = (tmp_path / "campaigns/acme/insights.toml").read_text()
        start = text.index('[[message]]\nid = "sizes"')
        end = text.index('[[message]]\nid = "m3"')
        edit(tmp_path, text[start:end], "")
        later = office.at(SECOND_SLOT)
        outlook = later.schedule()
        later.run()

    assert outlook.changes[0].gone == ["sizes"]
    assert later.states() == {"c0 carts": "sent", "c0 m3": "sent", "c0 m4": "sent", "c0 sizes": "cancelled"}
    assert later.counts() == {"sent": 3, "cancelled": 1}


def test_a_message_that_is_taken_out_stays_planned_and_is_cancelled_for_all_who_had_not_got_it(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2, campaign=SEASON))
        office.send(most=1)
        (first,) = [row.contact for row in office.rows()]
        workspace(tmp_path, sink.port, contacts=2, campaign=WITHOUT_CARTS)
        later = office.at(SLOT)
        later.schedule()
    moments = why(later.wiring.store, later.wiring.workspace, other_than(first)).moments

    assert later.counts() == {"sent": 1, "cancelled": 1, "due": 6}
    assert [(each.what, each.message, each.text) for each in moments if each.message] == [
        ("cancelled", "carts", "no longer in the campaign")
    ]


def test_a_message_that_is_put_back_goes_out_after_all_as_planned_and_only_to_those_without_it(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send(most=1)
        (first,) = [row.contact for row in office.rows()]
        workspace(tmp_path, sink.port, contacts=2, campaign=CAMPAIGN[: CAMPAIGN.rindex("[[message]]")])
        office.at(SLOT).schedule()
        workspace(tmp_path, sink.port, contacts=2)
        later = office.at(SLOT)
        coming = plan(later.wiring.workspace, standing_of(later.wiring.store), now=later.now).rows
        later.schedule()
        later.run()

    assert sorted(row.coming.key[1:] for row in coming) == sorted(
        (each.contact, each.message) for each in later.handled
    )
    assert later.counts() == {"sent": 4}
    assert sorted(each.contact for each in later.handled) == sorted([first, *[other_than(first)] * 2])


def other_than(contact: str) -> str:
    return "c1@acme.example" if contact[:2] == "c0" else "c0@acme.example"


def test_a_message_put_in_front_is_not_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
        edit(
            tmp_path,
            '[[message]]\nid = "carts"',
            '[[message]]\nid = "first"\nsubject = "First"\ntext = "One sentence."\ngift = "One"\n\n'
            '[[message]]\nid = "carts"',
        )
        later = office.at("2026-12-02T09:30:00+01:00")
        later.schedule()
        later.run()

    assert later.counts() == {"sent": 3}
    assert [str(row.day) for row in sorted(later.rows(), key=lambda row: row.day or 0)] == [
        "2026-12-01",
        "2026-12-15",
        "2026-12-29",
    ]


def test_messages_added_at_the_end_reach_those_who_had_finished(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.run()
        assert {one.state for one in office.enrolments().values()} == {Progress.FINISHED}
        (tmp_path / "campaigns/acme/insights.toml").write_text(SEASON)
        later = Office(tmp_path, now=office.now.isoformat())
        later.schedule()
        later.run()

    assert later.counts() == {"sent": 4}
    assert len({taken.message_id for taken in sink.taken}) == 4


def test_another_cadence_moves_the_slots_that_are_still_to_come(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
        edit(tmp_path, 'every = "2 weeks"', 'every = "4 weeks"')
        later = office.at("2026-12-02T09:30:00+01:00")
        outlook = later.schedule()
        later.run()

    assert outlook.changes[0].moved == ["c0@acme.example"]
    assert {str(row.day) for row in later.rows()} == {"2026-12-01", "2026-12-29"}


def test_who_is_taken_off_the_list_gets_nothing_further_and_may_come_back(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send()
        workspace(tmp_path, sink.port, contacts=1)
        later = office.at("2026-12-02T09:30:00+01:00")
        assert later.schedule().changes[0].stopped == ["c1@acme.example"]
        assert later.counts() == {"sent": 2, "due": 1, "cancelled": 1}
        workspace(tmp_path, sink.port, contacts=2)
        back = office.at("2026-12-03T09:30:00+01:00")
        back.schedule()
        back.run()

    assert back.counts() == {"sent": 4}


@pytest.mark.parametrize("now", ["2026-12-03T09:30:00+01:00", "2027-06-01T09:30:00+02:00"])
def test_a_store_without_history_refuses_a_start_that_is_past(tmp_path: Path, now: str) -> None:
    office = Office(workspace(tmp_path, 25), now=now)
    with pytest.raises(UsageError, match="knows nothing of it") as refused:
        office.schedule()

    assert "--restart" in refused.value.cure
    assert office.schedule(restart=True).changes[0].is_new


def test_on_the_day_of_the_start_it_is_not_too_late(tmp_path: Path) -> None:
    assert Office(workspace(tmp_path, 25), now="2026-12-01T12:00:00+01:00").schedule().changes[0].is_new


def test_what_was_held_is_tried_again_once_the_text_is_mended_and_scheduled(tmp_path: Path) -> None:
    with Sink() as sink:
        root = workspace(tmp_path, sink.port)
        edit(root, "Most of your carts", "Most of {{ contact.shop }} carts")
        office = at_slot(root)
        office.send()
        assert office.counts() == {"held": 1, "due": 1}
        edit(root, "{{ contact.shop }}", "your")
        later = office.at(SLOT)
        later.schedule()
        later.send()

    assert later.counts() == {"sent": 1, "due": 1}


def test_a_message_that_does_not_apply_is_skipped_and_uses_no_slot(tmp_path: Path) -> None:
    with Sink() as sink:
        root = workspace(tmp_path, sink.port)
        edit(root, 'id = "carts"', 'id = "carts"\nonly = { role = "Nobody" }')
        office = at_slot(root)
        office.run()

    assert office.states() == {"c0 carts": "skipped", "c0 sizes": "sent"}
    assert str(office.rows()[1].day) == "2026-12-01"


def test_a_file_with_an_error_sends_neither_the_old_text_nor_the_new_until_it_is_mended(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        edit(tmp_path, "[[message]]", "[[message", "campaigns/acme/insights.toml")
        broken = office.at(SLOT)
        broken.send()
        assert broken.counts() == {"due": 2}
        edit(tmp_path, "[[message", "[[message]]", "campaigns/acme/insights.toml")
        office.at(SLOT).send()

    assert len(sink.taken) == 1


def test_a_message_under_another_id_is_refused_because_it_would_go_out_again(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
        edit(tmp_path, 'id = "carts"', 'id = "late-carts"')
        later = office.at("2026-12-02T08:00:00+01:00")
        with pytest.raises(ProblemsError) as refused:
            later.schedule()
        later.run()

    assert [problem.cure for problem in refused.value.problems] == ['write id = "carts" again']
    assert [taken.recipient for taken in sink.taken] == ["c0@acme.example"] * 2
    assert later.states() == {"c0 carts": "sent", "c0 sizes": "sent"}
