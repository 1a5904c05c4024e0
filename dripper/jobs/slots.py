"""The linter's question to the plan: can a campaign have a slot at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.plan import never_fits
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import Calendar
    from dripper.workspace.toml import Document


def slot_problems(campaign: Campaign, calendar: Calendar, document: Document) -> list[Problem]:
    """Return the problem (D508) of a campaign whose days or hours leave nobody a slot, none where there is one."""
    reason = never_fits(campaign, calendar)
    if reason is None:
        return []
    key = "at" if campaign.at is not None and str(campaign.at) in reason else "on"
    cure = f"change `{key}`, or `[calendar]` in dripper.toml"
    return [Fault.NO_SLOT.problem(file=campaign.file, span=document.value_span((key,)), message=reason, cure=cure)]
