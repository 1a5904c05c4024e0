"""The words of ideas: several ways to tell each, so that two of a kind do not sound alike.

A metric's name may be one thing or many ("Returns rate", "Orders a month"), so it is never the subject of a verb that
would show its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.words import month_name

if TYPE_CHECKING:
    from datetime import date

    from dripper.prep.reading import Reading

_SUBJECT_CHARS = 50

GIFTS = {
    "step": "A date to look back to: what was different from then on",
    "goal": "Good news to pass on to whoever set the goal",
    "peers": "Where they stand among others, for the next board paper",
    "record": "A figure that the people behind it will like to hear",
    "trend": "The direction in one sentence, ready for any report",
    "season": "Time to be ready before the season turns",
    "market": "A change outside that touches their own numbers",
}
SHIFTS = {
    "step": "From a supplier of work to somebody who reads the figures closely",
    "goal": "From a supplier to somebody who keeps count of what was agreed",
    "peers": "From one supplier among many to somebody who knows the field",
    "record": "From a supplier to somebody who is glad with them",
    "trend": "From a sender of reports to somebody who says what they mean",
    "season": "From somebody who is told the date to somebody who sees it coming",
    "market": "From a supplier to somebody who looks out of the window for them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to tell an idea."""

    subject: str
    text: str


def wordings(reading: Reading, subject: str, *texts: str) -> tuple[Wording, ...]:
    """Return one wording for each text; the subject carries the metric's name where there is room for both."""
    named = f"{title(reading)}: {subject[:1].lower()}{subject[1:]}"
    chosen = named if len(named) <= _SUBJECT_CHARS else subject
    return tuple(Wording(subject=chosen, text=begun(text)) for text in texts)


def begun(text: str) -> str:
    """Return `text` as a sentence begins; its other capitals stay."""
    return f"{text[:1].upper()}{text[1:]}"


def title(reading: Reading) -> str:
    """Return the metric's name on one line."""
    return " ".join(reading.metric.title.split())


def yours(reading: Reading) -> str:
    """Return the metric as a reader hears of it within a sentence: `your returns rate`, `your SKU count`."""
    name = title(reading)
    return f"your {name if name[1:2].isupper() else name[:1].lower() + name[1:]}"


def when(on: date, reading: Reading) -> str:
    """Return the period that a value stands for: a year, a month, or the day where it is shorter."""
    assert reading.analysis is not None, "told only of metrics that were analysed"
    match reading.analysis.cadence.name:
        case "year":
            return f"{on.year}"
        case "month":
            return f"{month_name(on.month)} {on.year}"
        case _:
            return f"{on.day} {month_name(on.month)} {on.year}"


def at(on: date, reading: Reading) -> str:
    """Return the same with its preposition: `in March 2026`, `on 9 March 2026`."""
    text = when(on, reading)
    return f"on {text}" if text.count(" ") > 1 else f"in {text}"
