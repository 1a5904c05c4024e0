"""The appendix's last part: where each number comes from, one line a metric or fact, the ways to compute them once.

Fifty metrics have six hundred numbers; the JSON lists each with all that belongs to it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dripper.pages.brief.fitted import shortened
from dripper.pages.layout import Block, Items, Text
from dripper.prep.dated import dated
from dripper.prep.traced import traced
from dripper.prep.words import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief
    from dripper.prep.figures import Figure
    from dripper.prep.reading import Reading

_ACCOUNT = "account.toml"
# A claim and its source stand whole where they are argued with.
_CLAIM, _SOURCE = 90, 90


class _Ways:
    """The ways in which numbers are made, each with a letter."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def letter(self, way: str) -> str:
        return self._letters.setdefault(way, _letter(len(self._letters)))

    def __str__(self) -> str:
        return " · ".join(f"({letter}) {way}" for way, letter in self._letters.items())


def origins(brief: Brief) -> Iterator[Block]:
    """Yield the numbers of each file, and what their letters mean."""
    readings = {reading.id: reading for reading in brief.readings}
    lines: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in traced(brief):
        file = (readings[figure.metric].source or _ACCOUNT) if figure.metric else figure.file
        lines[file, figure.metric, figure.about].append(figure)
    ways = _Ways()
    files: dict[str, list[Text]] = defaultdict(list)
    for (file, metric, about), figures in lines.items():
        files[file].append(_line(readings.get(metric), about, figures, ways))
    for file, items in files.items():
        yield Text(lead=f"{file or 'The negotiation'}:", text="each number with the letter of how it is made.")
        yield Items(items=tuple(items))
    if files:
        yield Text(lead="The letters:", text=f"{ways}.")


def _line(reading: Reading | None, about: str, figures: list[Figure], ways: _Ways) -> Text:
    numbers = f"{' · '.join(_number(figure, reading, ways) for figure in figures)}."
    if reading is not None:
        return Text(lead=f"{reading.metric.title}:", text=numbers, after=f"({_span(reading)})")
    if about:
        rows, on = shortened(_within(figures[0]), _SOURCE), figures[0].on
        return Text(lead=f"“{shortened(about, _CLAIM)}”:", text=numbers, after=f"({dated(rows, on) if on else rows})")
    keys = (key for figure in figures for key in _within(figure).split(" and "))
    return Text(lead="Numbers of both sides:", text=numbers, after=f"({', '.join(dict.fromkeys(keys))})")


def _within(figure: Figure) -> str:
    """Return the rows of a figure within its file."""
    return figure.rows.removeprefix(f"{figure.file}, ")


def _span(reading: Reading) -> str:
    if reading.first_on is None or reading.last_on is None:
        return "no values"
    return f"{counted(len(reading.points), 'value')}, {day(reading.first_on)} to {day(reading.last_on)}"


def _number(figure: Figure, reading: Reading | None, ways: _Ways) -> str:
    """Return a number with the letter of its way, which names its rows where they are not those of its line."""
    way = f"{figure.formula}{_elsewhere(figure, reading) if reading else ''}"
    marks = "; ".join(filter(None, (ways.letter(way), figure.test)))
    text = figure.text.removeprefix(f"{reading.metric.title} ") if reading else figure.text
    return f"{figure.name} {text.rstrip('.')} ({marks})"


def _elsewhere(figure: Figure, reading: Reading) -> str:
    if figure.rows in figure.text or (reading.source and figure.rows.startswith(f"{reading.source}, ")):
        return ""
    return f" ({figure.rows.replace(reading.rows, 'its rows') if reading.rows else figure.rows})"


def _letter(place: int) -> str:
    """Return a to z, then aa, ab and so on."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)
