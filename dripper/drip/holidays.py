"""The public holidays of a contact's country and region, by the `holidays` library.

The library is imported when a country is first asked for, and each year of a region is made once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dripper.errors import DripperError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class UnknownRegionError(DripperError):
    """The holidays of a country or a region are not known, so no slot can be promised to miss them."""

    def __init__(self, country: str, region: str | None, *, cure: str) -> None:
        place = f"{country}-{region}" if region else country
        super().__init__(f"the holidays of {place} are not known", cure=cure)
        self.country = country
        self.region = region


def holiday_on(day: date, country: str | None, region: str | None) -> str | None:
    """Return the English name of the holiday on `day`, or `None`; a contact without a country has no holidays.

    Raises `UnknownRegionError`.
    """
    return _year(country, region, day.year).get(day) if country else None


@lru_cache(maxsize=4096)
def _year(country: str, region: str | None, year: int) -> Mapping[date, str]:
    from holidays import country_holidays

    check_region(country, region)
    return dict(country_holidays(country, subdiv=region, years=year, language="en_US"))


@lru_cache(maxsize=1024)
def check_region(country: str, region: str | None) -> None:
    """Raise `UnknownRegionError`, with the nearest names as its cure, where holidays of a place are not known."""
    from holidays import country_holidays
    from holidays.utils import list_supported_countries

    try:
        country_holidays(country, subdiv=region)
    except NotImplementedError as error:
        known = list_supported_countries(include_aliases=True)
        raise UnknownRegionError(country, region, cure=_cure(country, region, known)) from error


def _cure(country: str, region: str | None, known: dict[str, list[str]]) -> str:
    if country not in known:
        return "correct `country` (two letters, ISO 3166-1), or leave it out to count no holidays"
    regions = known[country]
    if not regions:
        return f"leave out `region`: the holidays of {country} are the same everywhere"
    from difflib import get_close_matches

    near = get_close_matches(region or "", regions, n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    return f"{hint}the regions of {country} are {', '.join(regions)}"
