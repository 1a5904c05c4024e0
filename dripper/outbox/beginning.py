"""Where contacts begin in a campaign: those alike in all that a first slot depends on begin alike, and are placed once.

A list of a million people has a few dozen pairs of zone and country.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.drip.course import Course, applying
from dripper.drip.plan import day_of_slot, enrol, missed_start
from dripper.errors import DripperError, UsageError
from dripper.outbox.progress import said
from dripper.outbox.store.enrolments import Enrolment, Progress

if TYPE_CHECKING:
    from datetime import date, datetime

    from dripper.drip.course import Slot
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


class PastStartError(UsageError):
    """A campaign was to begin `on` a day that is past, as the contact counts days, and its store has no history."""

    def __init__(self, message: str, *, cure: str, on: date) -> None:
        super().__init__(message, cure=cure)
        self.on = on


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first message of a contact, and its slot."""

    message: str
    # The message's place in the campaign's file.
    position: int
    slot: Slot
    # The contact's day of the slot.
    day: date


class Beginnings:
    """The beginnings in one campaign at one instant."""

    def __init__(self, workspace: Workspace, campaign: Campaign, *, now: datetime, may_be_late: bool = True) -> None:
        """Place at `now`; unless it `may_be_late`, a beginning that should have been before is refused."""
        self._workspace = workspace
        self._campaign = campaign
        self._now = now
        self._has_conditions = any(message.only or message.when for message in campaign.messages)
        self._known: dict[object, Beginning | None] = {}
        # Those alike for whom no beginning was missed.
        self._in_time: set[object] | None = None if may_be_late else set()

    def of(self, to: Recipient) -> Beginning | None:
        """Return where a contact begins.

        `None` where more is to be written down than a slot: that messages do not apply, or why there is no slot.
        """
        if self._in_time is not None:
            self._refuse_a_lost_history(to, self._in_time)
        try:
            messages = applying(self._workspace, self._campaign, to) if self._has_conditions else None
        except DripperError:
            return None
        alike = circumstances(self._campaign, to), tuple(message.id for message in messages or ())
        if alike not in self._known:
            try:
                course = Course.of(self._workspace, self._campaign, to, messages=messages)
                self._known[alike] = _beginning(course, now=self._now)
            except DripperError:
                self._known[alike] = None
        return self._known[alike]

    def row(self, to: Recipient, at: Beginning | None) -> Enrolment:
        """Return the first row of a contact who begins at `at`; without it, a row that has no slot yet."""
        slot = None if at is None else at.slot
        return Enrolment(
            campaign=self._campaign.id,
            contact=to.key,
            name=to.name,
            account=to.account,
            domain=to.key.rpartition("@")[2],
            state=Progress.ACTIVE,
            reason="",
            message=self._campaign.messages[0].id if at is None else at.message,
            position=0 if at is None else at.position,
            # Without a reason it has no slot yet.
            slot_at=self._now if slot is None else slot.utc,
            slot_on=None if at is None else at.day,
            zone=to.timezone if slot is None else slot.zone,
            slot_reason=None if slot is None else slot.reason,
            due_at=None if slot is None else slot.utc,
            enrolled_at=self._now,
        )

    def course(self, to: Recipient) -> tuple[Course | None, str]:
        """Return the course of a contact, or why there is none."""
        try:
            return Course.of(self._workspace, self._campaign, to), ""
        except DripperError as error:
            return None, said(error)

    def _refuse_a_lost_history(self, to: Recipient, in_time: set[object]) -> None:
        """Keep a fresh clone, or a workspace whose store was lost, from sending everything again."""
        campaign = self._campaign
        alike = to.key if self._has_conditions else circumstances(campaign, to, but_for_spread=True)
        if alike in in_time:
            return
        in_time.add(alike)
        missed = missed_start(Course.of(self._workspace, campaign, to), now=self._now)
        if missed is not None:
            later = "correct the negotiation's `on`" if campaign.before else "write a later `start`"
            raise PastStartError(
                f"{campaign.id} was to begin on {missed.local:%a %d %b %Y}, and this store knows nothing of it",
                cure=f"if it was sent from another copy, schedule it there; if it never was, {later}, "
                "or say `dripper schedule --restart` to begin now with the first message",
                on=missed.local.date(),
            )


def circumstances(campaign: Campaign, to: Recipient, *, but_for_spread: bool = False) -> tuple[object, ...]:
    """Return all that a contact's slots depend on, beside the messages that apply."""
    return (
        to.timezone,
        to.country,
        to.region,
        to.account if campaign.before else "",
        to.key if campaign.spread_minutes and not but_for_spread else "",
    )


def _beginning(course: Course, *, now: datetime) -> Beginning | None:
    first = enrol(course, enrolled_at=now)
    if first is None or first.message_id != course.campaign.messages[0].id:
        return None
    return Beginning(
        message=first.message_id,
        position=course.position(first.message_id),
        slot=first.slot,
        day=day_of_slot(course, first.slot),
    )
