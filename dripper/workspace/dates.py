"""What a cell says as a date: every usual spelling that can mean one day only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from dripper.workspace.cells import CellError, Spelling, SpellingError
from dripper.workspace.rows import shown

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TIME = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
# Year first, as in ISO 8601, and day first where a dot or a month's name leaves no doubt.
_CLEAR = [
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_TIME}",
        rf"(?P<year>\d{{4}})(?P<mark>[/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?){_TIME}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}}){_TIME}",
        rf"(?P<day>\d\d?)\.?[ -]{_MONTH}[ -](?P<year>\d{{4}})",
        rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
]
_EITHER = re.compile(rf"(?P<one>\d\d?)(?P<mark>[/-])(?P<other>\d\d?)(?P=mark)(?P<year>\d{{4}}){_TIME}", re.ASCII)


# Day 0 of the days that spreadsheets count; before March 1900 they differ.
_FIRST_SERIAL = date(1899, 12, 30)


class Order(StrEnum):
    """Which comes first where both day and month are numbers."""

    DAY = "day"
    MONTH = "month"


class UnclearDateError(SpellingError):
    """A date such as 01/02/2026, which another row of its file may clear up."""


def date_of(cell: str, *, periods: bool = False, order: Order | None = None) -> date:
    """Return the day that a cell names, else raise `CellError`.

    With `periods` a year or a month stands for its first day; a workspace's own files name days, so that the age of a
    value is never in doubt. `order` is that of the other dates of the file; without it, one that may be read in two
    ways raises `UnclearDateError`.
    """
    if periods and re.fullmatch(r"\d{4}(-\d\d)?", cell, re.ASCII):
        cell = f"{cell}-01-01"[:10]
    for pattern in _CLEAR:
        if found := pattern.fullmatch(cell):
            parts = found.groupdict()
            month = _MONTHS.index(parts["name"].lower()) + 1 if "name" in parts else int(parts["month"])
            return _day(cell, int(parts["year"]), month, int(parts["day"]))
    if found := _EITHER.fullmatch(cell):
        return _either(cell, int(found["one"]), int(found["other"]), int(found["year"]), order)
    if not cell:
        raise CellError("the date is missing", "write it as 2026-10-31")
    message, cure = f'"{shown(cell)}" is no date', "write year, month and day, such as 2026-10-31"
    if re.fullmatch(r"[2-9]\d{4}(\.\d+)?", cell, re.ASCII):
        meant = _FIRST_SERIAL + timedelta(days=int(cell[:5]))
        raise SpellingError(cell, message, f"write {meant}, if a spreadsheet counted its days", Spelling.SERIAL)
    if re.fullmatch(r"\d{4}([-/.]?\d\d)?", cell, re.ASCII):
        raise SpellingError(cell, message, cure, Spelling.NO_DAY)
    raise CellError(message, cure)


def order_of(cell: str) -> Order | None:
    """Return which order a cell proves: that of 31/10/2026, but not of 01/02/2026."""
    found = _EITHER.fullmatch(cell)
    if found is None:
        return None
    one, other = int(found["one"]), int(found["other"])
    return Order.DAY if one > 12 >= other else Order.MONTH if other > 12 >= one else None


def any_date_of(value: object) -> date:
    """Return the day that a value of a database or a Parquet file names, else raise `CellError`."""
    if isinstance(value, datetime):
        return any_date_of(value.date())
    return date_of(str(value) if value is not None else "")


def _either(cell: str, one: int, other: int, year: int, order: Order | None) -> date:
    order = order_of(cell) or order or (Order.DAY if one == other else None)
    if order is None:
        either = f"{year}-{other:02}-{one:02} or {year}-{one:02}-{other:02}"
        cure = f"write year, month and day: {either}"
        raise UnclearDateError(cell, f'"{cell}" is no date', cure, Spelling.TWO_WAYS)
    day, month = (one, other) if order is Order.DAY else (other, one)
    return _day(cell, year, month, day)


def _day(cell: str, year: int, month: int, day: int) -> date:
    try:
        on = date(year, month, day)
    except ValueError as error:
        raise CellError(f'"{cell}" is no date: {error}', "write a day that exists, such as 2026-10-31") from None
    if not 1000 <= year <= 2199:
        raise CellError(f'"{cell}" is no date', "write year, month and day, such as 2026-10-31")
    return on
