"""Records a reply that was seen elsewhere, and stops what it stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.jobs.target import find_contact
from dripper.outbox import progress
from dripper.outbox.approved import campaign_of
from dripper.outbox.store import campaigns, enrolments, events
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.store.events import Happening, Kind
from dripper.workspace.model.campaign import OnReply

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """What a reply stopped: campaign ids, each with the contacts, and the campaigns that go on in spite of it."""

    contact: str
    stopped: tuple[tuple[str, str], ...]
    goes_on: tuple[str, ...]


def replied(store: Store, workspace: Workspace, name: str, text: str, *, now: datetime) -> Replied:
    """Record that a contact answered; each campaign's `on_reply` says whom that stops."""
    stopped: list[tuple[str, str]] = []
    goes_on: list[str] = []
    with store.write() as connection:
        contact = find_contact(workspace, connection, name)
        events.note(connection, Happening(at=now, kind=Kind.REPLY, contact=contact, text=text))
        for one in enrolments.of_contact(connection, contact):
            concerned = _concerned(connection, one)
            if not concerned and one.state is Progress.ACTIVE:
                goes_on.append(one.campaign)
            for each in concerned:
                who = "replied" if each.contact == contact else f"{contact} replied"
                progress.stop(connection, each, reason=who, at=now)
                stopped.append((each.campaign, each.contact))
    return Replied(contact=contact, stopped=tuple(stopped), goes_on=tuple(goes_on))


def _concerned(connection: Connection, one: Enrolment) -> tuple[Enrolment, ...]:
    """Return the active enrolments that a reply to `one` stops."""
    revision = campaigns.current(connection, one.campaign)
    assert revision is not None
    on_reply = campaign_of(revision).on_reply
    if on_reply is OnReply.GO_ON:
        return ()
    whole = on_reply is OnReply.ACCOUNT and one.account
    concerned = enrolments.of_account(connection, one.campaign, one.account) if whole else (one,)
    return tuple(each for each in concerned if each.state is Progress.ACTIVE)
