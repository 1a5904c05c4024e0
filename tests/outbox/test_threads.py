"""A follow-up answers what really went out: whatever became of the messages before it."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from fakes.office import SLOT, at_slot, workspace
from fakes.smtp_server import TAKE_AND_DROP, Rude, Sink, Taken
from fakes.workspaces import CAMPAIGN, edit

from dripper.drip.delivery import Event, State
from dripper.outbox.store import deliveries

THIRD = """
[[message]]
id = "returns"
subject = "Returns"
text = "Half of the shoes that come back were ordered in two sizes; a line on the fit saves the second parcel."
gift = "Fewer parcels"
"""
THREAD = CAMPAIGN.replace('at = "09:30"\n', 'at = "09:30"\nthread = true\n') + THIRD
NEXT, LAST = "2026-12-15T09:30:00+01:00", "2026-12-29T09:30:00+01:00"


def read(taken: Taken) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(taken.content)
    assert isinstance(message, EmailMessage)
    return message


def threading(taken: Taken) -> tuple[str, str | None, str | None]:
    message = read(taken)
    return message["Subject"], message["In-Reply-To"], message["References"]


def test_each_answers_the_one_before_and_names_all(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, campaign=THREAD))
        for now in (SLOT, NEXT, LAST):
            office.at(now).send()
    first, second, third = sink.taken
    ids = [each.message_id for each in sink.taken]
    subject = "Re: Carts after nine, C0"
    assert threading(first) == ("Carts after nine, C0", None, None)
    assert threading(second) == (subject, ids[0], ids[0])
    assert threading(third) == (subject, ids[1], f"{ids[0]} {ids[1]}")


def test_after_a_message_that_was_skipped_the_thread_begins_with_the_next(tmp_path: Path) -> None:
    campaign = THREAD.replace('id = "carts"\n', 'id = "carts"\nonly = { role = "VP" }\n')
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, campaign=campaign))
        for now in (SLOT, NEXT):
            office.at(now).send()
    first, second = sink.taken
    assert threading(first) == ("Sizes", None, None)
    assert threading(second) == ("Re: Sizes", first.message_id, first.message_id)


def test_a_message_that_was_refused_is_never_answered(tmp_path: Path) -> None:
    refusals = ["554 5.0.0 not this one", "250 2.0.0 taken"]
    with Rude({"DOT": refusals}) as server:
        office = at_slot(workspace(tmp_path, server.port, campaign=THREAD))
        for now in (SLOT, NEXT):
            office.at(now).send()
    assert office.states()["c0 carts"] == "failed"
    assert threading(server.taken[0]) == ("Sizes", None, None)


def test_a_message_in_doubt_is_answered_once_it_is_known_to_have_gone_out_and_in_its_place(tmp_path: Path) -> None:
    with Rude({"DOT": [TAKE_AND_DROP, "250 2.0.0 taken"]}) as server:
        office = at_slot(workspace(tmp_path, server.port, campaign=THREAD))
        for now in (SLOT, NEXT):
            office.at(now).send()
        assert office.states()["c0 carts"] == "unknown"
        assert threading(server.taken[1]) == ("Sizes", None, None)
        with office.wiring.store.write() as connection:
            row = next(row for row in office.rows() if row.state is State.UNKNOWN)
            deliveries.apply(connection, row, Event.ACCEPT, at=office.at(NEXT).now)
        office.at(LAST).send()
    ids = [each.message_id for each in server.taken]
    assert threading(server.taken[2]) == ("Re: Carts after nine, C0", ids[1], f"{ids[0]} {ids[1]}")


def test_a_text_scheduled_anew_does_not_change_what_is_answered(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, campaign=THREAD))
        office.send()
        edit(tmp_path, "Carts after nine", "Carts before ten")
        office.at("2026-12-02T09:30:00+01:00").schedule()
        office.at(NEXT).send()
    first, second = sink.taken
    assert threading(second) == ("Re: Carts after nine, C0", first.message_id, first.message_id)


def test_at_a_new_address_which_has_nothing_to_answer_the_thread_begins_anew(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=["c0@acme.example"], campaign=THREAD))
        office.send()
        edit(tmp_path, 'email = "c0@acme.example"', 'email = "c0@new.example"', "campaigns/acme/account.toml")
        office.at("2026-12-02T09:30:00+01:00").schedule()
        office.at(NEXT).send()
        office.at(LAST).send()
    _, second, third = sink.taken
    assert second.recipient == "c0@new.example"
    assert threading(second) == ("Sizes", None, None)
    assert threading(third) == ("Re: Sizes", second.message_id, second.message_id)


def test_contacts_do_not_share_a_thread(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2, campaign=THREAD))
        office.send()
        office.at(NEXT).send()
    ids = {taken.recipient: taken.message_id for taken in sink.taken[:2]}
    assert {taken.recipient: threading(taken)[1] for taken in sink.taken[2:]} == ids


def test_which_of_several_subjects_a_contact_gets_stays_the_same_when_it_is_scheduled_again(tmp_path: Path) -> None:
    campaign = CAMPAIGN.replace('subject = "Sizes"', 'subjects = ["Sizes A", "Sizes B"]')
    subjects = []
    for text in (campaign, campaign.replace("Shoes that come back", "Shoes that return")):
        root = tmp_path / str(len(subjects))
        with Sink() as sink:
            office = at_slot(workspace(root, sink.port, contacts=6, campaign=text))
            office.send()
            office.at(NEXT).send()
        subjects.append({taken.recipient: read(taken)["Subject"] for taken in sink.taken[6:]})
    assert subjects[0] == subjects[1]
    assert set(subjects[0].values()) == {"Sizes A", "Sizes B"}
