"""Scheduling again after an edit: everybody who is under way is fitted into the campaign as it now stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.course import Course
from dripper.drip.delivery import Event, State
from dripper.errors import DripperError
from dripper.outbox import progress, rezoning
from dripper.outbox.beginning import Beginnings
from dripper.outbox.store import deliveries, enrolments
from dripper.outbox.store.enrolments import Progress, blocks
from dripper.outbox.vanishing import cancel_rows, put_back
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.change import Scheduled
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


def fit_in(
    connection: Connection, workspace: Workspace, before: Campaign, after: Campaign, done: Scheduled, *, now: datetime
) -> None:
    """Give every active or finished enrolment its place in `after`; what is held is tried again."""
    fitting = _Fitting(connection, workspace, before, after, done, now=now)
    fresh = set(done.enrolled)
    for block in blocks(to for to in fitting.concerned() if to.key not in fresh):
        fitting.fit(block)


class _Fitting:
    """One campaign before and after an edit."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        before: Campaign,
        after: Campaign,
        done: Scheduled,
        *,
        now: datetime,
    ) -> None:
        self._connection = connection
        self._workspace = workspace
        self._before = before
        self._after = after
        self._done = done
        self._now = now
        self._beginnings = Beginnings(workspace, after, now=now)
        self._is_in_rhythm = rhythm(before) == rhythm(after)
        self._has_conditions = any(message.only or message.when for message in after.messages)

    def concerned(self) -> Iterable[Recipient]:
        """Return those whose place may be another; of a long list, after an edit of texts, who is under way already."""
        people = self._workspace.recipients.get(self._after.id, ())
        is_in_time = self._is_in_rhythm and not self._has_conditions
        if not isinstance(people, Register) or not is_in_time or not self._is_in_zones():
            return people
        first = self._after.messages[0].id
        keys = enrolments.under_way(self._connection, self._after.id, first=first)
        return (to for to in map(people.get, keys) if to is not None)

    def _is_in_zones(self) -> bool:
        return rezoning.is_kept(self._connection, self._workspace, self._after)

    def fit(self, block: Sequence[Recipient]) -> None:
        """Fit in those of `block` who are enrolled: at once those of whom nothing was decided yet."""
        keys = [to.key for to in block]
        known = enrolments.among(self._connection, self._after.id, keys)
        rows = deliveries.of_contacts(self._connection, self._after.id, keys)
        moved: list[Enrolment] = []
        for to in block:
            one = known.get(to.key)
            if one is None or one.state is Progress.STOPPED:
                continue
            mine = rows.get(to.key, ())
            if mine or not one.slot_reason or one.state is not Progress.ACTIVE:
                self._fit_one(to, one, mine)
            elif not self._stays(to, one):
                at = None if self._is_in_rhythm else self._beginnings.of(to)
                if at is None:
                    self._fit_one(to, one, mine)
                else:
                    moved.append(self._beginnings.row(to, at))
                    self._done.moved += [to.key] if at.slot.utc != one.slot_at else []
        enrolments.place_all(self._connection, moved)

    def _stays(self, to: Recipient, one: Enrolment) -> bool:
        """Whether somebody of whom nothing was decided waits for the right message at the right time already."""
        return (
            not self._has_conditions
            and (one.message, one.position) == (self._after.messages[0].id, 0)
            and one.zone == to.timezone
            and self._is_in_rhythm
        )

    def _fit_one(self, to: Recipient, one: Enrolment, rows: tuple[Delivery, ...]) -> None:
        if any(row.state in (State.CLAIMED, State.ATTEMPTING) for row in rows):
            # Its worker gives it back or finishes it; admission then fits it in.
            return
        _settle_rows(self._connection, rows, self._after, now=self._now)
        try:
            old = Course.of(self._workspace, self._before, to, messages=())
            course = Course.of(self._workspace, self._after, to)
            waiting = progress.enrolled_of(one, old) if one.slot_reason and one.message else None
            place = progress.begin_anew(self._connection, one, course, waiting=waiting, at=self._now)
        except DripperError as error:
            reason = progress.said(error)
            message = one.message or self._after.messages[0].id
            progress.hold(self._connection, one, message, reason=reason, at=self._now)
            self._done.held[one.contact] = reason
            return
        if place is not None and waiting is not None and place.slot.utc != waiting.slot.utc:
            self._done.moved.append(one.contact)


def rhythm(campaign: Campaign) -> tuple[object, ...]:
    """Return all that a campaign's file says of when it writes; what it counts back from is the workspace's."""
    return (
        campaign.every,
        campaign.start,
        campaign.on,
        campaign.at,
        campaign.spread_minutes,
        campaign.before,
        campaign.lead_days,
    )


def welcome_back(
    connection: Connection, workspace: Workspace, one: Enrolment, campaign: Campaign, *, now: datetime
) -> None:
    """Go on with a contact who was taken off the campaign's list and is on it again."""
    recipient = workspace.recipient(campaign.id, one.contact)
    assert recipient is not None
    course = Course.of(workspace, campaign, recipient)
    rows = deliveries.of_enrolment(connection, one.campaign, one.contact)
    put_back(connection, rows, {message.id for message in campaign.messages}, at=now)
    progress.begin_anew(connection, one, course, waiting=None, at=now)


def _settle_rows(connection: Connection, rows: tuple[Delivery, ...], after: Campaign, *, now: datetime) -> None:
    ids = {message.id for message in after.messages}
    cancel_rows(connection, rows, ids, at=now)
    put_back(connection, rows, ids, at=now)
    for row in rows:
        if row.message in ids and row.state is State.HELD:
            deliveries.apply(connection, row, Event.RESUME, at=now, reply="")
