"""Reads from the record what an account was given: the frozen texts, the days, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dripper.outbox.approved import campaign_of
from dripper.outbox.store import campaigns
from dripper.outbox.store.given import answers_of, given_to
from dripper.prep.gifts import Delivered, Gifts, Reply, gifts_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.given import Given
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.workspace import Workspace


def gifts_given(store: Store, workspace: Workspace, account: str, *, now: datetime) -> Gifts:
    """Return what was given to an account and answered until `now`, which a rehearsal may set before later records.

    Nothing is recorded where the store does not exist yet.
    """
    if store.is_passing:
        return Gifts(is_recorded=False)
    zone = ZoneInfo(workspace.settings.workspace.timezone)
    with store.read() as connection:
        given = tuple(one for one in given_to(connection, account) if one.changed_at <= now)
        told = tuple(one for one in answers_of(connection, account) if one.at <= now)
        frozen = _frozen(connection, given)
    names = {one.contact: one.name or one.contact for one in given}
    replies = (
        Reply(
            contact=one.contact,
            name=names.get(one.contact, one.contact),
            words=one.text,
            at=one.at,
            on=one.at.astimezone(zone).date(),
            campaign=one.campaign,
        )
        for one in told
    )
    return gifts_of((_delivered(one, frozen[one.campaign, one.revision], workspace, zone) for one in given), replies)


def _frozen(connection: Connection, given: tuple[Given, ...]) -> dict[tuple[str, int], Campaign | None]:
    """Return the campaigns by id and revision as they were approved."""
    found: dict[tuple[str, int], Campaign | None] = {}
    for key in dict.fromkeys((one.campaign, one.revision) for one in given):
        revision = campaigns.numbered(connection, *key)
        found[key] = campaign_of(revision) if revision else None
    return found


def _delivered(one: Given, frozen: Campaign | None, workspace: Workspace, zone: ZoneInfo) -> Delivered:
    """Return a delivery with the words of its message; which angle it prepares may be said later, in the file."""
    live = workspace.campaigns.get(one.campaign) or frozen
    message = next((each for each in frozen.messages if each.id == one.message), None) if frozen else None
    return Delivered(
        campaign=one.campaign,
        message=one.message,
        subject=_subject(message, one.message),
        gift=message.gift if message else "",
        prepares=live.prepares if live else None,
        contact=one.contact,
        name=one.name or one.contact,
        at=one.changed_at,
        on=one.day or one.changed_at.astimezone(zone).date(),
        is_in_doubt=one.is_in_doubt,
    )


def _subject(message: Message | None, identity: str) -> str:
    """Return the subject as everybody read it; one that names its reader differs, so the id stands in for it."""
    subject = message.variants[0] if message else "{{"
    return identity.replace("-", " ").capitalize() if "{" in subject else subject
