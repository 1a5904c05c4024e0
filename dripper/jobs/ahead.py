"""What goes out next, of what is scheduled: the same that `plan` shows, which has looked at gaps and late ones too.

A slot in the store is where a message was put last; whether it really leaves there is found when it comes up. So this
asks the forecast. Where that would take longer than a glance may, the slots of the store are told as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.drip.ahead import Ahead, Next
from dripper.drip.story import Upcoming
from dripper.jobs.forecast import Forecast
from dripper.jobs.standing import standing_of
from dripper.outbox.store import campaigns, enrolments, history, mailboxes, waiting
from dripper.outbox.store.enrolments import Progress

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from dripper.drip.coming import Coming
    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.mailboxes import Condition
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

# Contacts in campaigns whose season is looked through.
MOST_FORESEEN = 10_000
_MOST_NAMED = 8


def ahead_of(
    store: Store,
    workspace: Workspace | None,
    *,
    now: datetime,
    rehearsal: bool,
    until: datetime | None = None,
    suppressed: Collection[str] = (),
    most: int = MOST_FORESEEN,
) -> Ahead:
    """Return the first message of each campaign, and what leaves before `until`."""
    with store.read() as connection:
        is_too_much = waiting.count(connection) > most
        names = campaigns.mailboxes_in_use(connection)
        conditions = {name: mailboxes.get(connection, name) for name in names}
    if workspace is None or is_too_much:
        return _stored(store, now=now, until=until)
    forecast = _forecast(store, workspace, now=now, suppressed=suppressed)
    post = _Post(workspace, conditions, rehearsal=rehearsal)
    first: dict[str, Next] = {}
    going: list[Next] = []
    for found, slot_at in _found(forecast, post, now):
        if found.campaign not in first or found.at < first[found.campaign].at:
            first[found.campaign] = found
        if until is not None and found.at < until:
            going.append(found)
        is_past = until is None or slot_at >= until
        if is_past and first.keys() >= forecast.active and all(each.at <= slot_at for each in first.values()):
            break
    going.sort(key=lambda each: (each.at, each.contact, each.campaign))
    return Ahead(first=first, going=tuple(going[:_MOST_NAMED]), going_in_all=len(going))


def foreseen(
    store: Store,
    workspace: Workspace,
    contact: str,
    *,
    now: datetime,
    rehearsal: bool,
    suppressed: Collection[str] = (),
    most: int = MOST_FORESEEN,
) -> dict[str, Upcoming]:
    """Return by campaign what the contact of that key gets next, which is what `ahead_of` and the plan say.

    There is nothing where looking would take longer than a glance may.
    """
    with store.read() as connection:
        if waiting.count(connection) > most:
            return {}
        conditions = {name: mailboxes.get(connection, name) for name in campaigns.mailboxes_in_use(connection)}
        open_ones = {one.campaign for one in enrolments.of_contact(connection, contact) if one.state is Progress.ACTIVE}
    forecast = _forecast(store, workspace, now=now, suppressed=suppressed)
    post = _Post(workspace, conditions, rehearsal=rehearsal)
    found: dict[str, Upcoming] = {}
    for coming in forecast.going():
        campaign, key, message = coming.key
        if key == contact and campaign not in found:
            one = post.seen(_next(coming, now), coming.course.campaign)
            found[campaign] = Upcoming(
                campaign=campaign,
                message=message,
                slot=coming.slot,
                at=one.at,
                retry_at=coming.retry_at,
                trouble=one.trouble,
            )
            if found.keys() >= open_ones:
                break
    return found


def _forecast(store: Store, workspace: Workspace, *, now: datetime, suppressed: Collection[str]) -> Forecast:
    standing = standing_of(store, suppressed=suppressed)
    forecast = Forecast(workspace, standing, now=now)
    for scheduled in standing.campaigns.values():
        forecast.go_on(scheduled)
    return forecast


def _next(coming: Coming, now: datetime) -> Next:
    campaign, contact, _ = coming.key
    return Next(at=coming.leaves_at(now), campaign=campaign, contact=contact, zone=coming.slot.zone)


def _found(forecast: Forecast, post: _Post, now: datetime) -> Iterator[tuple[Next, datetime]]:
    """Yield what goes out with its slot, in order of the slots."""
    for coming in forecast.going():
        yield post.seen(_next(coming, now), coming.course.campaign), coming.slot.utc


class _Post:
    """Knows which mailbox keeps its messages back."""

    def __init__(self, workspace: Workspace, conditions: dict[str, Condition], *, rehearsal: bool) -> None:
        self._workspace = workspace
        self._conditions = conditions
        self._rehearsal = rehearsal

    def seen(self, one: Next, campaign: Campaign) -> Next:
        """Return `one` with what its mailbox does to it."""
        settings = self._workspace.settings.mailboxes
        name = campaign.mailbox or next(iter(settings))
        condition = self._conditions.get(name)
        if name not in settings:
            return replace(one, trouble=f"mailbox {name} is not in dripper.toml", is_blocked=True)
        if settings[name].rehearsal is not self._rehearsal:
            what = "is no mailbox for a rehearsal" if self._rehearsal else "is marked `rehearsal = true`"
            return replace(one, trouble=f"mailbox {name} {what}", is_blocked=True)
        if condition is not None and condition.stopped:
            return replace(one, trouble=f"mailbox {name} is stopped", is_blocked=True)
        if condition is not None and condition.rests_until is not None and condition.rests_until > one.at:
            return replace(one, at=condition.rests_until, trouble=f"mailbox {name} rests until then")
        return one


def _stored(store: Store, *, now: datetime, until: datetime | None) -> Ahead:
    """Return the slots as they are kept."""
    first: dict[str, Next] = {}
    going: list[Next] = []
    in_all = 0
    with store.read() as connection:
        for revision in campaigns.all_current(connection):
            one = waiting.first(connection, campaign=revision.campaign)
            if one is not None and one.due_at is not None:
                at = max(one.due_at, now)
                first[revision.campaign] = Next(at=at, campaign=one.campaign, contact=one.contact, zone=one.zone or "")
        if until is not None:
            rows, in_all = history.due_before(connection, until, most=_MOST_NAMED)
            going = [Next(at=max(at, now), campaign="", contact=contact, zone="") for at, contact in rows]
    return Ahead(first=first, going=tuple(going), going_in_all=in_all)
