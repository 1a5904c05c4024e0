"""What will be said against an angle, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.dated import dated
from dripper.prep.say import among_peers, peers_back
from dripper.prep.words import with_unit, written
from dripper.workspace.model.account import Category, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.prep.demands import Answered
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Fact

WITHOUT_US = "It would have happened without you"
WITH_ANYBODY = "It would have happened with anybody"
WHO_SAYS_SO = "Who says so?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The strongest counter to an angle, and what its side answers to it; empty where nothing does yet."""

    counter: str
    answer: str
    # True: the counter is written down, so it is a demand of theirs, or our own answer to one.
    is_written: bool = False


def counter_of_metric(side: Side, reading: Reading, demands: Sequence[Answered]) -> Exchange:
    """Return the exchange about a metric's movement: what is written down, or the doubt about its cause."""
    doubt = WITHOUT_US if side is Side.US else WITH_ANYBODY
    return _written(side, Category.PERFORMANCE, demands) or Exchange(counter=doubt, answer=_why(side, reading))


def counter_of_fact(fact: Fact, demands: Sequence[Answered]) -> Exchange:
    """Return the exchange about a fact: what is written down, or the doubt about its source."""
    answer = dated(fact.source, fact.on) if fact.source.strip() else ""
    return _written(fact.for_, fact.kind, demands) or Exchange(counter=WHO_SAYS_SO, answer=answer)


def _written(side: Side, category: Category, demands: Sequence[Answered]) -> Exchange | None:
    """Return the demand of this category: it counters our angle and is answered; it *is* their angle, so ours answers.

    An answered one is taken before an open one only on their side, where any answer to the category serves.
    """
    same = [demand for demand in demands if demand.reason is category]
    if not same:
        return None
    if side is Side.THEM:
        best = next((demand for demand in same if demand.answer), None)
        return Exchange(counter=best.answer, answer="", is_written=True) if best else None
    hardest = next((demand for demand in same if not demand.answer), same[0])
    return Exchange(counter=hardest.said, answer=hardest.answer, is_written=True)


def _why(side: Side, reading: Reading) -> str:
    """Return why the movement speaks for the side that points at it: peers that went another way, or the charter."""
    metric = reading.metric
    if peers_back(side, reading):
        return among_peers(reading)
    if metric.agreed and metric.baseline is not None:
        return f"Both sides agreed on this metric and on its baseline of {with_unit(written(metric.baseline), metric)}."
    return ""
