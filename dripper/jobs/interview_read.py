"""Reads what a person typed at a question: amounts, ranges and dates in the ways that people write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dripper.workspace.model.values import Money

_AMOUNT = re.compile(r"(?P<digits>\d+(?:\.\d{1,4})?)(?P<times>[kKmM])?\s*(?P<currency>[A-Za-z]{3})?")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
# A point before three digits may mark thousands or decimals.
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}(?!\d)")


def read_money(typed: str, currency: str) -> Money:
    """Return an amount such as `240000`, `240,000 EUR` or `240k`; without a currency it is in `currency`.

    `ValueError` says what is wrong and shows a right one.
    """
    if _AMBIGUOUS.fullmatch(typed.partition(" ")[0]):
        raise ValueError(f'"{typed}" may mean two amounts: write plain digits, as in 240000')
    match = _AMOUNT.fullmatch(re.sub(r"(?<=\d)[,'’_ ](?=\d{3})", "", typed))
    if match is None:
        raise ValueError(f'"{typed}" is no amount: write it as 240000 or 240k')
    unit = (match["currency"] or currency).upper()
    if not unit:
        raise ValueError("the currency is missing: write it as 240000 EUR")
    amount = Decimal(match["digits"]) * _TIMES[(match["times"] or "").lower()]
    return Money.parse(f"{amount:f} {unit}")


def read_range(typed: str, currency: str) -> tuple[Money, Money]:
    """Return the two ends of `240000 to 285000 EUR`; a single amount is both."""
    ends = re.split(r"\s*(?:\bto\b|–|\.\.|(?<=\w)\s*-)\s*", typed)
    if len(ends) > 2:
        raise ValueError(f'"{typed}" is no range: write it as 240000 to 285000')
    high = read_money(ends[-1], currency)
    low = read_money(ends[0], high.currency)
    if low.currency != high.currency:
        raise ValueError("both ends need one currency")
    if low.amount > high.amount:
        raise ValueError(f"the lower amount comes first: {high.amount} to {low}")
    return low, high


def read_date(typed: str, *, today: date) -> date:
    """Return a day to come, written year first."""
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f'"{typed}" is no date: write year, month and day, as in {today.isoformat()}') from None
    if on < today:
        raise ValueError(f"{on} has passed")
    return on
