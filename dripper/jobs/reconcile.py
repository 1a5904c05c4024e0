"""Reconciles: lists what is in doubt with its evidence, and settles it as a person decides."""

from __future__ import annotations

from collections import defaultdict
from email.parser import BytesHeaderParser
from email.policy import default
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.drip.doubt import Doubt, Settled, Verdict
from dripper.drip.story import Moment
from dripper.errors import DripperError, UsageError
from dripper.jobs.target import find_target, name_of
from dripper.outbox import reconciling
from dripper.outbox.approved import Approved
from dripper.outbox.recover import recover
from dripper.outbox.store import archive, attempts, campaigns, deliveries, events, hands
from dripper.outbox.store.events import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.course import Course
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.engine import Store
    from dripper.workspace.model.workspace import Workspace

_TELLING = (Kind.REPLY, Kind.SUPPRESSED, Kind.STOPPED)


def in_doubt(
    store: Store, workspace: Workspace, names: Collection[str], *, now: datetime, real_now: datetime
) -> tuple[Doubt, ...]:
    """Return what is in doubt, longest first; what dead workers left behind is looked at before.

    Each of `names` is a campaign, a contact, an account, a receiving domain, a message's id or a Message-ID: those of
    one kind add up, those of several narrow it down, so that campaign, contact and message together name one delivery.
    `real_now` is the real clock's. Raises `UsageError` for a name that is not known.
    """
    with store.write() as connection:
        recover(connection, now=now, real_now=real_now)
    approved = Approved(workspace)
    with store.read() as connection:
        rows = _chosen(connection, workspace, names)
        return tuple(_doubt(connection, approved, row, real_now=real_now) for row in rows)


def settle(
    store: Store, workspace: Workspace, doubts: Iterable[Doubt], verdict: Verdict, *, now: datetime, real_now: datetime
) -> tuple[Settled, ...]:
    """Settle all of `doubts` in one transaction; what cannot be settled now stays in doubt, with the reason."""
    approved = Approved(workspace)
    with store.write() as connection:
        return tuple(_settled(connection, approved, each, verdict, now=now, real_now=real_now) for each in doubts)


def in_hand(store: Store) -> tuple[int, datetime | None]:
    """Return how many messages workers have in their hands, and until when at least they count as alive."""
    with store.read() as connection:
        rows = hands.everywhere(connection)
    return len(rows), max((row.lease_until for row in rows if row.lease_until is not None), default=None)


def _settled(
    connection: Connection, approved: Approved, doubt: Doubt, verdict: Verdict, *, now: datetime, real_now: datetime
) -> Settled:
    row = deliveries.get(connection, doubt.campaign, doubt.contact, doubt.message)
    assert row is not None
    if row.state is not State.UNKNOWN or row.token != doubt.token:
        return Settled(doubt=doubt, state=row.state, reason="it was settled meanwhile")
    if verdict is Verdict.SENT:
        return Settled(doubt=doubt, state=reconciling.arrived(connection, row, now=now).state)
    reason = ""
    if reconciling.is_open(connection, row, real_now=real_now):
        reason = "the worker that sent it is at work again and may still tell: look again in some minutes"
    elif reconciling.is_in_hand(connection, row):
        reason = "a worker is just writing to this contact: say it again in a minute"
    if reason:
        return Settled(doubt=doubt, state=State.UNKNOWN, reason=reason)
    row = reconciling.send_again(connection, row, _course(connection, approved, row), now=now)
    return Settled(doubt=doubt, state=row.state, reason=row.reply)


def _course(connection: Connection, approved: Approved, row: Delivery) -> Course | None:
    """Return a contact's way through the campaign as it goes out now; `None` where that cannot be said."""
    revision = approved.revisions(connection, [row.campaign])[row.campaign]
    try:
        return approved.course(revision, row.contact)
    except DripperError:
        return None


def _chosen(connection: Connection, workspace: Workspace, names: Collection[str]) -> Sequence[Delivery]:
    rows = deliveries.all_unknown(connection)
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, value = _meant(connection, workspace, rows, name.strip())
        wanted[kind].add(value)
    return [row for row in rows if all(getattr(row, kind) in values for kind, values in wanted.items())]


def _meant(connection: Connection, workspace: Workspace, rows: Sequence[Delivery], name: str) -> tuple[str, str]:
    """Return which column of a delivery a name speaks of, and its value there; raise `UsageError` where it is none."""
    for row in rows:
        if row.message_id is not None and name.strip("<>") == row.message_id.strip("<>"):
            return "message_id", row.message_id
    try:
        target = find_target(workspace, connection, name)
    except UsageError:
        if any(row.message == name for row in rows):
            return "message", name
        raise
    return target.kind.value, target.name


def _doubt(connection: Connection, approved: Approved, row: Delivery, *, real_now: datetime) -> Doubt:
    tries = attempts.of_delivery(connection, row)
    last = tries[-1] if tries else None
    told = [f"{each.code} {each.reply} (try {each.number})" for each in tries if each.code is not None]
    intent_at = last.started_at if last else row.changed_at
    return Doubt(
        campaign=row.campaign,
        message=row.message,
        contact=row.contact,
        name=name_of(approved.workspace, row.contact),
        mailbox=row.mailbox,
        message_id=row.message_id or "",
        subject=_subject(connection, approved, row),
        attempt=last.number if last else row.attempts,
        intent_at=intent_at,
        ended_at=last.ended_at if last else None,
        phase=last.phase if last else None,
        ending=(last.reply or "") if last and last.code is None else "",
        words=told[-1] if told else "",
        since=tuple(sorted(_since(connection, row, intent_at), key=lambda moment: moment.at)),
        is_open=reconciling.is_open(connection, row, real_now=real_now),
        token=row.token,
    )


def _subject(connection: Connection, approved: Approved, row: Delivery) -> str:
    """Return the subject of the very bytes where they are kept, else as the revision that was tried renders it."""
    content = archive.content_of(connection, row)
    if content is not None:
        return str(BytesHeaderParser(policy=default).parsebytes(content)["Subject"])
    revision = campaigns.numbered(connection, row.campaign, row.revision)
    recipient = approved.recipient(row.campaign, row.contact)
    if revision is None or recipient is None:
        return ""
    try:
        campaign = approved.campaign(revision)
        message = next((each for each in campaign.messages if each.id == row.message), None)
        if message is None:
            return ""
        return approved.composer.proof(campaign, message, recipient, shell=revision.shell).subject
    except DripperError:
        return ""


def _since(connection: Connection, row: Delivery, then: datetime) -> Iterator[Moment]:
    """Yield what happened to the contact after the try, and what else reached the same address or did not."""
    for each in events.of_contact(connection, row.contact):
        if each.at > then and each.kind in _TELLING:
            yield Moment(at=each.at, what=each.kind, campaign=each.campaign, text=each.text)
    for other in deliveries.of_contact(connection, row.contact):
        if other.state in (State.SENT, State.FAILED) and other.changed_at > then:
            said = f"{other.code or ''} {other.reply}".strip()
            yield Moment(
                at=other.changed_at, what=other.state, campaign=other.campaign, message=other.message, text=said
            )
