"""The counts: every message of every contact of a campaign is in exactly one column.

A message has a row of its own from the moment somebody decided about it. The others are counted by their contact's
enrolment: what is still to come is due, held where it is paused, cancelled where it was stopped.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dripper.drip.delivery import State
from dripper.drip.ledger import COLUMNS, Line
from dripper.outbox.store import campaigns, pauses
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.store.tables import deliveries, enrolments

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dripper.outbox.store.campaigns import Revision


def ledger(connection: Connection) -> tuple[Line, ...]:
    """Return the counts of every scheduled campaign, by id."""
    return tuple(_line(connection, revision) for revision in campaigns.all_current(connection))


def _line(connection: Connection, revision: Revision) -> Line:
    paused = pauses.applies_to_enrolment().label("paused")
    people = _counted(
        connection,
        sa.select(enrolments.c.state, paused).where(enrolments.c.campaign == revision.campaign),
    )
    rows = _counted(
        connection,
        sa.select(
            enrolments.c.state.label("progress"),
            paused,
            deliveries.c.state,
            deliveries.c.message.in_(revision.message_ids).label("in_file"),
        )
        .join(
            enrolments,
            (enrolments.c.campaign == deliveries.c.campaign) & (enrolments.c.contact == deliveries.c.contact),
        )
        .where(deliveries.c.campaign == revision.campaign),
    )
    counts: Counter[State] = Counter(dict.fromkeys(COLUMNS, 0))
    for one in people:
        counts[_undecided(one.state, paused=one.paused)] += one.number * len(revision.message_ids)
    for row in rows:
        if row.in_file:
            counts[_undecided(row.progress, paused=row.paused)] -= row.number
        counts[_column(State(row.state), paused=row.paused)] += row.number
    planned = sum(one.number for one in people) * len(revision.message_ids)
    planned += sum(row.number for row in rows if not row.in_file)
    return Line(campaign=revision.campaign, planned=planned, counts=counts)


def _counted(connection: Connection, query: sa.Select[Any]) -> list[Any]:
    """Return the distinct rows of `query`, each with its `number`."""
    each = query.subquery()
    return list(connection.execute(sa.select(*each.c, sa.func.count().label("number")).group_by(*each.c)).all())


def _undecided(progress: str, *, paused: bool) -> State:
    """Return where a message without a row counts."""
    if progress == Progress.STOPPED:
        return State.CANCELLED
    return State.HELD if paused else State.DUE


def _column(state: State, *, paused: bool) -> State:
    """Return where a row counts; what a worker holds counts as due, what is due under a pause as held."""
    if state in (State.CLAIMED, State.ATTEMPTING):
        return State.DUE
    return State.HELD if paused and state is State.DUE else state
