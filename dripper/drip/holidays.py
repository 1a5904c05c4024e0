"""The public holidays of a contact's country and region, by the `holidays` library.

The library is imported when a country is first asked for, and each year of a region is made once. Of its countries only
the one in question is: with the package of them all it takes as long as some hundred messages.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

from dripper.errors import DripperError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
    check_region(country, region)
    return dict(calendar_of(country)(subdiv=region, years=year, language="en_US"))


@lru_cache(maxsize=256)
def calendar_of(country: str) -> Callable[..., Mapping[date, str]]:
    """Return what makes the holidays of a country, of the arguments of the library's `country_holidays`.

    Raises `NotImplementedError` where the library does not know the country.
    """
    import holidays
    from holidays.registry import COUNTRIES

    folders = [f"{folder}/countries" for folder in holidays.__path__]
    module = next((module for module, names in COUNTRIES.items() if country in names), "")
    # The finder, unlike an import, leaves alone the package that the module is in.
    spec = PathFinder.find_spec(f"holidays.countries.{module}", folders)
    if not module or spec is None or spec.loader is None:
        raise NotImplementedError(f"the library knows no {country}")
    alone = module_from_spec(spec)
    spec.loader.exec_module(alone)
    made: Callable[..., Mapping[date, str]] = getattr(alone, COUNTRIES[module][0])
    return made


@lru_cache(maxsize=1024)
def check_region(country: str, region: str | None) -> None:
    """Raise `UnknownRegionError`, with the nearest names as its cure, where holidays of a place are not known."""
    try:
        calendar_of(country)(subdiv=region)
    except NotImplementedError as error:
        from holidays.utils import list_supported_countries

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
