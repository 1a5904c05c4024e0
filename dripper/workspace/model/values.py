"""The values with rules of their own: money, hours, cadence, zone, country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar, Self

from dripper.workspace.model.table import Value, WrongTypeError, kind_of, text_of

# Of all others a point before three digits is more likely a mark for thousands (ISO 4217, minor units).
_OF_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")


class Number(Decimal, Value):
    """A finite number, exact as written."""

    example: ClassVar[str] = "21.5"
    json_schema: ClassVar[dict[str, Any]] = {"type": "number"}
    # All that a program writes of a number, and of a weight times a value; with more a page could not be laid out.
    most_decimals: ClassVar[int] = 60

    @classmethod
    def parse(cls, value: object) -> Self:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise WrongTypeError(f"expected a number such as 21.5, found {kind_of(value)}")
        number = cls(value if not isinstance(value, float) else repr(value))
        if not number.is_finite():
            raise ValueError(f"expected a finite number, found {value}")
        if number.adjusted() > 14 or int(number.as_tuple().exponent) < -cls.most_decimals:
            most = f"at most {cls.most_decimals} decimals"
            raise ValueError(f"expected a number below a thousand million million, with {most}")
        return number


class Points(Number):
    """What an option is worth to one side."""

    example: ClassVar[str] = "40"


@dataclass(frozen=True, slots=True, order=True)
class Money(Value):
    """An amount in a currency (ISO 4217), exact."""

    currency: str
    amount: Decimal

    example: ClassVar[str] = '"480000 EUR"'
    json_schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,4})? [A-Z]{3}$"}

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        match = re.fullmatch(r"(-?\d{1,15}(?:\.\d{1,4})?) ([A-Z]{3})", text, re.ASCII)
        if match is None:
            raise ValueError(f'"{text}" is no amount: write plain digits and a currency, such as "480000 EUR"')
        if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", match[1]) and match[2] not in _OF_THREE_DECIMALS:
            thousands = match[1].replace(".", "")
            raise ValueError(f'"{text}" may be {thousands} or not: write "{thousands} {match[2]}", or two decimals')
        try:
            return cls(currency=match[2], amount=Decimal(match[1]))
        except InvalidOperation as error:  # pragma: no cover - the pattern admits digits only
            raise ValueError(f'"{text}" is no amount') from error

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class MoneyRange(Value):
    """An amount that is only known to lie between two others; a single amount is a range of no width."""

    low: Money
    high: Money

    example: ClassVar[str] = '["480000 EUR", "560000 EUR"]'
    json_schema: ClassVar[dict[str, Any]] = {
        "anyOf": [Money.json_schema, {"type": "array", "items": Money.json_schema, "minItems": 2, "maxItems": 2}]
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        if not isinstance(value, list | tuple):
            amount = Money.parse(value)
            return cls(low=amount, high=amount)
        if len(value) != 2:
            raise ValueError('expected an amount or two, such as ["480000 EUR", "560000 EUR"]')
        low, high = (Money.parse(item) for item in value)
        if low.currency != high.currency:
            raise ValueError(f"both amounts of a range need one currency, found {low.currency} and {high.currency}")
        if low > high:
            raise ValueError(f'the lower amount comes first: ["{high}", "{low}"]')
        return cls(low=low, high=high)

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low.amount} to {self.high}"


class Unit(StrEnum):
    """The unit of a cadence."""

    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Every(Value):
    """A cadence: one message per `count` units."""

    count: int
    unit: Unit

    example: ClassVar[str] = '"2 weeks"'
    json_schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": r"^[1-9]\d{0,2} (day|days|business day|business days|week|weeks|month|months)$",
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        match = re.fullmatch(r"([1-9]\d{0,2}) (business day|day|week|month)s?", text)
        if match is None:
            raise ValueError(
                f'"{text}" is no cadence: write a count and days, business days, weeks or months, such as "2 weeks"'
            )
        return cls(count=int(match[1]), unit=Unit(match[2] + "s"))

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count > 1 else self.unit.removesuffix('s')}"


def parse_clock(text: str) -> time:
    """Return the time of day that `text` (`HH:MM`, 24 hours) names; raise `ValueError` where it names none."""
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text) is None:
        raise ValueError(f'"{text}" is no time of day: write it as "09:30"')
    return time.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Clock(Value):
    """A time of day on the reader's own clock."""

    at: time

    example: ClassVar[str] = '"09:30"'
    json_schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}

    @classmethod
    def parse(cls, value: object) -> Self:
        return cls(parse_clock(text_of(value, cls.example)))

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Hours(Value):
    """A window of the day on the reader's own clock; where `end` is before `start` it crosses midnight."""

    start: time
    end: time

    example: ClassVar[str] = '"09:00-16:30"'
    json_schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
    }

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        start, dash, end = text.partition("-")
        if not dash:
            raise ValueError(f'"{text}" is no window: write "09:00-16:30"')
        window = cls(start=parse_clock(start.strip()), end=parse_clock(end.strip()))
        if window.start == window.end:
            raise ValueError(f'"{text}" is an empty window: write two different times, such as "09:00-16:30"')
        return window

    @property
    def crosses_midnight(self) -> bool:
        """Whether the window ends on the day after it began."""
        return self.end < self.start

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


class Weekday(StrEnum):
    """A day of the week, Monday first as in ISO 8601."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Return 0 for Monday to 6 for Sunday, as `date.weekday` does."""
        return list(Weekday).index(self)


class Zone(str, Value):
    """A time zone by its IANA name."""

    __slots__ = ()

    example: ClassVar[str] = '"Europe/Berlin"'

    @classmethod
    def parse(cls, value: object) -> Self:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        text = text_of(value, cls.example)
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f'"{text}" is no time zone{_nearest_zone(text)}') from error
        return cls(text)


class Country(str, Value):
    """A country by its two letters (ISO 3166-1 alpha-2)."""

    __slots__ = ()
    example: ClassVar[str] = '"DE"'
    json_schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^[A-Z]{2}$"}

    @classmethod
    def parse(cls, value: object) -> Self:
        text = text_of(value, cls.example)
        if re.fullmatch(r"[A-Z]{2}", text) is None:
            raise ValueError(f'"{text}" is no country: write its two capital letters, such as "DE"')
        from dripper.workspace.model.region import is_country

        if not is_country(text):
            raise ValueError(f'"{text}" is no country of ISO 3166-1: write two letters such as "DE", or leave it out')
        return cls(text)


def _nearest_zone(text: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    near = get_close_matches(text, sorted(available_timezones()), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ': write an IANA name, such as "Europe/Berlin"'
