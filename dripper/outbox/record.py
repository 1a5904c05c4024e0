"""What is written down around a try: the intent before it, the outcome with the server's reply after it.

Every function works inside the caller's transaction. A row that is no longer as the worker knew it is left alone: the
worker then has lost its claim, and whoever took it over decides. Each first holds the person, so that nothing else is
decided about him or her at the same moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.caps import held_back
from dripper.drip.delivery import Event, State
from dripper.drip.outcome import GIVE_UP_AFTER, MailboxEffect, outcome_of, retry_after
from dripper.outbox import progress
from dripper.outbox.sight import counted_since, unwanted, written_near
from dripper.outbox.stopping import stop_contact, suppress
from dripper.outbox.store import (
    archive,
    attempts,
    campaigns,
    deliveries,
    enrolments,
    locks,
    mailboxes,
    pauses,
    posting,
    suppressions,
)
from dripper.outbox.store.pauses import Pause, Paused
from dripper.outbox.store.posting import Held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.outcome import Answer, Outcome
    from dripper.outbox.approved import Approved
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.mailboxes import Condition
    from dripper.outbox.taking import Claim
    from dripper.workspace.model.settings import Calendar


def intend(
    connection: Connection, approved: Approved, claim: Claim, *, message_id: str, now: datetime
) -> Delivery | None:
    """Write down that a try begins, if nothing forbids it by now; `None` where it must not be made."""
    one, seen = claim.enrolment, claim.delivery
    locks.hold_person(connection, one.contact)
    reason = unwanted(connection, approved, [one.contact]).get(one.contact)
    if reason is not None:
        stop_contact(connection, one.contact, reason=reason, at=now)
    state = enrolments.get(connection, one.campaign, one.contact)
    if state is None or state.state is not enrolments.Progress.ACTIVE:
        stopped = state.reason if state else "no longer enrolled"
        deliveries.apply(connection, seen, Event.CANCEL, at=now, reply=stopped)
        return None
    condition = mailboxes.get(connection, seen.mailbox)
    if not still_free(connection, approved, condition, [claim], now=now):
        release(connection, claim, now=now)
        return None
    row = deliveries.apply(connection, seen, Event.ATTEMPT, at=now, **trying(claim, message_id, now=now))
    attempts.begin(connection, row, at=now)
    return row


def trying(claim: Claim, message_id: str, *, now: datetime) -> dict[str, Any]:
    """Return what a try that begins at `now` changes in its row."""
    seen = claim.delivery
    first = seen.first_attempt_at or now
    return {"attempts": seen.attempts + 1, "first_attempt_at": first, "message_id": message_id}


def still_free(
    connection: Connection, approved: Approved, condition: Condition, claims: Sequence[Claim], *, now: datetime
) -> list[Claim]:
    """Return those of one mailbox against whom nothing has come up since the claim.

    No suppression, pause, newer revision, trouble or cap.
    """
    if not claims or condition.stopped or (condition.rests_until is not None and condition.rests_until > now):
        return []
    hashes = [suppressions.hash_of(claim.enrolment.contact) for claim in claims]
    barred = approved.suppressed_among(hashes)
    seen = [
        Held(claim.delivery.id, claim.delivery.token, claim.revision.number, one)
        for claim, one in zip(claims, hashes, strict=True)
        if one not in barred
    ]
    calendar = approved.settings.calendar
    ones = [claim.enrolment for claim in claims]
    is_near = posting.free(connection, seen, since=counted_since(calendar, ones))
    free = [claim for claim in claims if claim.delivery.id in is_near]
    # With a cap for accounts, everybody of one is near.
    near = free if calendar.account_per_day else [claim for claim in free if is_near[claim.delivery.id]]
    capped = _capped(connection, calendar, near)
    return [claim for claim in free if claim.delivery.id not in capped] if capped else free


def _capped(connection: Connection, calendar: Calendar, claims: Sequence[Claim]) -> frozenset[int]:
    """Return those against which a cap is by now."""
    if not claims:
        return frozenset()
    ids = {claim.delivery.id for claim in claims}
    _, written = written_near(connection, calendar, [claim.enrolment for claim in claims], but=ids)
    return frozenset(
        claim.delivery.id
        for claim in claims
        if held_back(claim.course, claim.delivery.message, progress.slot_of(claim.enrolment), written=written)
    )


def release(connection: Connection, claim: Claim, *, now: datetime) -> None:
    """Give a delivery back untried; it is due again at once."""
    locks.hold_person(connection, claim.delivery.contact)
    row = deliveries.apply(connection, claim.delivery, Event.RELEASE, at=now)
    look_again(connection, row, claim.enrolment.slot_at, now=now)


def hold(connection: Connection, claim: Claim, *, reason: str, now: datetime) -> Delivery:
    """Hold a delivery that cannot be composed."""
    locks.hold_person(connection, claim.delivery.contact)
    row = deliveries.apply(connection, claim.delivery, Event.HOLD, at=now, code=None, reply=reason)
    return look_again(connection, row, None, now=now)


def no_connection(connection: Connection, mailbox: str, answer: Answer, *, now: datetime) -> datetime | None:
    """Write down that a mailbox has no connection: it stops, or rests until the time that is returned."""
    return _note_mailbox(connection, mailbox, outcome_of(answer), answer, now=now)


def unconnected(
    connection: Connection, claim: Claim, *, answer: Answer, until: datetime | None, now: datetime
) -> Delivery:
    """Write down that a delivery waits for its mailbox, which rests `until`."""
    locks.hold_person(connection, claim.delivery.contact)
    outcome = outcome_of(answer)
    said = {"code": answer.code, "reply": answer.text}
    if outcome.event is not Event.DEFER:
        row = deliveries.apply(connection, claim.delivery, Event.RELEASE, at=now, **said)
        return look_again(connection, row, claim.enrolment.slot_at, now=now)
    retry_at = until or now + retry_after(1, key=claim.delivery.mailbox)
    row = deliveries.apply(connection, claim.delivery, Event.DEFER, at=now, retry_at=retry_at, **said)
    return look_again(connection, row, retry_at, now=now)


def conclude(
    connection: Connection, claim: Claim, tried: Delivery, answer: Answer, *, content: bytes, now: datetime
) -> Delivery:
    """Write down how a try ended, and everything that follows from it."""
    outcome = outcome_of(answer)
    key = f"{tried.campaign}\n{tried.contact}\n{tried.message}"
    retry_at = now + retry_after(tried.attempts, key=key)
    event = outcome.event
    if event is Event.DEFER and retry_at > (tried.first_attempt_at or now) + GIVE_UP_AFTER:
        event = Event.REFUSE
    locks.hold_person(connection, tried.contact)
    seen = deliveries.as_now(connection, tried)
    attempts.end(connection, tried, answer=answer, event=event, at=now)
    if seen.state is State.UNKNOWN and event is not Event.ACCEPT:
        return seen
    values = {"code": answer.code, "reply": answer.text, "retry_at": retry_at if event is Event.DEFER else None}
    row = deliveries.apply(connection, seen, event, at=now, **values)
    if row.state in (State.SENT, State.UNKNOWN):
        archive.keep(connection, row, content)
    _note_mailbox(connection, row.mailbox, outcome, answer, now=now)
    # What was in doubt had its follow-up when it came into doubt.
    return row if seen.state is State.UNKNOWN else _follow_up(connection, claim, row, outcome, now=now)


def _follow_up(connection: Connection, claim: Claim, row: Delivery, outcome: Outcome, *, now: datetime) -> Delivery:
    """Turn the enrolment to what comes next, and keep whatever the answer says about address and domain."""
    one = claim.enrolment
    if outcome.hold_domain:
        reason = f"{row.domain} objects: {row.code} {row.reply}"
        pauses.pause(connection, Pause(kind=Paused.DOMAIN, name=row.domain, reason=reason, at=now))
    if outcome.suppress:
        suppress(connection, one.contact, reason=f"{row.code} {row.reply}", at=now)
        return row
    if not row.state.is_final:
        due_at = {State.DEFERRED: row.retry_at, State.DUE: one.slot_at}.get(row.state)
        return look_again(connection, row, due_at, now=now)
    fresh = enrolments.get(connection, one.campaign, one.contact)
    revision = campaigns.current(connection, one.campaign)
    if fresh is None or fresh.state is not enrolments.Progress.ACTIVE:
        return row
    if revision is None or revision.number != claim.revision.number:
        enrolments.wake(connection, one.campaign, one.contact, now)
        return row
    assert row.day is not None
    progress.go_on(connection, fresh, claim.course, used=row.day, at=now)
    return row


def look_again(connection: Connection, row: Delivery, due_at: datetime | None, *, now: datetime) -> Delivery:
    """Say when a delivery that is not final is looked at again; cancel it where its enrolment was stopped meanwhile."""
    one = enrolments.get(connection, row.campaign, row.contact)
    assert one is not None
    if one.state is enrolments.Progress.ACTIVE:
        enrolments.wait_until(connection, row.campaign, row.contact, due_at)
        return row
    return deliveries.apply(connection, row, Event.CANCEL, at=now, reply=one.reason)


def _note_mailbox(
    connection: Connection, mailbox: str, outcome: Outcome, answer: Answer, *, now: datetime
) -> datetime | None:
    """Write down what an answer means for the mailbox; return until when it rests."""
    reason = f"{answer.code} {answer.text}" if answer.code else answer.text
    if outcome.mailbox is MailboxEffect.STOP:
        mailboxes.stop(connection, mailbox, reason=reason)
        return None
    condition = mailboxes.get(connection, mailbox)
    if outcome.mailbox is MailboxEffect.REST:
        until = now + retry_after(condition.failures + 1, key=mailbox)
        mailboxes.rest(connection, mailbox, until=until, reason=reason)
        return until
    if condition.failures and outcome.event is Event.ACCEPT:
        mailboxes.well(connection, mailbox)
    return None
