"""Crises: a metric that stepped the wrong way, what came back of it, how trouble was handled; each is an opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dripper.prep.words import day, measured, percent
from dripper.workspace.model.account import Trait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.prep.analysis import Step
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Evidence

# From this share of the loss on it counts as recovered.
RECOVERED = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """Something that went wrong, as a sentence with its numbers, and what it opens in the talk."""

    on: date
    what: str
    opening: str
    # The metric that shows it; empty where a piece of evidence tells of it.
    metric: str = ""
    # The share of the loss that came back by the newest level; `None` where no metric shows it.
    back: float | None = None


def crises_of(readings: Iterable[Reading], evidence: Iterable[Evidence], today: date) -> tuple[Crisis, ...]:
    """Return the crises of an account, the newest first."""
    found = [crisis for reading in readings for crisis in _fallen(reading)]
    found += [_handled(piece) for piece in evidence if piece.of is Trait.CONFLICT and piece.on <= today]
    return tuple(sorted(found, key=lambda crisis: crisis.on, reverse=True))


def _fallen(reading: Reading) -> Iterator[Crisis]:
    way = {"higher": 1, "lower": -1}.get(reading.metric.better.way)
    if way is None:
        return
    for place, step in enumerate(reading.steps):
        if (step.after - step.before) * way < 0:
            yield _crisis(reading, step, reading.steps[place + 1 :])


def _crisis(reading: Reading, step: Step, later: Sequence[Step]) -> Crisis:
    verb = "rose" if step.after > step.before else "fell"
    what = f"{reading.metric.title} {verb} from {measured(step.before, reading)} to {measured(step.after, reading)} "
    what += f"on {day(step.on)}"
    level = later[-1].after if later else step.after
    back = (level - step.after) / (step.before - step.after)
    if back > 0:
        what += f"; since {day(later[-1].on)} it is at {measured(level, reading)}, {percent(back)} of the loss is back"
    else:
        what += "; nothing of it came back"
    return Crisis(on=step.on, what=f"{what}.", opening=_opening(back), metric=reading.id, back=max(0.0, back))


def _opening(back: float) -> str:
    if back >= RECOVERED:
        return "Name it before they do: it was mended, and that is the best proof of what we are worth to them."
    if back > 0:
        return "Name it before they do, say what brought the first part back, and offer the rest with a date."
    return "Name it before they do, and bring the plan that turns it, with a goal and a date."


def _handled(piece: Evidence) -> Crisis:
    who = "They" if piece.side == "them" else "We"
    return Crisis(
        on=piece.on,
        what=f"{piece.what} ({day(piece.on)}).",
        opening=f"{who} acted as a {piece.says} when it was hard: remind them of it, and build on it."
        if piece.says == "partner"
        else f"{who} acted as a {piece.says} when it was hard: agree on how the next trouble is handled.",
    )
