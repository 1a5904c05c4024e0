"""Following the contacts whose zone has changed: a slot that nobody would look at before the old time is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.course import Course
from dripper.drip.replan import in_zone
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.store import campaigns, enrolments, marks
from dripper.outbox.store.enrolments import blocks
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def has_strayed(connection: Connection, approved: Approved) -> bool:
    """Whether `follow_all` may have something to do: found by reading, so that workers that start wait for nobody."""
    for revision in campaigns.all_current(connection):
        people = approved.workspace.recipients.get(revision.campaign, ())
        campaign = approved.campaign(revision)
        if is_kept(connection, approved.workspace, campaign):
            continue
        if isinstance(people, Register) or any(_strayed(connection, campaign, block) for block in blocks(people)):
            return True
    return False


def follow(connection: Connection, workspace: Workspace, campaign: Campaign, *, now: datetime) -> list[str]:
    """Move the slots of one campaign to the zones that its contacts have now; return the contacts' keys.

    What cannot be placed stays where it is: admission holds it with the reason. A long list is gone through only where
    it is not what it was the last time.
    """
    people = workspace.recipients.get(campaign.id, ())
    if is_kept(connection, workspace, campaign):
        return []
    moved = []
    for block in blocks(people):
        for to in _strayed(connection, campaign, block):
            one = enrolments.get(connection, campaign.id, to.key)
            assert one is not None
            try:
                course = Course.of(workspace, campaign, to)
                slot = in_zone(progress.enrolled_of(one, course)).slot
            except DripperError:
                continue
            progress.move_slot(connection, one, course, slot, at=now)
            moved.append(to.key)
    keep_version(connection, workspace, campaign)
    return sorted(moved)


def is_kept(connection: Connection, workspace: Workspace, campaign: Campaign) -> bool:
    """Whether all slots are known to be in the zones that the contacts of a long list have."""
    people = workspace.recipients.get(campaign.id, ())
    return isinstance(people, Register) and marks.get(connection, _name(campaign)) == people.version


def keep_version(connection: Connection, workspace: Workspace, campaign: Campaign) -> None:
    """Note for which version of a long list all slots are in the zones of their contacts."""
    people = workspace.recipients.get(campaign.id, ())
    if isinstance(people, Register):
        marks.put(connection, _name(campaign), people.version)


def _name(campaign: Campaign) -> str:
    return f"zones of {campaign.id}"


def _strayed(connection: Connection, campaign: Campaign, block: Sequence[Recipient]) -> list[Recipient]:
    messages = [message.id for message in campaign.messages]
    zones = enrolments.zones(connection, campaign.id, messages=messages, contacts=[to.key for to in block])
    return [to for to in block if zones.get(to.key, to.timezone) != to.timezone]
