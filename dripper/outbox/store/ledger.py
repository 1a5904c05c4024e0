"""The counts: every message of every contact of a campaign is in exactly one column.

A message has a row of its own from the moment somebody decided about it. The others are counted by their contact's
enrolment: what is still to come is due, held where it is paused, cancelled where it was stopped.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

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
    paused = pauses.applies_to_enrolment()
    people = connection.execute(
        sa.select(enrolments.c.state, paused.label("paused"), sa.func.count().label("people"))
        .where(enrolments.c.campaign == revision.campaign)
        .group_by(enrolments.c.state, paused)
    ).all()
    in_file = deliveries.c.message.in_(revision.message_ids)
    rows = connection.execute(
        sa.select(
            enrolments.c.state.label("progress"),
            paused.label("paused"),
            deliveries.c.state,
            in_file.label("in_file"),
            sa.func.count().label("rows"),
        )
        .join(
            enrolments,
            (enrolments.c.campaign == deliveries.c.campaign) & (enrolments.c.contact == deliveries.c.contact),
        )
        .where(deliveries.c.campaign == revision.campaign)
        .group_by(enrolments.c.state, paused, deliveries.c.state, in_file)
    ).all()
    counts: Counter[State] = Counter(dict.fromkeys(COLUMNS, 0))
    for one in people:
        counts[_undecided(one.state, paused=one.paused)] += one.people * len(revision.message_ids)
    for row in rows:
        if row.in_file:
            counts[_undecided(row.progress, paused=row.paused)] -= row.rows
        counts[_column(State(row.state), paused=row.paused)] += row.rows
    planned = sum(one.people for one in people) * len(revision.message_ids)
    planned += sum(row.rows for row in rows if not row.in_file)
    return Line(campaign=revision.campaign, planned=planned, counts=counts)


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
