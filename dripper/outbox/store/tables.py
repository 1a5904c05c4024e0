"""The tables, all in one place, so that the whole record can be seen at once.

- `campaigns`, `revisions`: what was approved, as frozen text.
- `enrolments`: a contact in a campaign; keeps only the next message and its slot, so a million contacts are a million
  rows.
- `deliveries`: one row per (campaign, contact, message), unique, from the moment it is claimed or decided about.
- `attempts`: each try on the wire, committed before it begins; limits count them.
- `archive`: the exact bytes of what was sent.
- `events`, `suppressions`, `pauses`, `mailboxes`: what stops or shaped the rest.
- `workers`: who is at work on this store.

SQLite and PostgreSQL get the same tables; what differs between them is inside the types of `columns`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    bindparam,
    event,
)

from dripper.outbox.store.columns import Instant, Number, Words

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement, Connection

# Raised with every change of what is below.
SCHEMA = 4

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Words, primary_key=True), Column("value", Words, nullable=False))

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Words, primary_key=True),
    # The number of the revision that goes out.
    Column("revision", Integer, nullable=False),
    # Of that revision, for the claim and the caps.
    Column("mailbox", Words, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("scheduled_at", Instant, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    # The hash of all that follows: the same means unchanged.
    Column("hash", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("shell", Words, nullable=False),
    # A list, in their order.
    Column("message_ids", JSON, nullable=False),
    Column("scheduled_at", Instant, nullable=False),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    # The contact's key: the normalised address.
    Column("contact", Words, nullable=False),
    # As last scheduled: who is behind the address, to know a person again whose address has changed.
    Column("name", Words, nullable=False),
    Column("account", Words, nullable=False),
    # The receiving domain.
    Column("domain", Words, nullable=False),
    # active | stopped | finished
    Column("state", Words, nullable=False),
    # Why it is stopped.
    Column("reason", Words, nullable=False, default=""),
    # The next message, its place in the file and its slot; null once finished.
    Column("message", Words),
    Column("position", Integer),
    Column("slot_at", Instant),
    Column("slot_on", Date),
    Column("zone", Words),
    Column("slot_reason", Words),
    # When a worker has to look at it: the slot, or the time of the next try; null while in hand, held or over.
    Column("due_at", Instant),
    Column("enrolled_at", Instant, nullable=False),
    # In this order, so that the campaigns of a contact need no index of their own.
    PrimaryKeyConstraint("contact", "campaign"),
)
# Who is next in a campaign, and everybody in it.
Index("enrolments_queue", enrolments.c.campaign, enrolments.c.due_at, enrolments.c.contact)
Index("enrolments_account", enrolments.c.account, enrolments.c.slot_on)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("contact", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("domain", Words, nullable=False),
    Column("mailbox", Words, nullable=False),
    Column("state", Words, nullable=False),
    # Raised with each claim; whoever holds an older one changes nothing any more.
    Column("token", Integer, nullable=False),
    Column("worker", Words),
    # On the real clock, also in a rehearsal.
    Column("lease_until", Instant),
    # The revision whose text it carries.
    Column("revision", Integer, nullable=False),
    # The contact's day that caps count it for.
    Column("day", Date),
    Column("attempts", Integer, nullable=False, default=0),
    Column("first_attempt_at", Instant),
    Column("retry_at", Instant),
    Column("message_id", Words),
    # The last answer of the server, or why it is held, skipped or cancelled.
    Column("code", Integer),
    Column("reply", Words, nullable=False, default=""),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("campaign", "contact", "message", name="deliveries_once"),
)
Index("deliveries_contact", deliveries.c.contact, deliveries.c.day)
Index("deliveries_account", deliveries.c.account, deliveries.c.day)


def in_hand() -> ColumnElement[bool]:
    """Return the condition that a worker holds a delivery.

    Its words stand in the query itself: only then does a database see that the index below covers it.
    """
    states: BindParameter[tuple[str, ...]] = bindparam(
        "in_hand", ("claimed", "attempting"), expanding=True, literal_execute=True
    )
    return deliveries.c.state.in_(states)


_of_in_hand = Index("deliveries_in_hand", deliveries.c.mailbox)


@event.listens_for(metadata, "before_create")
def _narrow(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    """Put the condition of the index in the words of one engine: to name those of all would import all of them."""
    _of_in_hand.dialect_kwargs[f"{connection.dialect.name}_where"] = in_hand()


attempts = Table(
    "attempts",
    metadata,
    Column("delivery", ForeignKey("deliveries.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("worker", Words, nullable=False),
    Column("mailbox", Words, nullable=False),
    Column("domain", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # Where and how it ended.
    Column("phase", Words),
    Column("outcome", Words),
    Column("code", Integer),
    Column("reply", Words),
)
Index("attempts_mailbox", attempts.c.mailbox, attempts.c.started_at)

archive = Table(
    "archive",
    metadata,
    Column("delivery", ForeignKey("deliveries.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", Words, nullable=False),
    # Whom or what it concerns; empty where it concerns more.
    Column("campaign", Words, nullable=False, default=""),
    Column("contact", Words, nullable=False, default=""),
    Column("text", Words, nullable=False, default=""),
)
Index("events_contact", events.c.contact)

suppressions = Table(
    "suppressions",
    metadata,
    # SHA-256 of the normalised address, so that it outlives what is erased.
    Column("hash", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    # all | campaign | contact | account | domain
    Column("kind", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("reason", Words, nullable=False, default=""),
    Column("at", Instant, nullable=False),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("name", Words, primary_key=True),
    # True: use it no more until a person has corrected it.
    Column("stopped", Boolean, nullable=False, default=False),
    # Leave it alone until then.
    Column("rests_until", Instant),
    # Failures in a row, for the length of the rest.
    Column("failures", Integer, nullable=False, default=0),
    Column("reason", Words, nullable=False, default=""),
    # When the last delivery was claimed for it; `gap_s` counts from here.
    Column("claimed_at", Instant),
)

workers = Table(
    "workers",
    metadata,
    Column("name", Words, primary_key=True),
    Column("started_at", Instant, nullable=False),
    # On the real clock; the heartbeat moves it on, and whoever is past it is taken for dead.
    Column("alive_until", Instant, nullable=False),
)
