"""Which countries and regions have holidays that are known: those that the `holidays` library knows.

Files are checked at every keystroke, and importing the library takes longer than all the rest. So a place is looked for
in the text of the library's modules first; only one that does not stand there is asked of the library itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

from dripper.errors import DripperError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_SUBDIVISIONS = re.compile(r"^    subdivisions(?:_aliases)?\b[^=\n]*= [({]\n(.*?)^    [)}]", re.MULTILINE | re.DOTALL)
_FIRST_QUOTED = re.compile(r'^ +"([^"]+)"', re.MULTILINE)


class UnknownRegionError(DripperError):
    """The holidays of a country or a region are not known, so no slot can be promised to miss them."""

    def __init__(self, country: str, region: str | None, *, cure: str) -> None:
        place = f"{country}-{region}" if region else country
        super().__init__(f"the holidays of {place} are not known", cure=cure)
        self.country = country
        self.region = region


@lru_cache(maxsize=256)
def calendar_of(country: str) -> Callable[..., Mapping[date, str]]:
    """Return what makes the holidays of a country, of the arguments of the library's `country_holidays`.

    Raises `NotImplementedError` where the library does not know the country.
    """
    import holidays
    from holidays.registry import COUNTRIES

    module = next((module for module, names in COUNTRIES.items() if country in names), "")
    # The finder, unlike an import, leaves alone the package that the module is in.
    spec = _spec(f"countries.{module}", list(holidays.__path__))
    if not module or spec is None or spec.loader is None:
        raise NotImplementedError(f"the library knows no {country}")
    alone = module_from_spec(spec)
    spec.loader.exec_module(alone)
    made: Callable[..., Mapping[date, str]] = getattr(alone, COUNTRIES[module][0])
    return made


@lru_cache(maxsize=1024)
def is_country(code: str) -> bool:
    """Tell whether the holidays of a country, by its two capital letters (ISO 3166-1 alpha-2), are known."""
    if f'"{code}"' in _source("registry"):
        return True
    from holidays.registry import COUNTRIES

    return any(code in names for names in COUNTRIES.values())


def check_region(country: str, region: str | None) -> None:
    """Raise `UnknownRegionError`, with the nearest names as its cure, where holidays of a place are not known."""
    cure = _cure(country, region)
    if cure:
        raise UnknownRegionError(country, region, cure=cure)


def written_regions(country: str) -> frozenset[str]:
    """Return the regions that the text of the library names; the library may know more of them."""
    module = re.search(rf'^ +"(\w+)": \(.*"{country}"', _source("registry"), re.MULTILINE)
    blocks = _SUBDIVISIONS.findall(_source(f"countries.{module[1]}")) if module else []
    return frozenset(name for block in blocks for name in _FIRST_QUOTED.findall(block))


@lru_cache(maxsize=1024)
def _cure(country: str, region: str | None) -> str:
    """Return the cure of a place without known holidays; empty where they are known."""
    if is_country(country) and (region is None or region in written_regions(country)):
        return ""
    try:
        calendar_of(country)(subdiv=region)
    except NotImplementedError:
        from holidays.utils import list_supported_countries

        return _nearest(country, region, list_supported_countries(include_aliases=True))
    return ""


def _nearest(country: str, region: str | None, known: dict[str, list[str]]) -> str:
    if country not in known:
        return "correct `country` (two letters, ISO 3166-1), or leave it out to count no holidays"
    regions = known[country]
    if not regions:
        return f"leave out `region`: the holidays of {country} are the same everywhere"
    from difflib import get_close_matches

    near = get_close_matches(region or "", regions, n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    return f"{hint}the regions of {country} are {', '.join(regions)}"


@lru_cache(maxsize=64)
def _source(module: str) -> str:
    """Return the text of a module of the library; empty where it is not at hand."""
    package = PathFinder.find_spec("holidays")
    folders = package.submodule_search_locations if package else None
    spec = _spec(module, folders) if folders else None
    loader = spec.loader if spec else None
    return loader.get_source(f"holidays.{module}") or "" if isinstance(loader, SourceFileLoader) else ""


def _spec(module: str, folders: Sequence[str]) -> ModuleSpec | None:
    *inner, _ = module.split(".")
    return PathFinder.find_spec(f"holidays.{module}", ["/".join((folder, *inner)) for folder in folders])
