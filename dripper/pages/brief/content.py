"""The whole brief as a page: page one, which is carried into the room, and the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.brief.appendix import appendix
from dripper.pages.brief.fitted import fitted, shortened
from dripper.pages.brief.front import front
from dripper.pages.layout import Page
from dripper.prep.words import day

if TYPE_CHECKING:
    from dripper.prep.brief import Brief

_TITLE_CHARS = 90


def brief_page(brief: Brief) -> Page:
    """Return the page that every format is written from."""
    negotiation = brief.negotiation
    title = f"{brief.account.name}: {negotiation.title}" if negotiation else f"{brief.account.name}: where we stand"
    as_of = f"as of {day(brief.today)}"
    subtitle = f"{day(negotiation.on)}, {as_of}" if negotiation else as_of
    first = tuple(front(brief))
    shown = tuple(fitted(first))
    rest = appendix(brief, is_cut=shown != first)
    return Page(title=shortened(title, _TITLE_CHARS), subtitle=subtitle, blocks=(*shown, rest))
