"""Following the contacts whose zone has changed: a slot that nobody would look at before the old time is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.course import Course
from dripper.drip.replan import in_zone
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.store import campaigns, enrolments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.approved import Approved
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


def follow_all(connection: Connection, approved: Approved, *, now: datetime) -> None:
    """Move the slots of every scheduled campaign whose file can be read."""
    for revision in campaigns.all_current(connection):
        if revision.campaign in approved.workspace.recipients:
            follow(connection, approved.workspace, approved.campaign(revision), now=now)


def follow(connection: Connection, workspace: Workspace, campaign: Campaign, *, now: datetime) -> list[str]:
    """Move the slots of one campaign to the zones that its contacts have now; return the contacts' keys.

    What cannot be placed stays where it is: admission holds it with the reason.
    """
    moved = []
    for to in list(_strayed(connection, workspace, campaign)):
        one = enrolments.get(connection, campaign.id, to.key)
        assert one is not None
        try:
            course = Course.of(workspace, campaign, to)
            slot = in_zone(progress.enrolled_of(one, course)).slot
        except DripperError:
            continue
        progress.move_slot(connection, one, course, slot, at=now)
        moved.append(to.key)
    return moved


def _strayed(connection: Connection, workspace: Workspace, campaign: Campaign) -> Iterator[Recipient]:
    listed = {to.key: to for to in workspace.recipients.get(campaign.id, ())}
    messages = [message.id for message in campaign.messages]
    for contact, zone in enrolments.zones(connection, campaign.id, messages=messages):
        if contact in listed and listed[contact].timezone != zone:
            yield listed[contact]
