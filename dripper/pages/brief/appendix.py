"""The appendix: what page one leaves out, and where every number comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.pages.brief.front import angle_item, demand_item, person
from dripper.pages.brief.packages import package_blocks
from dripper.pages.brief.verdict import homework_table
from dripper.pages.layout import Block, Items, Section, Table, Text
from dripper.prep.figures import figures_of
from dripper.prep.say import among_peers, movement
from dripper.prep.words import (
    chance,
    day,
    listed,
    measured,
    money,
    money_range,
    number,
    percent,
    projected,
    with_unit,
    written,
)
from dripper.workspace.model.account import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dripper.prep.angles.angle import Angle
    from dripper.prep.brief import Brief
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Objective


def appendix(brief: Brief) -> Section:
    """Return the appendix; a part without content is left out."""
    parts = ((title, tuple(part(brief))) for title, part in _PARTS)
    sections = tuple(Section(title=title, blocks=blocks) for title, blocks in parts if blocks)
    return Section(title="Appendix", blocks=sections, kind="sheet")


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


def _scorecard(brief: Brief) -> Iterator[Block]:
    if brief.readings:
        header = ("Metric", "Baseline", "Now", "Goal", "Attained", "What it says", "On the goal's date", "Chance")
        yield Table(header=header, rows=tuple(_row(reading) for reading in brief.readings))
    peers = tuple(Text(text=text) for text in map(among_peers, brief.readings) if text)
    if peers:
        yield Items(items=peers)


def _row(reading: Reading) -> tuple[str, ...]:
    metric, progress = reading.metric, reading.progress
    goal = "–" if metric.goal is None else with_unit(written(metric.goal), metric)
    if metric.better.low is not None and metric.better.high is not None:
        goal = with_unit(f"{written(metric.better.low)} to {written(metric.better.high)}", metric)
    ahead = "–"
    if progress.at_goal:
        ahead = projected(progress.at_goal, reading)
    return (
        metric.title + (" (agreed)" if metric.agreed else ""),
        "–" if metric.baseline is None else with_unit(written(metric.baseline), metric),
        "–" if reading.now is None else measured(reading.now, reading),
        goal + (f" by {day(metric.by)}" if metric.by and goal != "–" else ""),
        "–" if progress.attainment is None else percent(progress.attainment),
        movement(reading) + _pace(reading),
        ahead,
        "–" if progress.chance is None else chance(progress.chance),
    )


def _pace(reading: Reading) -> str:
    """Return what the goal needs a year from here, and what there is, where a trend is claimed."""
    pace = reading.progress.pace
    if pace is None:
        return ""
    decimals = max(1, reading.decimals)
    needed = f"; the goal needs {number(pace.needed, decimals, sign=True)} a year"
    trend = reading.verdict.direction and not reading.steps
    return f"{needed}, it moves {number(pace.actual, decimals, sign=True)}" if trend else needed


def _our_angles(brief: Brief) -> Iterator[Block]:
    yield from _angles(brief.ours)


def _their_angles(brief: Brief) -> Iterator[Block]:
    yield from _angles(brief.theirs)


def _angles(angles: tuple[Angle, ...]) -> Iterator[Block]:
    items = tuple(angle_item(angle, _grade(angle)) for angle in angles)
    if items:
        yield Items(items=items)


def _grade(angle: Angle) -> Text:
    """Return how strong an angle is; one of theirs is not weakened by our answer here, only met."""
    lead = f"{angle.category.capitalize()}:"
    if angle.side is Side.THEM and angle.strong:
        return Text(lead=lead, text="Strong.")
    return Text(lead=lead, text="Rock solid." if angle.rock_solid else f"Lacks {listed(angle.missing)}.")


def _hot(brief: Brief) -> Iterator[Block]:
    if brief.demands:
        yield Items(items=tuple(map(demand_item, brief.demands)))


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


def _promises(brief: Brief) -> Iterator[Block]:
    groups = (("Broken", brief.promises.broken), ("Kept", brief.promises.kept), ("To come", brief.promises.due))
    rows = tuple(
        (state, each.what, day(each.due), day(each.kept_on) if each.kept_on else "–")
        for state, promises in groups
        for each in promises
    )
    if rows:
        yield Table(header=("State", "Promise", "Due", "Kept on"), rows=rows)


def _questions(brief: Brief) -> Iterator[Block]:
    rows = tuple(
        (q.text, "yes" if q.critical else "no", q.owner or "nobody", day(q.due) if q.due else "no date")
        for q in brief.questions
    )
    if rows:
        yield Table(header=("Question", "Critical", "Who", "Until"), rows=rows)


def _better(brief: Brief) -> Iterator[Block]:
    if brief.gate.betters:
        yield homework_table(brief.gate.betters)


def _known(brief: Brief) -> Iterator[Block]:
    rows = tuple(
        (fact.what, f"{fact.sure}, {fact.source or 'no source'}", day(fact.on), "us" if fact.for_ == "us" else "them")
        for fact in brief.facts
    )
    if rows:
        yield Table(header=("Fact", "How sure", "Of", "Speaks for"), rows=rows)


def _unclaimed(brief: Brief) -> Iterator[Block]:
    if brief.unclaimed:
        yield Items(items=tuple(Text(text=text) for text in brief.unclaimed))


def _figures(brief: Brief) -> Iterator[Block]:
    titles = {reading.id: reading.metric.title for reading in brief.readings}
    rows = tuple(
        (
            f"{titles[each.metric]}, {each.what}",
            each.text,
            each.rows,
            " · ".join(filter(None, (each.formula, each.test))),
            day(each.on) if each.on else "–",
        )
        for reading in brief.readings
        for each in figures_of(reading)
    )
    if rows:
        yield Table(header=("Number", "Value", "Rows", "Formula and test", "Data of"), rows=rows)


_PARTS: tuple[tuple[str, Callable[[Brief], Iterator[Block]]], ...] = (
    ("What would make it better", _better),
    ("Objectives", _objectives),
    ("Scorecard", _scorecard),
    ("Our angles", _our_angles),
    ("Their angles", _their_angles),
    ("If they come in hot", _hot),
    ("Numbers and packages", package_blocks),
    ("Trades", _trades),
    ("Alternatives to a deal", _alternatives),
    ("People", _people),
    ("Promises", _promises),
    ("Open questions", _questions),
    ("What we know", _known),
    ("What the data does not allow us to say", _unclaimed),
    ("Where the numbers come from", _figures),
)
