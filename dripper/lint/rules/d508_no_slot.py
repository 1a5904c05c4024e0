"""The campaign has no day or hour on which it could go out.

Finds: `on` days of which none is among the `days` of `[calendar]`, and an `at` outside its `hours`.

Why: such a campaign would wait forever, and nobody would notice.

Fires:
    on = ["sat", "sun"]

Instead:
    on = ["tue", "thu"]

Source: the calendar's own settings, `days` and `hours`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.campaign import CampaignFile
from dripper.lint.rule import Finding, Rule
from dripper.workspace.faults import Fault


def check(file: CampaignFile) -> Iterator[Finding]:
    """Find days and hours that the calendar never opens."""
    calendar, campaign = file.workspace.settings.calendar, file.campaign
    if campaign.on and not set(campaign.on) & set(calendar.days):
        yield _finding(
            file,
            "on",
            f"no slot: {_listed(campaign.on)} {'is' if len(campaign.on) == 1 else 'are'} not among the calendar's days",
            f"choose among {_listed(calendar.days)}, or add the day to `days` of [calendar]",
        )
    if campaign.at is not None and not calendar.hours.start <= campaign.at.at <= calendar.hours.end:
        if calendar.hours.crosses_midnight and not calendar.hours.end < campaign.at.at < calendar.hours.start:
            return
        yield _finding(
            file,
            "at",
            f"no slot: {campaign.at} is outside the calendar's hours {calendar.hours}",
            f"choose a time from {calendar.hours.start:%H:%M} to {calendar.hours.end:%H:%M}, or widen `hours`",
        )


def _finding(file: CampaignFile, key: str, message: str, cure: str) -> Finding:
    reading = file.reading((key,))
    return Finding(reading=reading, start=0, end=len(reading.text), message=message, cure=cure)


def _listed(days: tuple[str, ...]) -> str:
    return ", ".join(days)


RULE = Rule(code=Fault.NO_SLOT.code, name=Fault.NO_SLOT.name_, doc=__doc__, on_campaign=check)
