"""What a worker could not send is told: a mailbox that rests, limits, other workers, and what is held by a pause."""

from datetime import timedelta
from pathlib import Path

import pytest
from fakes.office import NO_LIMITS, SLOT, Office, at_slot, workspace
from fakes.smtp_server import Rude

from dripper.drip.ahead import Ahead
from dripper.jobs.status import status
from dripper.jobs.why import why
from dripper.outbox.claim import Claimer
from dripper.outbox.trial import claim_for_show
from dripper.pages.deliveries import due_lines, summary_lines
from dripper.pages.status import needs, status_json

pytestmark = pytest.mark.usefixtures("store_url")


def needs_lines(office: Office) -> list[str]:
    return list(needs(status(office.wiring.store, office.wiring.loaded, Ahead()), office.wiring.zone))


def dry_run(office: Office) -> list[str]:
    with office.wiring.store.trial() as connection:
        rows, summary = claim_for_show(connection, office.wiring.approved, office.wires(), now=office.now, most=None)
    return due_lines([row.handled for row in rows], summary, office.wiring.zone)


def claim_one(office: Office) -> None:
    """Take one delivery as a worker that dies before it can send it."""
    with office.wiring.store.write() as connection:
        claimer = Claimer(approved=office.wiring.approved, worker="dead", lease=timedelta(minutes=2))
        limits = office.wiring.workspace.settings.mailboxes["dana"].limits
        claimed = claimer.claim(
            connection, "dana", limits, now=office.now, real_now=office.wiring.real_clock.now(), most=1
        )
    assert len(claimed.claims) == 1


def test_what_waits_for_a_resting_mailbox_is_told(tmp_path: Path) -> None:
    office = at_slot(workspace(tmp_path, 1, contacts=2, limits=NO_LIMITS.replace("connections = 2", "connections = 1")))
    office.send(most=1)
    later = office.at(SLOT)
    lines = summary_lines(later.send(), office.wiring.zone)

    assert lines[0] == "Nothing was sent."
    assert lines[1].startswith("1 is due, but mailbox dana rests until Tue 09:")
    assert dry_run(later)[0] == lines[1]


def test_what_a_limit_leaves_over_is_told(tmp_path: Path) -> None:
    with Rude() as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=3, limits=NO_LIMITS.replace("hour = 0", "hour = 2")))
        lines = summary_lines(office.send(), office.wiring.zone)

    assert lines[:2] == ["2 sent.", "1 more is due and waits for the limits of mailbox dana, or the next call."]


def test_what_lies_in_the_hands_of_a_worker_is_told_and_nothing_was_due_is_not(tmp_path: Path) -> None:
    with Rude() as server:
        office = at_slot(workspace(tmp_path, server.port))
        claim_one(office)
        lines = summary_lines(office.send(), office.wiring.zone)

    assert lines[0] == "Nothing was sent."
    assert lines[1].startswith("1 is in the hands of another worker")
    assert dry_run(office)[0] == lines[1]
    (ahead,) = why(office.wiring.store, office.wiring.workspace, "c0@acme.example").ahead
    assert (ahead.message, ahead.obstacle) == ("carts", "in a worker's hands")
    assert needs_lines(office)[0].startswith("In a worker's hands: 1; if it died, the next one looks at them from ")


def test_what_a_domain_holds_is_counted_with_the_command_that_ends_it(tmp_path: Path) -> None:
    with Rude({"RCPT": "550 5.7.1 spam"}) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=2))
        office.send(most=1)
    told = status(office.wiring.store, office.wiring.loaded, Ahead())
    lines = needs_lines(office)

    assert office.counts() == {"held": 4}
    assert lines[0].startswith("Paused: domain acme.example (")
    assert lines[0].endswith("`dripper resume acme.example` goes on.")
    assert lines[1] == "  3 messages wait for that."
    assert lines[2] == "Held with a paused domain: 1; `dripper resume DOMAIN` tries again, see above."
    assert len(status_json(told)["held"]) == 1
