"""The turn of a season that lies ahead, where every year so far went the same way from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from dripper.prep.ideas_found import Found, source_of
from dripper.prep.ideas_said import title, wordings, yours
from dripper.prep.words import measured, month_name

if TYPE_CHECKING:
    from decimal import Decimal

    from dripper.prep.reading import Reading

# How far ahead a turn is news, how wide the season must be (against the noise and the level), and in how many years it
# must have been seen.
_AHEAD_MONTHS = 3
_TIMES_NOISE = 3
_SHARE_OF_LEVEL = 0.1
_FEWEST_YEARS = 2


def season(reading: Reading, today: date) -> Iterator[Found]:
    """Find the next turn of a monthly metric's season, where each year so far went the same way from it."""
    analysis = reading.analysis
    if analysis is None or analysis.season is None or analysis.cadence.name != "month":
        return
    by_month = analysis.season.by_month
    low, high = min(by_month, key=by_month.__getitem__), max(by_month, key=by_month.__getitem__)
    level = abs(median(analysis.values))
    if by_month[high] - by_month[low] < max(_TIMES_NOISE * analysis.noise, _SHARE_OF_LEVEL * level):
        return
    turn, end = sorted((low, high), key=lambda month: _months_until(month, today))
    stretches = _stretches(reading, turn, end)
    rises = {later > earlier for _, earlier, later in stretches}
    if _months_until(turn, today) > _AHEAD_MONTHS or len(stretches) < _FEWEST_YEARS or rises != {turn == low}:
        return
    verb, year = "rose" if turn == low else "fell", today.year + (turn <= today.month)
    (once, earlier), (last, later) = (
        (f"{measured(first, reading)} to {measured(then, reading)}", _year(on, turn, end))
        for on, first, then in stretches[-2:]
    )
    start, until, name = month_name(turn), month_name(end), yours(reading)
    yield Found(
        on=date(year, turn, 1),
        mark=f"{year} {turn:02}",
        wordings=wordings(
            reading,
            f"The turn in {start}",
            f"from {start} to {until} {name} {verb} each year: {once} in {earlier}, {last} in {later}.",
            f"{start} is where {name} turned so far: {once} by {until} in {earlier}, {last} in {later}.",
            f"{title(reading)} {verb} from {start} to {until} each year: the last time {last}, before that {once}.",
        ),
        source=source_of(reading, "season by month"),
    )


def _year(on: date, turn: int, end: int) -> str:
    """Return the year of a stretch, both where it reaches into the next: `2025/26`."""
    return f"{on.year}/{(on.year + 1) % 100:02}" if end < turn else f"{on.year}"


def _months_until(month: int, today: date) -> int:
    """Return how many months ahead of this one the next `month` is, 1 to 12."""
    return (month - today.month - 1) % 12 + 1


def _stretches(reading: Reading, turn: int, end: int) -> list[tuple[date, Decimal, Decimal]]:
    """Return for each year with both months the first one's date, its value, and the value of the next `end`."""
    values = {(on.year, on.month): (on, value) for on, value in reading.points}
    found = []
    for (year, month), (on, value) in values.items():
        later = values.get((year + (end < turn), end))
        if month == turn and later:
            found.append((on, value, later[1]))
    return found
