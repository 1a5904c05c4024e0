"""Briefs of every kind that a page must be able to show, and a page without its charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dripper.pages.layout import Block, Chart, Columns, Page, Section
from dripper.prep.brief import Brief, brief_of
from dripper.workspace.model.account import Account, Category, Contact, Side
from dripper.workspace.model.negotiation import Demand, Question, Say
from dripper.workspace.model.values import Money
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


_LONG = "Every word of this goes on as long as a person who cannot stop may want it "


def crowded(metrics: int = 50) -> Brief:
    """Return the longest brief that is plausible: long words everywhere, many metrics, nothing done."""
    words = (_LONG * 9).strip()
    own = tuple(returns_rate(id=f"m{n}", name=f"{words[:90]} {n}", by=date(2027, 6, 30)) for n in range(metrics))
    values = {metric.id: series(metric.id, RETURNS, last=date(2026, 5, 31)) for metric in own}
    people = tuple(
        Contact(name=f"{words[:50]} {n}", role=words[:80], boss=words[:60], judged_on=(words[:60],) * 4, style=words)
        for n in range(8)
    )
    who = account(name=words[:120], metrics=own, contacts=tuple(replace(one, decides=True) for one in people))
    talk = negotiation(
        title=words[:150],
        our_walk_away=None,
        our_target=Money.parse("1234567890123.45 EUR"),
        ready_because="",
        demands=tuple(Demand(said=words, reason=kind, answer=words) for kind in Category),
        questions=tuple(replace(OPEN, text=f"{words} {n}", owner=words[:70]) for n in range(9)),
        say=(Say(text=words, source=words),) * 4,
    )
    facts = tuple(fact(kind=kind, for_=side, what=words, source=words) for kind in Category for side in Side)
    return brief_of(replace(who, facts=facts), talk, values, today=TODAY, owner=words[:60])


BRIEFS = {
    "ready": brief(),
    "not ready": brief(questions=(OPEN,), our_walk_away=None),
    "by decision": brief(our_walk_away=None, ready_because="They leave on Friday"),
    "nasty": full_of(NASTY),
    "values alone": brief_of(Account(id="acme", name="acme"), None, VALUES, today=TODAY, owner="us"),
    "nothing": brief_of(Account(id="acme", name="acme"), None, {}, today=TODAY, owner="us"),
}


def charts(blocks: Iterable[Block]) -> list[Chart]:
    """Return all charts below some blocks, in their order."""
    found: list[Chart] = []
    for block in blocks:
        match block:
            case Chart():
                found.append(block)
            case Section():
                found += charts(block.blocks)
            case Columns():
                found += charts(block.sections)
            case _:
                pass
    return found


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
