"""What every slot promises, looked up anew from its UTC time, the zone's data and the list of holidays alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from holidays import country_holidays

from dripper.drip.course import Course, Slot
from dripper.drip.plan import day_of_slot, first_slot, following_slot
from dripper.workspace.model.values import Weekday
from fakes.clock_changes import FIRST, LAST, offset_at

_DAY = timedelta(days=1)


def walk(one: Course, *, enrolled_at: datetime, until: datetime = LAST) -> list[Slot]:
    """Return the slots that a course without end has before `until`, each sent when it is due."""
    found = []
    slot = first_slot(one, message_id="m0", enrolled_at=enrolled_at)
    while slot.utc < until:
        found.append(slot)
        slot = following_slot(one, message_id="m0", previous=day_of_slot(one, slot))
    return found


def broken(one: Course, slots: Sequence[Slot], *, not_before: datetime) -> list[str]:
    """Return each promise that one of `slots` breaks, as `zone UTC what`; empty where all are kept."""
    found = [
        f"{slot.zone} {slot.utc:%Y-%m-%d %H:%M} {what}" for slot in slots for what in _broken(one, slot, not_before)
    ]
    days = [opening_day(one, slot) for slot in slots]
    for before, after in pairwise(days):
        if after <= before:
            found.append(f"{one.recipient.timezone} {after} is written on twice")
        if str(one.campaign.every) == "1 day":
            lost = (before + timedelta(days=ahead) for ahead in range(1, (after - before).days))
            found += [f"{one.recipient.timezone} {day} is lost" for day in lost if _has_slot(one, day)]
    return found


def opening_day(one: Course, slot: Slot) -> date:
    """Return the day on which the window of a slot opened."""
    hours, shown = one.calendar.hours, _wall(slot)
    return shown.date() - _DAY if hours.end < hours.start and shown.time() < hours.end else shown.date()


def first_instant(zone: str, wanted: datetime) -> datetime:
    """Return the first instant at which the clock shows `wanted`; where it never does, as much later as it jumps."""
    info, utc = ZoneInfo(zone), wanted.replace(tzinfo=UTC)
    shown = [utc - offset_at(info, utc + timedelta(hours=hours)) for hours in (-30, 30)]
    return min((each for each in shown if each + offset_at(info, each) == utc), default=max(shown))


def _broken(one: Course, slot: Slot, not_before: datetime) -> Iterator[str]:
    day, start = opening_day(one, slot), one.campaign.start
    if slot.utc < not_before or (start is not None and day < start):
        yield "is in the past"
    if not is_open(one, _wall(slot)):
        yield "is outside the hours"
    if not _is_weekday(one, day):
        yield "is on a closed day of the week"
    if one.calendar.holidays and day in _holidays(one.recipient.country, one.recipient.region):
        yield "is on a holiday"
    if (
        slot.utc.tzinfo is not UTC
        or slot.local.replace(tzinfo=None) != _wall(slot)
        or slot.local.astimezone(UTC) != slot.utc
    ):
        yield "is another instant on the contact's clock"
    if not one.campaign.spread_minutes and slot.utc != first_instant(slot.zone, _wanted(one, day)):
        yield "is not at the time that was asked for"


def _has_slot(one: Course, day: date) -> bool:
    """Whether the campaign may use `day` and the clock leaves its time inside the window."""
    if not _is_weekday(one, day):
        return False
    if one.calendar.holidays and day in _holidays(one.recipient.country, one.recipient.region):
        return False
    zone = one.recipient.timezone
    shown = first_instant(zone, _wanted(one, day)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    hours = one.calendar.hours
    closes = datetime.combine(day + _DAY if hours.end < hours.start else day, hours.end)
    return shown < closes


def _wanted(one: Course, day: date) -> datetime:
    hours = one.calendar.hours
    clock = one.campaign.at.at if one.campaign.at else hours.start
    return datetime.combine(day + _DAY if hours.end < hours.start and clock < hours.end else day, clock)


def is_open(one: Course, shown: datetime) -> bool:
    """Return whether the clock shows a time within the hours."""
    hours, clock = one.calendar.hours, shown.time()
    if hours.start < hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end


def _is_weekday(one: Course, day: date) -> bool:
    name = list(Weekday)[day.weekday()]
    return name in one.calendar.days and (not one.campaign.on or name in one.campaign.on)


def _wall(slot: Slot) -> datetime:
    return slot.utc.astimezone(ZoneInfo(slot.zone)).replace(tzinfo=None)


@cache
def _holidays(country: str | None, region: str | None) -> Collection[date]:
    if country is None:
        return ()
    return frozenset(country_holidays(country, subdiv=region, years=range(FIRST.year - 1, LAST.year + 2)))
