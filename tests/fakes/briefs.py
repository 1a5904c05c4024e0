"""Briefs of every kind that a page must be able to show, and a page without its charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dripper.pages.layout import Block, Chart, Columns, Page, Section
from dripper.prep.brief import Brief, brief_of
from dripper.workspace.model.account import Account, Category, Contact, Side
from dripper.workspace.model.negotiation import Demand, Question, Say
from fakes.accounts import RETURNS, TODAY, account, fact, negotiation, returns_rate, series

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN = Question(text="Who else is bidding?", owner="Dana", due=date(2026, 12, 15), critical=True)
# What is code in Markdown, HTML or typst, on several lines.
NASTY = "<script>alert(1)</script> *a* _b_ [c](d) | e & f &amp; `g` # h 1. i \\ ~~j~~\n\n- k #panic() $x$ @l <m> // n"
VALUES = {"returns_rate": series("returns_rate", RETURNS), "orders": series("orders", range(100, 118), bad_rows=1)}


def brief(who: Account | None = None, **changes: object) -> Brief:
    """Return a brief of an account whose homework is done, with changes to the negotiation."""
    return brief_of(who or account(), negotiation(**changes), VALUES, today=TODAY, owner="Mira")


def full_of(text: str) -> Brief:
    """Return a brief that has `text` wherever a file may have one."""
    return brief(
        account(
            name=text,
            metrics=(returns_rate(name=text),),
            contacts=(Contact(name=text, role=text, boss=text, judged_on=(text,), style=text, decides=True),),
            facts=(fact(what=text, source=text), fact(for_=Side.US, kind=Category.MARKET, what=text)),
        ),
        title=text,
        demands=(Demand(said=text, reason=Category.BUDGET, answer=text),),
        questions=(replace(OPEN, text=text, owner=text),),
        say=(Say(text=text, source=text),),
    )


BRIEFS = {
    "ready": brief(),
    "not ready": brief(questions=(OPEN,), our_walk_away=None),
    "by decision": brief(our_walk_away=None, ready_because="They leave on Friday"),
    "nasty": full_of(NASTY),
    "values alone": brief_of(Account(id="acme", name="acme"), None, VALUES, today=TODAY, owner="us"),
    "nothing": brief_of(Account(id="acme", name="acme"), None, {}, today=TODAY, owner="us"),
}


def without_charts(page: Page) -> Page:
    """Return the page in words alone."""
    return replace(page, blocks=tuple(_wordy(page.blocks)))


def _wordy(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        match block:
            case Chart():
                pass
            case Section():
                yield replace(block, blocks=tuple(_wordy(block.blocks)))
            case Columns():
                sections = (each for each in _wordy(block.sections) if isinstance(each, Section))
                yield replace(block, sections=tuple(sections))
            case _:
                yield block
