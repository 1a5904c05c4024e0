"""What was approved: campaigns and their frozen revisions."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import campaigns, revisions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A campaign as it was approved: its file's text and its shell, whatever the files say today."""

    campaign: str
    number: int
    file: str
    source: str
    shell: str
    message_ids: tuple[str, ...]
    scheduled_at: datetime

    @property
    def hash(self) -> str:
        """Return the same text for the same approval."""
        return sha256("\0".join((self.file, self.source, self.shell, *self.message_ids)).encode()).hexdigest()


def current(connection: Connection, campaign: str) -> Revision | None:
    """Return the revision that goes out; `None` where the campaign was never scheduled."""
    row = connection.execute(_CURRENT.where(campaigns.c.id == campaign)).one_or_none()
    return None if row is None else _revision(row)


def numbered(connection: Connection, campaign: str, number: int) -> Revision | None:
    """Return a revision of a campaign, also one that goes out no more."""
    query = sa.select(revisions).where(revisions.c.campaign == campaign, revisions.c.number == number)
    row = connection.execute(query).one_or_none()
    return None if row is None else _revision(row)


def all_current(connection: Connection) -> tuple[Revision, ...]:
    """Return the revisions that go out, by campaign id."""
    return tuple(map(_revision, connection.execute(_CURRENT.order_by(campaigns.c.id))))


def numbers(connection: Connection) -> dict[str, int]:
    """Return the number of the revision that goes out, by campaign id."""
    return {row.id: row.revision for row in connection.execute(sa.select(campaigns.c.id, campaigns.c.revision))}


def ids(connection: Connection) -> frozenset[str]:
    """Return the ids of all scheduled campaigns."""
    return frozenset(connection.scalars(sa.select(campaigns.c.id)))


def freeze(connection: Connection, revision: Revision, *, mailbox: str, priority: int) -> None:
    """Make `revision` the one that goes out."""
    values = {
        "revision": revision.number,
        "mailbox": mailbox,
        "priority": priority,
        "scheduled_at": revision.scheduled_at,
    }
    updated = connection.execute(sa.update(campaigns).where(campaigns.c.id == revision.campaign).values(values))
    if not updated.rowcount:
        connection.execute(sa.insert(campaigns).values(id=revision.campaign, **values))
    connection.execute(
        sa.insert(revisions).values(
            campaign=revision.campaign,
            number=revision.number,
            hash=revision.hash,
            file=revision.file,
            source=revision.source,
            shell=revision.shell,
            message_ids=list(revision.message_ids),
            scheduled_at=revision.scheduled_at,
        )
    )


def mailboxes_in_use(connection: Connection) -> tuple[str, ...]:
    """Return the names of the mailboxes that scheduled campaigns send from."""
    return tuple(connection.scalars(sa.select(campaigns.c.mailbox).distinct().order_by(campaigns.c.mailbox)))


_CURRENT = sa.select(revisions).join(
    campaigns, (campaigns.c.id == revisions.c.campaign) & (campaigns.c.revision == revisions.c.number)
)


def _revision(row: Row[tuple[object, ...]]) -> Revision:
    return Revision(
        campaign=row.campaign,
        number=row.number,
        file=row.file,
        source=row.source,
        shell=row.shell,
        message_ids=tuple(row.message_ids),
        scheduled_at=row.scheduled_at,
    )
