"""The appendix's angles of both sides as their parts, and what to say where they come in hot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.pages.brief.front import angle_item, demand_item
from dripper.pages.brief.gifts import prepared_by
from dripper.pages.layout import Block, Items, Text
from dripper.prep.dated import dated
from dripper.prep.words import listed
from dripper.workspace.model.account import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.angles.angle import Angle
    from dripper.prep.brief import Brief
    from dripper.prep.demands import Answered


def our_angles(brief: Brief) -> Iterator[Block]:
    """Yield our angles, the strongest first."""
    yield from _angles(brief, brief.ours)


def their_angles(brief: Brief) -> Iterator[Block]:
    """Yield their angles, the strongest first."""
    yield from _angles(brief, brief.theirs)


def _angles(brief: Brief, angles: tuple[Angle, ...]) -> Iterator[Block]:
    items = tuple(
        angle_item(angle, *prepared_by(brief.gifts, angle), _breaks(angle), _grade(angle, brief)) for angle in angles
    )
    if items:
        yield Items(items=items)


def _breaks(angle: Angle) -> Text:
    return Text(lead="It breaks if:", text=angle.breaks)


def _grade(angle: Angle, brief: Brief) -> Text:
    """Return how strong an angle is; one of theirs is not weakened by our answer here, only met."""
    lead = f"{angle.category.capitalize()}:"
    parts = ", ".join(f"{name} {round(part, 2)}" for name, part in angle.parts(brief.today).items())
    counted = f"(counts {parts})"
    if angle.side is Side.THEM and angle.strong:
        return Text(lead=lead, text="Strong.", after=counted)
    grade = "Rock solid." if angle.rock_solid else f"Lacks {listed(angle.missing)}."
    return Text(lead=lead, text=grade, after=counted)


def hot(brief: Brief) -> Iterator[Block]:
    """Yield each demand with the reason behind it, our fact, and the calm sentence."""
    if brief.demands:
        yield Items(items=tuple(demand_item(demand, *_grounds(demand, brief)) for demand in brief.demands))


def _grounds(demand: Answered, brief: Brief) -> Iterator[Text]:
    behind = next((fact for fact in brief.facts if fact.for_ is Side.THEM and fact.kind is demand.reason), None)
    if behind:
        source = f"({dated(behind.source or 'no source', behind.on)})"
        yield Text(lead="Behind it:", text=behind.what, after=source)
    reading = next((each for each in brief.readings if each.id == demand.metric), None)
    ours = next((angle for angle in (*_same(demand, brief), *brief.leads) if angle.metric != demand.metric), None)
    if reading and reading.points:
        yield Text(lead="Our fact:", text=f"{reading.rows}.")
    elif ours:
        yield Text(lead="Our fact:", text=ours.claim, after=f"({dated(ours.source or 'no source', ours.on)})")


def _same(demand: Answered, brief: Brief) -> list[Angle]:
    return [angle for angle in brief.ours if angle.category is demand.reason and angle.strong]
