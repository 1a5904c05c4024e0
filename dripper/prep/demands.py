"""What they say or will say, each with our answer; an answer that names a metric is that metric's own sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.say import sentence
from dripper.workspace.model.account import Category
from dripper.workspace.model.negotiation import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dripper.prep.reading import Reading
    from dripper.workspace.model.negotiation import Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A demand, the rational reason behind it, and our answer; an empty answer is homework."""

    said: str
    reason: Category | None
    answer: str
    # The metric that the answer is taken from; empty where it is written out.
    metric: str = ""


def answer_all(demands: Iterable[Demand], readings: Sequence[Reading]) -> tuple[Answered, ...]:
    """Return the demands in the file's order, the likeliest first; a metric without comparable values is no answer."""
    by_id = {reading.id: reading for reading in readings}
    return tuple(_answered(demand, by_id.get(demand.answer)) for demand in demands)


def _answered(demand: Demand, reading: Reading | None) -> Answered:
    if reading is None:
        answer = demand.answer.strip()
        # What looks like the id of a metric that is not there is no answer to anybody.
        return Answered(said=demand.said, reason=demand.reason, answer="" if is_id(answer) else answer)
    answer = sentence(reading) if reading.is_comparable else ""
    return Answered(said=demand.said, reason=demand.reason, answer=answer, metric=reading.id)
