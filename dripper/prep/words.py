"""Numbers, money and dates in words, one way for every format."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from dripper.prep.places import MEASURED_DECIMALS, places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dripper.prep.reading import Projected, Reading
    from dripper.workspace.model.account import Metric
    from dripper.workspace.model.values import Money, MoneyRange

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MINUS = "−"
# The widest value that a series may hold has 30 digits.
_EXACT = Context(prec=60)


def day(on: date) -> str:
    """Return a date such as `9 Feb 2027`, in no locale's own order."""
    return f"{on.day} {month_name(on.month)[:3]} {on.year}"


def month_name(number: int) -> str:
    """Return the name of a calendar month, 1 being January."""
    return _MONTHS[number - 1]


def projected(ahead: Projected, reading: Reading) -> str:
    """Return what a date may bring, as in `24.0%, in 8 of 10 cases 22.1% to 25.9%`.

    Where no movement is claimed it is the range alone, for the middle would claim one; where no range can be told, the
    words say on what the value rests.
    """
    value = measured(ahead.value, reading)
    if ahead.interval80 is None:
        return f"{value} if it goes on as it did"
    among = f"in 8 of 10 cases {reach(ahead.interval80, reading)}"
    return f"{value}, {among}" if reading.tells_middle else among


def reach(ends: tuple[float, float], reading: Reading) -> str:
    """Return a range of values, as in `22.1% to 25.9%`."""
    return " to ".join(measured(end, reading) for end in ends)


def number(value: float | Decimal, decimals: int = 0, *, sign: bool = False) -> str:
    """Return `value` with thousands marked, rounded half to even, a zero never negative."""
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN, _EXACT)
    text = f"{abs(rounded):,}"
    return f"{MINUS}{text}" if rounded < 0 else f"+{text}" if sign and rounded > 0 else text


def written(value: Decimal) -> str:
    """Return `value` with the decimals it was written with."""
    return number(value, places(value))


def with_unit(text: str, metric: Metric) -> str:
    """Return a number's text with the unit of its metric."""
    return f"{text}%" if metric.unit == "%" else f"{text} {metric.unit}".rstrip()


def measured(value: float | Decimal, reading: Reading) -> str:
    """Return a value of a metric with its unit; a computed one has the decimals of the data, at least one.

    Computed is a `float`, and what was read with more decimals than anybody measures.
    """
    return with_unit(bare(value, reading), reading.metric)


def bare(value: float | Decimal, reading: Reading) -> str:
    """Return a value of a metric as `measured` does, without its unit."""
    if isinstance(value, Decimal) and places(value) <= MEASURED_DECIMALS:
        return written(value)
    return number(value, max(1, reading.decimals))


def points(value: float, reading: Reading, *, sign: bool = False) -> str:
    """Return a difference of two values; between two shares in percent it is in percentage points."""
    text = number(value, max(1, reading.decimals), sign=sign)
    return f"{text} points" if reading.metric.unit == "%" else with_unit(text, reading.metric)


def percent(share: float) -> str:
    """Return a share in whole percent."""
    return f"{number(100 * share)}%"


def money(amount: Money) -> str:
    """Return an exact amount such as `480,000 EUR`."""
    return f"{written(amount.amount)} {amount.currency}"


def money_range(amounts: MoneyRange) -> str:
    """Return a range such as `480,000 to 560,000 EUR`."""
    if amounts.low == amounts.high:
        return money(amounts.low)
    return f"{written(amounts.low.amount)} to {money(amounts.high)}"


def rounded(amount: float) -> str:
    """Return a computed amount rounded to three digits."""
    return number(Decimal(f"{amount:.3g}")) if abs(amount) >= 100 else number(amount)


def chance(tenths: float) -> str:
    """Return a chance in tenths: `about 3 in 10`."""
    if tenths <= 0:
        return "less than 1 in 10"
    return "more than 9 in 10" if tenths >= 1 else f"about {round(10 * tenths)} in 10"


def p_value(p: float) -> str:
    """Return a p-value with as many digits as help."""
    return "p<.001" if p < 0.001 else f"p={p:.3f}".replace("0.", ".", 1)


def ordinal(place: int) -> str:
    """Return `1st`, `2nd`, `3rd`, `4th`."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def listed(parts: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def counted(count: int, one: str, many: str = "") -> str:
    """Return `1 row` or `3 rows`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
