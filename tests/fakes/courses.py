"""Courses for tests: a campaign, a contact and a calendar in one line."""

from __future__ import annotations

from datetime import date
from typing import Any

from dripper.drip.course import Course
from dripper.workspace.model.campaign import Campaign, Message
from dripper.workspace.model.settings import Calendar
from dripper.workspace.model.values import Clock, Every, Hours, Weekday
from dripper.workspace.model.workspace import Recipient


def calendar(hours: str = "09:00-16:30", days: str = "mon tue wed thu fri", **changes: Any) -> Calendar:
    return Calendar(hours=Hours.parse(hours), days=weekdays(days), **changes)


def weekdays(names: str) -> tuple[Weekday, ...]:
    return tuple(Weekday(name) for name in names.split())


def recipient(email: str = "ana@acme.example", **changes: Any) -> Recipient:
    first = email.partition("@")[0].capitalize()
    values: dict[str, Any] = {
        "key": email.lower(),
        "email": email,
        "name": f"{first} Weber",
        "first_name": first,
        "last_name": "Weber",
        "role": "",
        "account": "acme",
        "timezone": "Europe/Berlin",
        "country": "DE",
    }
    return Recipient(**(values | changes))


def course(
    every: str = "2 weeks",
    *,
    messages: int = 4,
    on: str = "",
    at: str | None = None,
    start: date | None = date(2026, 12, 1),
    to: Recipient | None = None,
    within: Calendar | None = None,
    ends_on: date | None = None,
    campaign_id: str = "acme/insights",
    **changes: Any,
) -> Course:
    written = tuple(Message(id=f"m{number}", subject=f"Subject {number}", text="Text.") for number in range(messages))
    campaign = Campaign(
        id=campaign_id,
        every=Every.parse(every),
        start=start,
        on=weekdays(on),
        at=Clock.parse(at) if at else None,
        messages=written,
        **changes,
    )
    return Course(
        campaign=campaign,
        recipient=to or recipient(),
        calendar=within or calendar(),
        messages=written,
        ends_on=ends_on,
    )
