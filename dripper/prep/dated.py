"""A source with its day, told once: people often write the day into the source itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.prep.words import day, month_name

if TYPE_CHECKING:
    from datetime import date


def dated(source: str, on: date, *, after: str = ", ") -> str:
    """Return `source` with the day behind it, unless it says that day already; `after` stands between the two."""
    return source if names_day(source, on) else f"{source}{after}{day(on)}"


def names_day(text: str, on: date) -> bool:
    """Whether `text` says that day: in figures as 2026-10-14 or 14.10.2026, or with its month in English."""
    name = month_name(on.month)
    month = rf"(?:{name}|{name[:3]}\.?|{name[:4]}\.?)"
    number = rf"0?{on.day}(?:st|nd|rd|th|\.)?"
    ways = (
        rf"{number} (?:of )?{month},? {on.year}",
        rf"{month} {number},? {on.year}",
        re.escape(on.isoformat()),
        rf"0?{on.day}\.0?{on.month}\.{on.year}",
    )
    return re.search(rf"(?<![\w.-])(?:{'|'.join(ways)})(?![\w-])", " ".join(text.split()), re.IGNORECASE) is not None
