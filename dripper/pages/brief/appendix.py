"""The appendix: what page one leaves out, and where every number comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.pages.brief import known, reasons
from dripper.pages.brief.bond import bond
from dripper.pages.brief.front import person
from dripper.pages.brief.gifts import gift_blocks
from dripper.pages.brief.origins import origins
from dripper.pages.brief.packages import package_blocks
from dripper.pages.brief.scorecard import scorecard, worst
from dripper.pages.brief.spoken import words
from dripper.pages.brief.verdict import homework_table
from dripper.pages.frontier import frontier, frontier_alt
from dripper.pages.layout import Block, Chart, Items, Section, Table, Text
from dripper.prep.words import day, money, money_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dripper.prep.brief import Brief
    from dripper.workspace.model.account import Objective


def appendix(brief: Brief, *, is_cut: bool = False) -> Section:
    """Return the appendix; a part without content is left out. `is_cut`: page one could not show all that blocks."""
    parts = [(title, tuple(part(brief))) for title, part in _PARTS]
    if is_cut:
        parts.insert(0, ("What blocks the call", tuple(_blocks(brief))))
    sections = tuple(Section(title=title, blocks=blocks) for title, blocks in parts if blocks)
    return Section(title="Appendix", blocks=sections, kind="sheet")


def _blocks(brief: Brief) -> Iterator[Block]:
    if brief.gate.blocks:
        if brief.gate.because:
            yield Text(lead="Because:", text=brief.gate.because)
        yield homework_table(brief.gate.blocks)


def _since(brief: Brief) -> Iterator[Block]:
    if brief.since:
        yield Text(text=f"The last brief was of {day(brief.since.on)}.")
        changes = brief.since.changes or ("Nothing that a brief shows has changed.",)
        yield Items(items=tuple(Text(text=change) for change in changes))


def _better(brief: Brief) -> Iterator[Block]:
    if brief.gate.betters:
        yield homework_table(brief.gate.betters)


def _objectives(brief: Brief) -> Iterator[Block]:
    items = tuple(filter(None, map(_objective, brief.account.objectives)))
    if items:
        yield Items(items=items)
    lead = brief.account.lead
    if lead:
        steps = tuple(Text(text=f"{step.what} by {day(step.by)}") for step in lead.milestones)
        yield Items(items=(Text(lead="We lead in:", text=lead.area, below=steps),))


def _objective(objective: Objective) -> Text | None:
    agreed = f"(agreed on {day(objective.agreed_on)})" if objective.agreed_on else "(only ours, not agreed)"
    named = (("Theirs:", objective.theirs), ("Ours:", objective.ours), ("Where they meet:", objective.aligned))
    parts = [Text(lead=lead, text=text) for lead, text in named if text]
    return replace(parts[0], after=agreed, below=tuple(parts[1:])) if parts else None


def _packages(brief: Brief) -> Iterator[Block]:
    yield from package_blocks(brief)
    if brief.packages and brief.packages.frontier:
        yield Chart(svg=frontier(brief.packages), alt=frontier_alt(brief.packages), is_wide=True)


def _trades(brief: Brief) -> Iterator[Block]:
    if brief.negotiation and brief.negotiation.trades:
        rows = tuple((trade.give, trade.get) for trade in brief.negotiation.trades)
        yield Table(header=("We give", "Only against"), rows=rows)


def _alternatives(brief: Brief) -> Iterator[Block]:
    if brief.negotiation is None:
        return
    ours, theirs = brief.negotiation.our_alternative, brief.negotiation.their_alternative
    if ours:
        worth = f", worth {money(ours.worth)}" if ours.worth else ""
        yield Text(lead="Ours:", text=f"{ours.what}{worth}", after=_checked(ours.checked_on))
    if theirs:
        worth = f", worth {money_range(theirs.worth)}" if theirs.worth else ""
        yield Text(lead="Theirs (guess):", text=f"{theirs.what}{worth}", after=_checked(theirs.checked_on))


def _checked(on: date | None) -> str:
    return f"(checked on {day(on)})" if on else "(never checked)"


def _people(brief: Brief) -> Iterator[Block]:
    if brief.people:
        yield Items(items=tuple(person(contact, brief) for contact in brief.people))


def _gifts(brief: Brief) -> Iterator[Block]:
    yield from gift_blocks(brief.gifts)


_PARTS: tuple[tuple[str, Callable[[Brief], Iterator[Block]]], ...] = (
    ("Since the last brief", _since),
    ("What would make it better", _better),
    ("Objectives", _objectives),
    ("Scorecard", scorecard),
    ("Our three worst", worst),
    ("Our angles", reasons.our_angles),
    ("Their angles", reasons.their_angles),
    ("If they come in hot", reasons.hot),
    ("Numbers and packages", _packages),
    ("Trades", _trades),
    ("Alternatives to a deal", _alternatives),
    ("Gifts given", _gifts),
    ("Crises", known.crises),
    ("Promises", known.promises),
    ("What we know", known.facts),
    ("What we only assume", known.assumptions),
    ("Open questions", known.questions),
    ("If it fails", known.premortem),
    ("People", _people),
    ("Client or partner", bond),
    ("Words", words),
    ("What the data does not allow us to say", known.unclaimed),
    ("Where the numbers come from", origins),
)
