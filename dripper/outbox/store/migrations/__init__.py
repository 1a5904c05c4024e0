"""The steps from one version of the tables to the next, each in a file of its own, applied with Alembic's operations.

Fresh tables are made from `tables`, old ones by these steps; a test holds the two equal. A step never imports `tables`,
which goes on changing after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.migration import MigrationContext
from alembic.operations import Operations

from dripper.outbox.store.migrations import v0001, v0002, v0003, v0004

if TYPE_CHECKING:
    from sqlalchemy import Connection

# In their order: the first makes version 1.
STEPS = (v0001, v0002, v0003, v0004)


def upgrade(connection: Connection, *, found: int, wanted: int) -> None:
    """Bring tables of version `found` (0: there are none) to version `wanted`."""
    op = Operations(MigrationContext.configure(connection))
    for step in STEPS[found:wanted]:
        step.upgrade(op)
