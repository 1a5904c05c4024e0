"""The public holidays of a contact's country and region, by the `holidays` library.

The library is imported when a country is first asked for, and each year of a region is made once. Of its countries only
the one in question is: with the package of them all it takes as long as some hundred messages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dripper.workspace.model.region import calendar_of, check_region

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def holiday_on(day: date, country: str | None, region: str | None) -> str | None:
    """Return the English name of the holiday on `day`, or `None`; a contact without a country has no holidays.

    Raises `UnknownRegionError`.
    """
    return _year(country, region, day.year).get(day) if country else None


@lru_cache(maxsize=4096)
def _year(country: str, region: str | None, year: int) -> Mapping[date, str]:
    check_region(country, region)
    return dict(calendar_of(country)(subdiv=region, years=year, language="en_US"))
