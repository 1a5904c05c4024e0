"""The metrics that stand worst: a brief that hides them is found out in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.prep.reading import Reading

SHOWN = 3


def worst_of(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the three that stand worst, the worst first: by the chance of the goal, else by how far they came.

    A metric without goal and without a wanted direction cannot stand badly, so it is left out.
    """
    ranked = [(rank, reading) for reading in readings if (rank := _rank(reading)) is not None]
    return tuple(reading for _, reading in sorted(ranked, key=lambda pair: pair[0])[:SHOWN])


def _rank(reading: Reading) -> tuple[float, float] | None:
    chance, attained = reading.progress.chance, reading.progress.attainment
    if not reading.declared or not reading.points:
        return None
    if chance is None and attained is None and reading.good is not False:
        return None
    far = attained if attained is not None else 0.0 if reading.good is False else 1.0
    return (min(1.0, max(0.0, far)) if chance is None else chance, far)
