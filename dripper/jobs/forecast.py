"""Who waits for what, and everything that will come of it: the season of several campaigns together.

A contact who is suppressed is left out and counted. What cannot be planned (an unknown country, a broken condition)
is a fault of that contact or campaign alone. What is held is simulated apart, since it stands in nobody's way.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from dripper.drip.coming import Coming
from dripper.drip.course import Course
from dripper.drip.days import day_text
from dripper.drip.delivery import State
from dripper.drip.plan import Enrolled, advance, day_of_slot, enrol, missed_start, never_fits, pass_over, place
from dripper.drip.replan import replan
from dripper.drip.season import season, upcoming
from dripper.errors import DripperError, UsageError
from dripper.jobs.standing import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from dripper.drip.course import Slot
    from dripper.drip.season import Planned
    from dripper.jobs.standing import Scheduled, Standing
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


_LATER = "write a later `start`"
_SOONER = "write fewer messages, or a shorter `every` or `lead_days`"


class Forecast:
    """Collects those who wait, then tells what comes."""

    def __init__(self, workspace: Workspace, standing: Standing, *, now: datetime) -> None:
        self._workspace = workspace
        self._standing = standing
        self._now = now
        self._active: list[Enrolled] = []
        self._held: list[Enrolled] = []
        self._places: dict[tuple[str, str], Place] = {}
        self._faults: dict[str, DripperError] = {}
        # Campaigns whose beginning was missed.
        self._missed: set[str] = set()
        # The keys of contacts who are left out.
        self.suppressed: set[str] = set()

    @property
    def faults(self) -> tuple[DripperError, ...]:
        """Return what could not be planned, each once."""
        return tuple(self._faults.values())

    def go_on(self, scheduled: Scheduled) -> None:
        """Let everybody who is enrolled go on with the approved text; who is in no file any more gets nothing."""
        for to in self._workspace.recipients.get(scheduled.campaign.id, ()):
            if to.key in scheduled.places:
                self._add(scheduled.campaign, to, scheduled.places[to.key])

    def end(self, scheduled: Scheduled) -> None:
        """Let those go on who are in no file of the campaign any more, as if they still were."""
        here = {to.key for to in self._workspace.recipients.get(scheduled.campaign.id, ())}
        for key, at in scheduled.places.items():
            if key not in here and at.slot is not None:
                self._add(scheduled.campaign, _former_recipient(key, at, at.slot), at)

    def schedule(self, campaign: Campaign, scheduled: Scheduled | None) -> None:
        """Let everybody go on with the text of the file, as if it were scheduled now, and enrol who is new."""
        reason = never_fits(campaign, self._workspace.settings.calendar)
        if reason is not None:
            self._fault(UsageError(f"campaign {campaign.id}: {reason}", cure="change `on`, `at` or `[calendar]`"))
            return
        old = scheduled.campaign if scheduled and scheduled.campaign != campaign else None
        places = scheduled.places if scheduled else {}
        recipients = self._workspace.recipients.get(campaign.id, ())
        keys = {to.key for to in recipients}
        vanished = [place for key, place in places.items() if key not in keys]
        for to in recipients:
            at = places.get(to.key)
            if at is not None and at.was_removed:
                at = replace(at, stopped="", message_id=None)
            if at is None or at.was_removed:
                at = _after_former(at, to, vanished)
            # Scheduling an edit tries again what is held.
            self._add(campaign, to, replace(at, held="") if at is not None and old is not None else at, old=old)

    def coming(self) -> Iterator[Coming]:
        """Yield every future message, in no order."""
        for planned in season(self._active, now=self._now, written=self._standing.written):
            yield self._coming(planned, held=False)
        for planned in season(self._held, now=self._now):
            yield self._coming(planned, held=True)

    @property
    def active(self) -> frozenset[str]:
        """Return the ids of the campaigns in which somebody may get something."""
        return frozenset(each.course.campaign.id for each in self._active)

    def going(self) -> Iterator[Coming]:
        """Yield what will go out, nothing of what is held or will be dropped, in order of its slots."""
        for planned in upcoming(self._active, now=self._now, written=self._standing.written):
            if not planned.dropped:
                yield self._coming(planned, held=False)

    def _add(self, campaign: Campaign, to: Recipient, at: Place | None, *, old: Campaign | None = None) -> None:
        if sha256(to.key.encode()).hexdigest() in self._standing.suppressed:
            self.suppressed.add(to.key)
            return
        try:
            each = self._enrolled(Course.of(self._workspace, campaign, to), at, old)
        except DripperError as error:
            self._fault(error)
            return
        if each is None:
            return
        if at is not None:
            self._places[campaign.id, to.key] = at
        (self._held if at is not None and (at.held or at.paused) else self._active).append(each)

    def _enrolled(self, course: Course, at: Place | None, old: Campaign | None) -> Enrolled | None:
        if at is None:
            if course.campaign.id not in self._standing.campaigns:
                self._check_start(course)
            return enrol(course, enrolled_at=self._now)
        if at.stopped:
            return None
        left = tuple(message for message in course.messages if message.id not in at.decided)
        course = replace(course, messages=left)
        if old is None and not at.was_removed:
            return _resumed(course, at)
        waiting = _waiting(replace(course, campaign=old or course.campaign), at)
        return replan(course, waiting=waiting, last_used=at.last_used, now=self._now)

    def _coming(self, planned: Planned, *, held: bool) -> Coming:
        to, campaign = planned.course.recipient, planned.course.campaign
        at = self._places.get((campaign.id, to.key))
        state, note, retry_at = State.DUE, planned.dropped, None
        if planned.dropped:
            state = State.SKIPPED
        elif held and at is not None:
            state, note = State.HELD, at.held or at.paused
        elif at is not None and at.deferred and at.message_id == planned.message_id:
            state, retry_at = State.DEFERRED, at.retry_at
        return Coming(
            course=planned.course,
            message_id=planned.message_id,
            slot=planned.slot,
            state=state,
            note=note,
            retry_at=retry_at,
        )

    def _check_start(self, course: Course) -> None:
        """Tell of a campaign whose beginning is past although the store knows nothing of it: it will be refused."""
        name = course.campaign.id
        missed = None if name in self._missed else missed_start(course, now=self._now)
        if missed is not None:
            self._missed.add(name)
            later = _SOONER if course.ends_on else _LATER
            self._fault(
                UsageError(
                    f"{name} was to begin on {day_text(missed.local.date())} {missed.local.year}, which is past: "
                    "`dripper schedule` will refuse it",
                    cure=f"{later}, or say `dripper schedule {name} --restart` for this plan",
                )
            )

    def _fault(self, error: DripperError) -> None:
        self._faults.setdefault(str(error), error)


def _former_recipient(key: str, at: Place, slot: Slot) -> Recipient:
    """Return a contact as the store still knows it."""
    from dripper.workspace.model.workspace import Recipient
    from dripper.workspace.recipients import split_name

    first, last = split_name(at.name)
    return Recipient(
        key=key,
        email=key,
        name=at.name,
        first_name=first,
        last_name=last,
        role="",
        account=at.account,
        timezone=slot.zone,
    )


def _after_former(at: Place | None, to: Recipient, vanished: Iterable[Place]) -> Place | None:
    """Return where a contact stands who may have been written to at an earlier address, as scheduling will see it."""
    from dripper.outbox.readdressing import HAD, is_stop_of_person, person_of

    person = person_of(to.account, to.name)
    for old in vanished:
        if person is None or old.person != person:
            continue
        known = at or Place()
        had = {message: state for message, state in old.decided.items() if state in HAD}
        days = [day for day in (known.last_used, old.last_used) if day is not None]
        stopped = old.stopped if is_stop_of_person(old.stopped, old.decided.values()) else ""
        at = replace(
            known,
            was_removed=True,
            stopped=known.stopped or stopped,
            decided={**had, **known.decided},
            last_used=max(days, default=None),
        )
    return at


def _waiting(course: Course, at: Place) -> Enrolled | None:
    if at.message_id is None or at.slot is None:
        return None
    return Enrolled(course=course, message_id=at.message_id, slot=at.slot)


def _resumed(course: Course, at: Place) -> Enrolled | None:
    """Return what a worker will find next, as it will find it; `None` where nothing is left."""
    waiting = _waiting(course, at)
    if waiting is None:
        return None
    if at.in_hand or waiting.message_id in at.decided:
        return advance(waiting, used=at.last_used or day_of_slot(course, waiting.slot))
    if waiting.message_id not in {message.id for message in course.messages}:
        return pass_over(waiting)
    if waiting.slot.zone != course.recipient.timezone:
        day = day_of_slot(course, waiting.slot)
        slot = place(course, message_id=waiting.message_id, earliest=day, why="the contact's zone changed")
        return replace(waiting, slot=slot)
    return waiting
