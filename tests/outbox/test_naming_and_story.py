"""How contacts are named, and what `why` tells of those who left, came back, or were never written to."""

from pathlib import Path

import pytest
from fakes.office import Office, at_slot, workspace
from fakes.smtp_server import Sink
from fakes.workspaces import edit

from dripper.drip.story import Story
from dripper.errors import UsageError
from dripper.jobs.suppress import address_of, suppress
from dripper.jobs.target import find_contact
from dripper.jobs.why import why
from dripper.pages.scheduled import change_lines
from dripper.pages.why import why_text

pytestmark = pytest.mark.usefixtures("store_url")

ACCOUNT = "campaigns/acme/account.toml"


def story(office: Office, name: str) -> Story:
    return why(office.wiring.store, office.wiring.workspace, name)


def refused(office: Office, name: str) -> UsageError:
    with pytest.raises(UsageError) as error, office.wiring.store.read() as connection:
        find_contact(office.wiring.workspace, connection, name)
    return error.value


def test_leaving_and_coming_back_are_told_and_leave_no_stop_behind(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send()
        workspace(tmp_path, sink.port, contacts=1)
        left = office.at("2026-12-02T09:30:00+01:00").schedule().changes[0]
        workspace(tmp_path, sink.port, contacts=2)
        back = office.at("2026-12-03T09:30:00+01:00")
        back.schedule()
        back.run()
    told = story(back, "c1@acme.example")

    assert "  ends for 1 contact: c1@acme.example" in change_lines(left)
    assert [(each.what, each.text) for each in told.moments if not each.message] == [
        ("enrolled", ""),
        ("stopped", "no longer a recipient of this campaign"),
        ("enrolled", "a recipient again"),
    ]
    assert [each.obstacle for each in told.ahead] == ["finished"]


def test_a_suppression_is_told_once_in_plain_words(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25))
    office.schedule()
    for _ in range(2):
        suppress(office.wiring.store, None, " C0@acme.example ", now=office.now)
    lines = why_text(story(office, "c0@acme.example"), office.wiring.zone).splitlines()

    assert [line for line in lines if "suppressed" in line] == [
        "  01 Dec 2026 08:00  suppressed by hand",
        "  acme/insights: nothing further (suppressed: by hand)",
    ]


def test_whoever_is_suppressed_may_be_named(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25))
    store, known = office.wiring.store, office.wiring.workspace

    assert address_of(store, known, "c0 weber") == "c0@acme.example"
    assert address_of(store, known, " eva@else.example ") == "eva@else.example"
    with pytest.raises(UsageError, match="'nobody' is no e-mail address, and there is no contact 'nobody'"):
        address_of(store, known, "nobody")


def test_a_first_name_alone_finds_the_people_who_have_it(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25, contacts=20))

    assert refused(office, "C7").cure == "did you mean C7 Weber?"
    assert "`dripper plan` shows who is written to" in refused(office, "Zoltan").cure


def test_a_contact_without_an_address_is_known_but_cannot_be_written_to(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25))
    edit(tmp_path, "[[contact]]", '[[contact]]\nname = "No Mail"\n[[contact]]', ACCOUNT)
    error = refused(office, "no mail")

    assert "has no e-mail address" in str(error)
    assert error.cure == f"write it into {ACCOUNT}"


def test_a_contact_who_is_not_to_be_dripped_on_is_told_why(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25, contacts=2))
    edit(tmp_path, 'email = "c1@acme.example"', 'email = "c1@acme.example"\ndrip = false', ACCOUNT)
    told = story(office, "c1@acme.example")

    assert why_text(told, office.wiring.zone).endswith(
        f"Nothing was scheduled for this contact: {ACCOUNT} has drip = false."
    )
