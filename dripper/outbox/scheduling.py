"""Scheduling: a campaign is frozen as it stands, and every recipient gets a place in it.

Scheduling again is safe at any time: an unchanged campaign changes nothing; contacts keep what they had, new ones begin
with the first message, and nobody ever gets a message id twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.drip.change import Scheduled
from dripper.drip.renamed import renamed_problems
from dripper.drip.shell import shell_of
from dripper.errors import ProblemsError
from dripper.outbox import rezoning
from dripper.outbox.approved import campaign_of
from dripper.outbox.enrolling import Enrolling
from dripper.outbox.rescheduling import fit_in
from dripper.outbox.store import campaigns, events
from dripper.outbox.store.campaigns import Revision
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.vanishing import cancel_gone
from dripper.workspace.toml import Document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A campaign as its file stands, ready to be frozen."""

    campaign: Campaign
    source: str


def schedule(
    connection: Connection, workspace: Workspace, draft: Draft, *, now: datetime, restart: bool = False
) -> Scheduled:
    """Freeze a campaign and enrol its recipients.

    Raises `UsageError` where the store knows nothing of a campaign that was to begin before, unless `restart`, and
    `ProblemsError` where a message that was scheduled stands there under another id.
    """
    campaign = draft.campaign
    before = campaigns.current(connection, campaign.id)
    after = _revision(workspace, draft, before, now=now)
    done = Scheduled(campaign=campaign.id, is_new=before is None)
    frozen = campaign_of(after)
    if before is not None:
        _refuse_a_renamed_message(draft, campaign_of(before))
    if before is None or before.hash != after.hash:
        done.is_changed = before is not None
        mailbox, _ = workspace.mailbox_of(campaign)
        campaigns.freeze(connection, after, mailbox=mailbox, priority=campaign.priority)
        _note_differences(done, None if before is None else campaign_of(before), frozen)
        cancel_gone(connection, after, done.gone, at=now)
    Enrolling(connection, workspace, frozen, done, now=now, may_be_late=before is not None or restart).run()
    if before is not None and done.is_changed:
        fit_in(connection, workspace, campaign_of(before), frozen, done, now=now)
    if done.is_new or done.is_changed:
        rezoning.keep_version(connection, workspace, frozen)
    else:
        done.moved += rezoning.follow(connection, workspace, frozen, now=now)
    if not done.is_unchanged:
        events.note(connection, Happening(at=now, kind=Kind.SCHEDULED, campaign=campaign.id, text=_summary(done)))
    return done


def differs(revision: Revision, campaign: Campaign, source: str, workspace: Workspace) -> bool:
    """Whether a campaign's file is no longer what was approved."""
    draft = Draft(campaign=campaign, source=source)
    return _revision(workspace, draft, revision, now=revision.scheduled_at).hash != revision.hash


def _revision(workspace: Workspace, draft: Draft, before: Revision | None, *, now: datetime) -> Revision:
    campaign = draft.campaign
    return Revision(
        campaign=campaign.id,
        number=1 if before is None else before.number + 1,
        file=campaign.file,
        source=draft.source,
        shell=shell_of(workspace, campaign),
        message_ids=tuple(message.id for message in campaign.messages),
        scheduled_at=now,
    )


def _refuse_a_renamed_message(draft: Draft, scheduled: Campaign) -> None:
    """Keep a message from going out again under another id to those who had it."""
    document = Document.parse(draft.campaign.file, draft.source)
    assert isinstance(document, Document)
    problems = list(renamed_problems(document, draft.campaign, scheduled))
    if problems:
        raise ProblemsError(
            f"{draft.campaign.id} has a message under another id, and nothing was scheduled",
            problems,
            cure="mend it, then schedule again",
        )


def _note_differences(done: Scheduled, before: Campaign | None, after: Campaign) -> None:
    old = {message.id: message for message in before.messages} if before else {}
    new = {message.id: message for message in after.messages}
    done.added += [name for name in new if name not in old]
    done.gone += [name for name in old if name not in new]
    done.new_texts += [name for name in new if name in old and new[name] != old[name]]


def _summary(done: Scheduled) -> str:
    parts: Mapping[str, list[str]] = {
        "enrolled": done.enrolled,
        "stopped": done.stopped,
        "new text": done.new_texts,
        "new messages": done.added,
        "gone": done.gone,
        "moved": done.moved,
    }
    return ", ".join(f"{name}: {len(values)}" for name, values in parts.items() if values) or "scheduled"
