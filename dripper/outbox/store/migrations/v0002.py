"""The workers get a table, the ids of a revision become a list, and what is in hand is found by its mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.migrations.types import INSTANT, WORDS

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Bring the tables from version 1 to 2."""
    op.create_table(
        "workers",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("alive_until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    in_hand = sa.text("state IN ('claimed', 'attempting')")
    op.drop_index("deliveries_in_hand", "deliveries")
    op.create_index("deliveries_in_hand", "deliveries", ["mailbox"], sqlite_where=in_hand, postgresql_where=in_hand)
    _make_lists(op)


def _make_lists(op: Operations) -> None:
    """Write the table anew, which every database can; there is a row for each time a campaign was scheduled."""
    bind = op.get_bind()
    query = sa.text("SELECT * FROM revisions").columns(scheduled_at=INSTANT)
    rows = bind.execute(query).mappings().all()
    op.drop_table("revisions")
    revisions = op.create_table(
        "revisions",
        sa.Column("campaign", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("shell", WORDS, nullable=False),
        sa.Column("message_ids", sa.JSON(), nullable=False),
        sa.Column("scheduled_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("campaign", "number"),
    )
    for row in rows:
        ids = row["message_ids"].split("\n") if row["message_ids"] else []
        bind.execute(sa.insert(revisions), {**row, "message_ids": ids})
