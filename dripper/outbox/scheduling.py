"""Scheduling: a campaign is frozen as it stands, and every recipient gets a place in it.

Scheduling again is safe at any time: an unchanged campaign changes nothing; contacts keep what they had, new ones begin
with the first message, and nobody ever gets a message id twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.drip.change import Scheduled
from dripper.drip.course import Course
from dripper.drip.plan import enrol, missed_start
from dripper.drip.renamed import renamed_problems
from dripper.drip.shell import shell_of
from dripper.errors import DripperError, ProblemsError, UsageError
from dripper.outbox import progress
from dripper.outbox.approved import campaign_of
from dripper.outbox.readdressing import NO_RECIPIENT, former_of, take_over
from dripper.outbox.rescheduling import fit_in, welcome_back
from dripper.outbox.rezoning import follow
from dripper.outbox.store import campaigns, enrolments, events
from dripper.outbox.store.campaigns import Revision
from dripper.outbox.store.enrolments import Enrolment, Progress
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.vanishing import cancel_gone
from dripper.workspace.toml import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


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
    if before is None and not restart:
        _refuse_a_lost_history(workspace, campaign, now=now)
    frozen = campaign_of(after)
    if before is not None:
        _refuse_a_renamed_message(draft, campaign_of(before))
    if before is None or before.hash != after.hash:
        done.is_changed = before is not None
        mailbox, _ = workspace.mailbox_of(campaign)
        campaigns.freeze(connection, after, mailbox=mailbox, priority=campaign.priority)
        _note_differences(done, None if before is None else campaign_of(before), frozen)
        cancel_gone(connection, after, done.gone, at=now)
    _enrol_and_stop(connection, workspace, frozen, done, now=now)
    if before is not None and done.is_changed:
        fit_in(connection, workspace, campaign_of(before), frozen, done, now=now)
    elif before is not None:
        done.moved += follow(connection, workspace, frozen, now=now)
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


def _refuse_a_lost_history(workspace: Workspace, campaign: Campaign, *, now: datetime) -> None:
    """Keep a fresh clone, or a workspace whose store was lost, from sending everything again."""
    later = "correct the negotiation's `on`" if campaign.before else "write a later `start`"
    for recipient in workspace.recipients.get(campaign.id, ()):
        course = Course.of(workspace, campaign, recipient)
        missed = missed_start(course, now=now)
        if missed is not None:
            raise UsageError(
                f"{campaign.id} was to begin on {missed.local:%a %d %b %Y}, and this store knows nothing of it",
                cure=f"if it was sent from another copy, schedule it there; if it never was, {later}, "
                "or say `dripper schedule --restart` to begin now with the first message",
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


def _enrol_and_stop(
    connection: Connection, workspace: Workspace, campaign: Campaign, done: Scheduled, *, now: datetime
) -> None:
    known = enrolments.of_campaign(connection, campaign.id)
    wanted = {recipient.key: recipient for recipient in workspace.recipients.get(campaign.id, ())}
    fresh = [_enrolment(workspace, campaign, one, now=now) for key, one in wanted.items() if key not in known]
    enrolments.add(connection, [one for one, _, _ in fresh])
    vanished = [one for key, one in known.items() if key not in wanted]
    for one, course, reason in fresh:
        done.enrolled.append(one.contact)
        if _goes_on(connection, one, vanished, done, now=now):
            _begin(connection, one, course, reason, done, now=now)
    for key, one in known.items():
        if key not in wanted and one.state is Progress.ACTIVE:
            progress.stop(connection, one, reason=NO_RECIPIENT, at=now)
            _note(connection, one, Kind.STOPPED, NO_RECIPIENT, now=now)
            done.stopped.append(key)
        elif key in wanted and one.state is Progress.STOPPED and one.reason == NO_RECIPIENT:
            done.enrolled.append(key)
            _note(connection, one, Kind.ENROLLED, "a recipient again", now=now)
            if _goes_on(connection, one, vanished, done, now=now):
                welcome_back(connection, workspace, one, campaign, now=now)


def _goes_on(
    connection: Connection, one: Enrolment, vanished: Sequence[Enrolment], done: Scheduled, *, now: datetime
) -> bool:
    """Take over what the person had at former addresses; return whether anything further may go out."""
    former = former_of(one, vanished)
    if former:
        done.readdressed[one.contact] = tuple(old.contact for old in former)
    return take_over(connection, one, former, at=now)


def _enrolment(
    workspace: Workspace, campaign: Campaign, recipient: Recipient, *, now: datetime
) -> tuple[Enrolment, Course | None, str]:
    """Return a first row without a slot yet, the course, and why there is none."""
    one = Enrolment(
        campaign=campaign.id,
        contact=recipient.key,
        name=recipient.name,
        account=recipient.account,
        domain=recipient.key.rpartition("@")[2],
        state=Progress.ACTIVE,
        reason="",
        message=campaign.messages[0].id,
        position=0,
        # Without a reason it has no slot yet.
        slot_at=now,
        slot_on=None,
        zone=recipient.timezone,
        slot_reason=None,
        due_at=None,
        enrolled_at=now,
    )
    try:
        return one, Course.of(workspace, campaign, recipient), ""
    except DripperError as error:
        return one, None, progress.said(error)


def _begin(
    connection: Connection, one: Enrolment, course: Course | None, reason: str, done: Scheduled, *, now: datetime
) -> None:
    _note(connection, one, Kind.ENROLLED, now=now)
    assert one.message is not None
    try:
        if course is not None and one.contact in done.readdressed:
            progress.begin_anew(connection, one, course, waiting=None, at=now)
            return
        if course is not None:
            progress.begin(connection, one, course, enrol(course, enrolled_at=now), at=now)
            return
    except DripperError as error:
        reason = progress.said(error)
    progress.hold(connection, one, one.message, reason=reason, at=now)
    done.held[one.contact] = reason


def _note(connection: Connection, one: Enrolment, kind: Kind, text: str = "", *, now: datetime) -> None:
    events.note(connection, Happening(at=now, kind=kind, campaign=one.campaign, contact=one.contact, text=text))


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
