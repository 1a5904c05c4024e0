"""What `resume` lets go, and what it says where something else still keeps it back."""

from pathlib import Path

import pytest
from fakes.office import SLOT, Office, at_slot, workspace
from fakes.smtp_server import Rude, Sink
from fakes.workspaces import CAMPAIGN

from dripper.jobs.pause import pause, resume

pytestmark = pytest.mark.usefixtures("store_url")

DANAS = 'mailbox = "dana"\n' + CAMPAIGN


def said(office: Office, name: str | None) -> str:
    return resume(office.wiring.store, office.wiring.workspace, name, now=office.now)


def test_a_contact_whose_domain_is_paused_is_told_what_ends_that(tmp_path: Path) -> None:
    with Rude({"RCPT": ["550 5.7.1 spam", "250 2.1.5 ok"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()
        contact = said(office, "c0@acme.example")
        assert office.send().counts == {}
        domain = said(office, "acme.example")
        office.send()

    assert contact == (
        "Resumed contact c0@acme.example. 1 held message is no longer held. "
        "But domain acme.example is paused too: `dripper resume acme.example` lets it go on."
    )
    assert domain == "Resumed domain acme.example."
    assert office.counts() == {"sent": 1, "due": 1}


def test_a_campaign_under_a_pause_of_everything_says_so(tmp_path: Path) -> None:
    office = at_slot(workspace(tmp_path, 25))
    for name in (None, "acme/insights"):
        pause(office.wiring.store, office.wiring.workspace, name, now=office.now)

    assert said(office, "acme/insights") == (
        "Resumed campaign acme/insights. But all is paused too: `dripper resume --all` lets it go on."
    )
    assert said(office, "c0@acme.example") == (
        "contact c0@acme.example was not paused. But all is paused too: `dripper resume --all` lets it go on."
    )


def test_a_mended_mailbox_is_resumed_and_what_it_deferred_goes_out_at_once(tmp_path: Path) -> None:
    office = at_slot(workspace(tmp_path, 1, contacts=3))
    office.send()
    assert office.counts() == {"deferred": 3, "due": 3}
    with Sink() as sink:
        workspace(tmp_path, sink.port, contacts=3)
        later = office.at(SLOT)
        first = said(later, "dana")
        second = said(later, "dana")
        later.send()

    assert first == "Mailbox dana is in use again. 3 deferred messages are due again."
    assert second == "Mailbox dana was not paused. 3 deferred messages are due again."
    assert len(sink.taken) == 3
    assert said(later, "dana") == "Mailbox dana was not paused, and nothing of it is deferred."


def test_only_the_mailbox_that_is_named_tries_again(tmp_path: Path) -> None:
    office = at_slot(workspace(tmp_path, 1, campaign=DANAS, mailboxes={"dana": 1, "eva": 1}))
    office.send()

    assert said(office, "eva") == "Mailbox eva was not paused, and nothing of it is deferred."
    assert office.row().retry_at != office.now
    assert "1 deferred message is due again" in said(office, "dana")
    assert office.row().retry_at == office.now
