"""The tables, all in one place, so that the whole record can be seen at once.

- `campaigns`, `revisions`: what was approved, as frozen text.
- `enrolments`: a contact in a campaign; keeps only the next message and its slot, so a million contacts are a million
  rows.
- `deliveries`: one row per (campaign, contact, message), unique, from the moment it is claimed or decided about.
- `attempts`: each try on the wire, committed before it begins; limits count them.
- `archive`: the exact bytes of what was sent.
- `events`, `suppressions`, `pauses`, `mailboxes`: what stops or shaped the rest.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect

# Raised with every change of what is below.
SCHEMA = 1


class Instant(TypeDecorator[datetime]):
    """The one type of time: aware, in UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC; a time without a zone is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what was stored, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Text, primary_key=True),
    # The number of the revision that goes out.
    Column("revision", Integer, nullable=False),
    # Of that revision, for the claim and the caps.
    Column("mailbox", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("scheduled_at", Instant, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    # The hash of all that follows: the same means unchanged.
    Column("hash", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("shell", Text, nullable=False),
    # In their order, one id per line.
    Column("message_ids", Text, nullable=False),
    Column("scheduled_at", Instant, nullable=False),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    # The contact's key: the normalised address.
    Column("contact", Text, primary_key=True),
    # As last scheduled: who is behind the address, to know a person again whose address has changed.
    Column("name", Text, nullable=False),
    Column("account", Text, nullable=False),
    # The receiving domain.
    Column("domain", Text, nullable=False),
    # active | stopped | finished
    Column("state", Text, nullable=False),
    # Why it is stopped.
    Column("reason", Text, nullable=False, default=""),
    # The next message, its place in the file and its slot; null once finished.
    Column("message", Text),
    Column("position", Integer),
    Column("slot_at", Instant),
    Column("slot_on", Date),
    Column("zone", Text),
    Column("slot_reason", Text),
    # When a worker has to look at it: the slot, or the time of the next try; null while in hand, held or over.
    Column("due_at", Instant),
    Column("enrolled_at", Instant, nullable=False),
)
Index("enrolments_due", enrolments.c.due_at)
Index("enrolments_contact", enrolments.c.contact)
Index("enrolments_account", enrolments.c.account, enrolments.c.slot_on)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("contact", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Raised with each claim; whoever holds an older one changes nothing any more.
    Column("token", Integer, nullable=False),
    Column("worker", Text),
    # On the real clock, also in a rehearsal.
    Column("lease_until", Instant),
    # The revision whose text it carries.
    Column("revision", Integer, nullable=False),
    # The contact's day that caps count it for.
    Column("day", Date),
    Column("attempts", Integer, nullable=False, default=0),
    Column("first_attempt_at", Instant),
    Column("retry_at", Instant),
    Column("message_id", Text),
    # The last answer of the server, or why it is held, skipped or cancelled.
    Column("code", Integer),
    Column("reply", Text, nullable=False, default=""),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("campaign", "contact", "message", name="deliveries_once"),
)
Index("deliveries_contact", deliveries.c.contact, deliveries.c.day)
Index("deliveries_account", deliveries.c.account, deliveries.c.day)
Index(
    "deliveries_in_hand",
    deliveries.c.state,
    deliveries.c.mailbox,
    sqlite_where=deliveries.c.state.in_(("claimed", "attempting")),
    postgresql_where=deliveries.c.state.in_(("claimed", "attempting")),
)

attempts = Table(
    "attempts",
    metadata,
    Column("delivery", ForeignKey("deliveries.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("worker", Text, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # Where and how it ended.
    Column("phase", Text),
    Column("outcome", Text),
    Column("code", Integer),
    Column("reply", Text),
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
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    # Whom or what it concerns; empty where it concerns more.
    Column("campaign", Text, nullable=False, default=""),
    Column("contact", Text, nullable=False, default=""),
    Column("text", Text, nullable=False, default=""),
)
Index("events_contact", events.c.contact)

suppressions = Table(
    "suppressions",
    metadata,
    # SHA-256 of the normalised address, so that it outlives what is erased.
    Column("hash", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    # all | campaign | contact | account | domain
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("reason", Text, nullable=False, default=""),
    Column("at", Instant, nullable=False),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("name", Text, primary_key=True),
    # True: use it no more until a person has corrected it.
    Column("stopped", Boolean, nullable=False, default=False),
    # Leave it alone until then.
    Column("rests_until", Instant),
    # Failures in a row, for the length of the rest.
    Column("failures", Integer, nullable=False, default=0),
    Column("reason", Text, nullable=False, default=""),
    # When the last delivery was claimed for it; `gap_s` counts from here.
    Column("claimed_at", Instant),
)
