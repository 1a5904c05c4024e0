"""The whole brief as a page: page one, which is carried into the room, and the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.brief.appendix import appendix
from dripper.pages.brief.front import front
from dripper.pages.layout import Page
from dripper.prep.words import day

if TYPE_CHECKING:
    from dripper.prep.brief import Brief


def brief_page(brief: Brief) -> Page:
    """Return the page that every format is written from."""
    negotiation = brief.negotiation
    title = f"{brief.account.name}: {negotiation.title}" if negotiation else f"{brief.account.name}: where we stand"
    as_of = f"as of {day(brief.today)}"
    subtitle = f"{day(negotiation.on)}, {as_of}" if negotiation else as_of
    return Page(title=title, subtitle=subtitle, blocks=(*front(brief), appendix(brief)))
