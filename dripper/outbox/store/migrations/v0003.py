"""A queue for each campaign: whose message is next is found without sorting everything that is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make the index."""
    waits = sa.text("due_at IS NOT NULL")
    columns = ["campaign", "due_at", "contact"]
    op.create_index("enrolments_queue", "enrolments", columns, sqlite_where=waits, postgresql_where=waits)
