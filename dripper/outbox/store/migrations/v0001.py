"""The first layout, as it was; on SQLite only, until the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.migrations.types import INSTANT, NUMBER, WORDS

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make the tables of version 1."""
    _what_was_approved(op)
    _what_goes_out(op)
    _what_stops_it(op)


def _what_was_approved(op: Operations) -> None:
    op.create_table(
        "meta",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mailbox", WORDS, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("scheduled_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "revisions",
        sa.Column("campaign", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("shell", WORDS, nullable=False),
        sa.Column("message_ids", WORDS, nullable=False),
        sa.Column("scheduled_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaigns.id"],
        ),
        sa.PrimaryKeyConstraint("campaign", "number"),
    )
    op.create_table(
        "enrolments",
        sa.Column("campaign", WORDS, nullable=False),
        sa.Column("contact", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("domain", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("message", WORDS, nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("slot_at", INSTANT, nullable=True),
        sa.Column("slot_on", sa.Date(), nullable=True),
        sa.Column("zone", WORDS, nullable=True),
        sa.Column("slot_reason", WORDS, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("enrolled_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaigns.id"],
        ),
        sa.PrimaryKeyConstraint("campaign", "contact"),
    )
    op.create_index("enrolments_account", "enrolments", ["account", "slot_on"], unique=False)
    op.create_index("enrolments_contact", "enrolments", ["contact"], unique=False)
    op.create_index("enrolments_due", "enrolments", ["due_at"], unique=False)


def _what_goes_out(op: Operations) -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("campaign", WORDS, nullable=False),
        sa.Column("contact", WORDS, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("domain", WORDS, nullable=False),
        sa.Column("mailbox", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("worker", WORDS, nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", INSTANT, nullable=True),
        sa.Column("retry_at", INSTANT, nullable=True),
        sa.Column("message_id", WORDS, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("reply", WORDS, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign", "contact", "message", name="deliveries_once"),
        sa.ForeignKeyConstraint(
            ["campaign"],
            ["campaigns.id"],
        ),
    )
    op.create_index("deliveries_account", "deliveries", ["account", "day"], unique=False)
    op.create_index("deliveries_contact", "deliveries", ["contact", "day"], unique=False)
    op.create_index(
        "deliveries_in_hand",
        "deliveries",
        ["state", "mailbox"],
        unique=False,
        sqlite_where=sa.text("state IN ('claimed', 'attempting')"),
        postgresql_where=sa.text("state IN ('claimed', 'attempting')"),
    )
    op.create_table(
        "attempts",
        sa.Column("delivery", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker", WORDS, nullable=False),
        sa.Column("mailbox", WORDS, nullable=False),
        sa.Column("domain", WORDS, nullable=False),
        sa.Column("message_id", WORDS, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("phase", WORDS, nullable=True),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("reply", WORDS, nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["deliveries.id"],
        ),
        sa.PrimaryKeyConstraint("delivery", "number"),
    )
    op.create_index("attempts_mailbox", "attempts", ["mailbox", "started_at"], unique=False)
    op.create_table(
        "archive",
        sa.Column("delivery", NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["deliveries.id"],
        ),
        sa.PrimaryKeyConstraint("delivery"),
    )


def _what_stops_it(op: Operations) -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("campaign", WORDS, nullable=False),
        sa.Column("contact", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("events_contact", "events", ["contact"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "pauses",
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "name"),
    )
    op.create_table(
        "mailboxes",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("rests_until", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
