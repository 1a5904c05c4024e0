"""What waits: whose message a mailbox may look at, who is next, and who else stands in the way of a message."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from dripper.drip.caps import Pending
from dripper.drip.delivery import State
from dripper.outbox.store import pauses
from dripper.outbox.store.each import each, listed
from dripper.outbox.store.enrolments import Enrolment, Progress, is_row, of_row
from dripper.outbox.store.tables import campaigns, deliveries, enrolments, mailboxes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Select, Subquery


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """What is left out of a search for work.

    Domains whose limit is reached, campaigns whose files cannot be read, contacts and accounts that another worker
    decides about.
    """

    domains: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    def apply(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """Return `query` without what is blocked."""
        if self.domains:
            query = query.where(enrolments.c.domain.not_in(self.domains))
        if self.campaigns:
            query = query.where(enrolments.c.campaign.not_in(self.campaigns))
        if self.contacts:
            query = query.where(enrolments.c.contact.not_in(self.contacts))
        if self.accounts:
            query = query.where(enrolments.c.account.not_in(self.accounts))
        return query


class Line(NamedTuple):
    """Those who wait in one campaign, by their first; the least line goes first."""

    due_at: datetime
    # The priority, negative.
    weakness: int
    campaign: str


NOTHING = Blocked()
_PEOPLE = each("people", campaign=str, contact=str)
_NAMES = each("names", account=str)


def due(
    connection: Connection, *, mailbox: str, now: datetime, limit: int, blocked: Blocked = NOTHING
) -> tuple[Enrolment, ...]:
    """Return what a mailbox may look at now, the longest waiting first, then by priority, campaign and contact.

    What another worker has in its hands at this moment is left out.
    """
    found: list[tuple[Line, Enrolment]] = []
    for line in _lines(connection, _lines_of_mailbox(blocked), its_mailbox=mailbox):
        if line.due_at > now or (len(found) == limit and found[-1][0] < line):
            break
        values = {"its_campaign": line.campaign, "until": now, "most": limit}
        for one in map(of_row, connection.execute(_due(blocked), values)):
            assert one.due_at is not None
            found.append((Line(one.due_at, line.weakness, line.campaign), one))
        found = sorted(found, key=lambda each: (*each[0], each[1].contact))[:limit]
    return tuple(one for _, one in found)


def next_due(connection: Connection, *, mailbox: str, blocked: Blocked = NOTHING) -> datetime | None:
    """Return when a mailbox next has something to look at; `None` where nothing waits for it."""
    lines = _lines(connection, _lines_of_mailbox(blocked), its_mailbox=mailbox)
    return next((line.due_at for line in lines), None)


def due_count(connection: Connection, *, mailbox: str, now: datetime, blocked: Blocked = NOTHING) -> int:
    """Return how many messages a mailbox may look at now."""
    query = (
        blocked.apply(_WAITING)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign)
        .where(campaigns.c.mailbox == mailbox, enrolments.c.due_at <= now)
    )
    found: int = connection.execute(query.with_only_columns(sa.func.count())).scalar_one()
    return found


def first(connection: Connection, *, campaign: str | None = None) -> Enrolment | None:
    """Return whose message goes out next, of all that may go or of one campaign; `None` where nothing waits."""
    of_one = [] if campaign is None else [campaigns.c.id == campaign]
    lines = sorted(
        _lines(connection, _lines_query(NOTHING).where(*of_one)), key=lambda line: (line.due_at, line.campaign)
    )
    if not lines:
        return None
    query = _WAITING.where(enrolments.c.campaign == lines[0].campaign)
    return of_row(connection.execute(query.order_by(enrolments.c.due_at, enrolments.c.contact).limit(1)).one())


def count(connection: Connection) -> int:
    """Return how many contacts go on in a campaign, paused or not."""
    query = sa.select(sa.func.count()).where(enrolments.c.state == Progress.ACTIVE)
    found: int = connection.execute(query).scalar_one()
    return found


def may_go(connection: Connection, campaign: str, contact: str) -> bool:
    """Whether an enrolment is active and not paused in any way."""
    condition = is_row(campaign, contact) & (enrolments.c.state == Progress.ACTIVE) & ~pauses.applies_to_enrolment()
    return connection.execute(sa.select(enrolments.c.contact).where(condition)).first() is not None


def pending_of(connection: Connection, ones: Iterable[Enrolment]) -> tuple[Pending, ...]:
    """Return what else waits and may go out to the same people in other campaigns, whenever.

    What was deferred, or waits for a mailbox in trouble, stands in nobody's way.
    """
    return _pending(connection, _PENDING_OF, people=listed((one.campaign, one.contact) for one in ones))


def pending_in(connection: Connection, accounts: Collection[str], first: date, last: date) -> tuple[Pending, ...]:
    """Return the same of whole accounts, with slots between the days `first` and `last`."""
    if not accounts:
        return ()
    names = listed((name,) for name in accounts)
    return _pending(connection, _PENDING_IN, names=names, first=first, last=last)


def _pending(connection: Connection, query: Select[tuple[object, ...]], **values: object) -> tuple[Pending, ...]:
    return tuple(
        Pending(
            campaign=row.campaign,
            message=row.message,
            contact=row.contact,
            account=row.account,
            priority=row.priority,
            position=row.position,
            day=row.slot_on,
        )
        for row in connection.execute(query, values)
    )


def _lines(connection: Connection, query: Select[tuple[object, ...]], **values: object) -> list[Line]:
    """Return who waits in the campaigns of `query`, each by its first, in order."""
    rows = connection.execute(query, values)
    return sorted(Line(row.due_at, -row.priority, row.id) for row in rows if row.due_at is not None)


# A query that is put together anew costs more than to run it.
@lru_cache(maxsize=16)
def _lines_of_mailbox(blocked: Blocked) -> Select[tuple[object, ...]]:
    return _lines_query(blocked).where(campaigns.c.mailbox == sa.bindparam("its_mailbox"))


def _lines_query(blocked: Blocked) -> Select[tuple[object, ...]]:
    """Return the query for campaigns with their priority and their earliest time."""
    earliest = (
        blocked.apply(_WAITING)
        .where(enrolments.c.campaign == campaigns.c.id)
        .with_only_columns(enrolments.c.due_at)
        .order_by(enrolments.c.due_at)
        .limit(1)
        .correlate(campaigns)
    )
    query: Select[tuple[object, ...]] = sa.select(
        campaigns.c.id, campaigns.c.priority, earliest.scalar_subquery().label("due_at")
    )
    return query


@lru_cache(maxsize=16)
def _due(blocked: Blocked) -> Select[tuple[object, ...]]:
    """Return the query for those of a campaign who are due."""
    return (
        blocked.apply(_WAITING)
        .where(enrolments.c.campaign == sa.bindparam("its_campaign"), enrolments.c.due_at <= sa.bindparam("until"))
        .order_by(enrolments.c.due_at, enrolments.c.contact)
        .limit(sa.bindparam("most", type_=sa.Integer()))
        .with_for_update(skip_locked=True)
    )


def _may_wait() -> ColumnElement[bool]:
    return (enrolments.c.state == Progress.ACTIVE) & enrolments.c.due_at.is_not(None) & ~pauses.applies_to_enrolment()


_WAITING: Select[tuple[object, ...]] = sa.select(enrolments).where(_may_wait())


def _pending_after(rows: Subquery, same: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Return the query for what waits and may go out, found by `rows`."""
    return (
        sa.select(enrolments, campaigns.c.priority)
        .join_from(rows, enrolments, same)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign)
        .outerjoin(mailboxes, mailboxes.c.name == campaigns.c.mailbox)
        .outerjoin(
            deliveries,
            (deliveries.c.campaign == enrolments.c.campaign)
            & (deliveries.c.contact == enrolments.c.contact)
            & (deliveries.c.message == enrolments.c.message),
        )
        .where(_may_wait(), enrolments.c.slot_on.is_not(None))
        .where(deliveries.c.state.is_(None) | (deliveries.c.state == State.DUE))
        .where(~sa.func.coalesce(mailboxes.c.stopped, sa.false()), sa.func.coalesce(mailboxes.c.failures, 0) == 0)
    )


_PENDING_OF = _pending_after(
    _PEOPLE, (_PEOPLE.c.contact == enrolments.c.contact) & (_PEOPLE.c.campaign != enrolments.c.campaign)
)
_PENDING_IN = _pending_after(_NAMES, _NAMES.c.account == enrolments.c.account).where(
    enrolments.c.slot_on.between(sa.bindparam("first"), sa.bindparam("last"))
)
