"""Every number of a brief with where it comes from: of the metrics, of the angles, and of the two sides' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.prep.figures import Figure, figures_of
from dripper.prep.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.angles.angle import Angle
    from dripper.prep.brief import Brief
    from dripper.prep.numbers import Numbers

_FILE = "account.toml"


def traced(brief: Brief) -> tuple[Figure, ...]:
    """Return every number that a page of the brief may show beside those of its packages."""
    return (
        *(figure for reading in brief.readings for figure in figures_of(reading)),
        *(figure for angle in (*brief.ours, *brief.theirs) for figure in _of_angle(angle)),
        *(_of_numbers(brief.numbers, brief.negotiation.file) if brief.numbers and brief.negotiation else ()),
    )


def _of_angle(angle: Angle) -> Iterator[Figure]:
    if angle.amount is not None and not angle.metric:
        yield _figure("worth", angle.amount.text, angle, "as stated")
    if angle.share is not None:
        formula = "size of the worth / worth of the contract in a year"
        yield _figure("share of the yearly contract", percent(angle.share), angle, formula)


def _figure(name: str, text: str, angle: Angle, formula: str) -> Figure:
    made = {"name": name, "text": text, "formula": formula, "test": ""}
    if angle.metric:
        return Figure(metric=angle.metric, rows=angle.source, on=angle.on, **made)
    rows = f"{_FILE}, [[fact]]: {angle.source or 'no source'}"
    return Figure(metric="", rows=rows, on=angle.on, file=_FILE, about=angle.claim, **made)


def _of_numbers(numbers: Numbers, file: str) -> Iterator[Figure]:
    for stated in numbers.stated:
        if stated.text:
            formula = "as guessed" if stated.guess else "as stated"
            yield _stated(stated.label, stated.text, file, stated.key, formula)
    keys = "our_walk_away and their_walk_away"
    yield _stated("Zone of agreement", numbers.zone_text, file, keys, "what they can do less what we need, by our role")


def _stated(name: str, text: str, file: str, keys: str, formula: str) -> Figure:
    rows = f"{file}, {keys}"
    return Figure(metric="", name=name, text=text, rows=rows, formula=formula, test="", on=None, file=file)
