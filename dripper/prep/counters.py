"""What will be said against an angle, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.say import among_peers, beats_peers
from dripper.prep.words import day, with_unit, written
from dripper.workspace.model.account import Category, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.prep.demands import Answered
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Fact

BY_ITSELF = "It would have happened without you"
WHO_SAYS_SO = "Who says so?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The strongest counter to an angle, and what answers it; empty where nothing does yet."""

    counter: str
    answer: str


def counter_of_metric(side: Side, reading: Reading, demands: Sequence[Answered]) -> Exchange:
    """Return the exchange about a metric's movement: their demand about performance, or the doubt about its cause."""
    said = _their_own(side, Category.PERFORMANCE, demands)
    if said:
        return said
    if side is Side.THEM:
        return Exchange(counter="", answer="")
    return Exchange(counter=BY_ITSELF, answer=_why_ours(reading))


def counter_of_fact(fact: Fact, demands: Sequence[Answered]) -> Exchange:
    """Return the exchange about a fact: their demand of the same kind, or the doubt about its source."""
    said = _their_own(fact.for_, fact.kind, demands)
    if said:
        return said
    if fact.for_ is Side.THEM:
        return Exchange(counter="", answer="")
    return Exchange(counter=WHO_SAYS_SO, answer=f"{fact.source}, {day(fact.on)}" if fact.source else "")


def _their_own(side: Side, category: Category, demands: Sequence[Answered]) -> Exchange | None:
    """Return the demand of this category: it counters our angle and is answered; it *is* their angle, so ours answers.

    An answered one is taken before an open one only on their side, where any answer to the category serves.
    """
    same = [demand for demand in demands if demand.reason is category]
    if not same:
        return None
    if side is Side.THEM:
        best = next((demand for demand in same if demand.answer), same[0])
        return Exchange(counter=best.answer, answer="")
    hardest = next((demand for demand in same if not demand.answer), same[0])
    return Exchange(counter=hardest.said, answer=hardest.answer)


def _why_ours(reading: Reading) -> str:
    metric = reading.metric
    if beats_peers(reading):
        return among_peers(reading)
    if metric.agreed and metric.baseline is not None:
        return f"Both sides agreed on this metric and on its baseline of {with_unit(written(metric.baseline), metric)}."
    return ""
