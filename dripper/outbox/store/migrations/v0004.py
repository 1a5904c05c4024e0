"""SQLite keeps times as numbers, and an enrolment is found by its contact first: a million take a third less room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.migrations.types import INSTANT, WORDS

if TYPE_CHECKING:
    from alembic.operations import Operations

_TIMES = {
    "campaigns": ("scheduled_at",),
    "revisions": ("scheduled_at",),
    "enrolments": ("slot_at", "due_at", "enrolled_at"),
    "deliveries": ("lease_until", "first_attempt_at", "retry_at", "changed_at"),
    "attempts": ("started_at", "ended_at"),
    "events": ("at",),
    "suppressions": ("at",),
    "pauses": ("at",),
    "mailboxes": ("rests_until", "claimed_at"),
    "workers": ("started_at", "alive_until"),
}
_COLUMNS = (
    "campaign, contact, name, account, domain, state, reason, message, position, slot_at, slot_on, zone, slot_reason, "
    "due_at, enrolled_at"
)


def upgrade(op: Operations) -> None:
    """Bring the tables from version 3 to 4."""
    if op.get_bind().dialect.name == "sqlite":
        _count_times(op)
        _make_enrolments(op)
    else:
        for name in ("enrolments_contact", "enrolments_due", "enrolments_queue"):
            op.drop_index(name, "enrolments")
        op.drop_constraint("enrolments_pkey", "enrolments")
        op.create_primary_key("enrolments_pkey", "enrolments", ["contact", "campaign"])
    op.create_index("enrolments_queue", "enrolments", ["campaign", "due_at", "contact"])


def _count_times(op: Operations) -> None:
    """Write each time, until now text such as 2026-12-01 09:30:00.000000, as microseconds since 1970."""
    for table, columns in _TIMES.items():
        for column in columns:
            seconds = f"CAST(strftime('%s', substr({column}, 1, 19)) AS INTEGER)"
            number = f"{seconds} * 1000000 + CAST(substr({column}, 21, 6) AS INTEGER)"
            op.execute(f"UPDATE {table} SET {column} = {number} WHERE {column} IS NOT NULL")  # noqa: S608


def _make_enrolments(op: Operations) -> None:
    """Make the table anew, as SQLite changes no key of one that is there."""
    op.rename_table("enrolments", "enrolments_before")
    for name in ("account", "contact", "due", "queue"):
        op.drop_index(f"enrolments_{name}", "enrolments_before")
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
        sa.PrimaryKeyConstraint("contact", "campaign"),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"]),
    )
    op.execute(f"INSERT INTO enrolments ({_COLUMNS}) SELECT {_COLUMNS} FROM enrolments_before")  # noqa: S608
    op.drop_table("enrolments_before")
    op.create_index("enrolments_account", "enrolments", ["account", "slot_on"])
