"""Scheduling again after an edit: everybody who is under way is fitted into the campaign as it now stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.course import Course
from dripper.drip.delivery import Event, State
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.store import deliveries, enrolments
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.vanishing import cancel_rows, put_back

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.change import Scheduled
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace


def fit_in(
    connection: Connection, workspace: Workspace, before: Campaign, after: Campaign, done: Scheduled, *, now: datetime
) -> None:
    """Give every active or finished enrolment its place in `after`; what is held is tried again."""
    recipients = {recipient.key: recipient for recipient in workspace.recipients.get(after.id, ())}
    for one in enrolments.of_campaign(connection, after.id).values():
        if one.contact in done.enrolled or one.state is Progress.STOPPED:
            continue
        rows = deliveries.of_enrolment(connection, one.campaign, one.contact)
        if any(row.state in (State.CLAIMED, State.ATTEMPTING) for row in rows):
            # Its worker gives it back or finishes it; admission then fits it in.
            continue
        _settle_rows(connection, rows, after, now=now)
        try:
            old = Course.of(workspace, before, recipients[one.contact], messages=())
            course = Course.of(workspace, after, recipients[one.contact])
            waiting = progress.enrolled_of(one, old) if one.slot_reason and one.message else None
            place = progress.begin_anew(connection, one, course, waiting=waiting, at=now)
        except DripperError as error:
            reason = progress.said(error)
            progress.hold(connection, one, one.message or after.messages[0].id, reason=reason, at=now)
            done.held[one.contact] = reason
            continue
        if place is not None and waiting is not None and place.slot.utc != waiting.slot.utc:
            done.moved.append(one.contact)


def welcome_back(
    connection: Connection, workspace: Workspace, one: Enrolment, campaign: Campaign, *, now: datetime
) -> None:
    """Go on with a contact who was taken off the campaign's list and is on it again."""
    recipient = workspace.recipient(campaign.id, one.contact)
    assert recipient is not None
    course = Course.of(workspace, campaign, recipient)
    rows = deliveries.of_enrolment(connection, one.campaign, one.contact)
    put_back(connection, rows, {message.id for message in campaign.messages}, at=now)
    progress.begin_anew(connection, one, course, waiting=None, at=now)


def _settle_rows(connection: Connection, rows: tuple[Delivery, ...], after: Campaign, *, now: datetime) -> None:
    ids = {message.id for message in after.messages}
    cancel_rows(connection, rows, ids, at=now)
    put_back(connection, rows, ids, at=now)
    for row in rows:
        if row.message in ids and row.state is State.HELD:
            deliveries.apply(connection, row, Event.RESUME, at=now, reply="")
