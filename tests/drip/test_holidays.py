"""Holidays of one country, without the library's package of all of them: they are the library's all the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from string import ascii_uppercase

import holidays
import pytest
from holidays.registry import COUNTRIES
from holidays.utils import list_supported_countries

from dripper.drip.holidays import holiday_on
from dripper.workspace.model.region import UnknownRegionError, calendar_of, check_region, is_country, written_regions

REGIONS = [("DE", "BY"), ("ES", "CT"), ("GB", "SCT"), ("US", "CA"), ("CH", "ZH"), ("IN", "TN"), ("JP", None)]


@pytest.mark.parametrize(("country", "region"), REGIONS)
def test_each_day_of_a_year_is_what_the_library_says(country: str, region: str | None) -> None:
    wanted = dict(holidays.country_holidays(country, subdiv=region, years=2026, language="en_US"))
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    assert {day: name for day in days if (name := holiday_on(day, country, region))} == {
        day: name for day, name in wanted.items() if day.year == 2026
    }


def test_every_country_that_the_library_knows_is_found_by_each_of_its_names() -> None:
    codes = [code for _, *codes in COUNTRIES.values() for code in codes]

    assert len({calendar_of(code) for code in codes}) >= len(list_supported_countries(include_aliases=False))
    for code in codes[::40]:
        assert dict(calendar_of(code)(years=2027)) == dict(holidays.country_holidays(code, years=2027))


def test_only_the_country_in_question_is_imported() -> None:
    program = """
import sys
from datetime import date
from dripper.drip.holidays import holiday_on
assert holiday_on(date(2026, 5, 1), "DE", "BY")
assert not [name for name in sys.modules if name.startswith("holidays.countries")]
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(("country", "region"), [("ZZ", None), ("DE", "ZZ")])
def test_a_place_that_is_not_known_is_told(country: str, region: str | None) -> None:
    with pytest.raises(UnknownRegionError, match="are not known"):
        check_region(country, region)


def test_of_all_pairs_of_letters_those_are_countries_that_the_library_knows() -> None:
    pairs = {f"{one}{other}" for one in ascii_uppercase for other in ascii_uppercase}

    assert {pair for pair in pairs if is_country(pair)} == {*list_supported_countries(include_aliases=True)} & pairs


def test_each_region_in_the_text_of_the_library_is_one_that_it_takes() -> None:
    written = [(code, region) for code in list_supported_countries() for region in written_regions(code)]

    assert len(written) > 1000
    for country, region in written:
        calendar_of(country)(subdiv=region)


@pytest.mark.parametrize("country", sorted(list_supported_countries(include_aliases=True))[::9])
def test_every_region_that_the_library_knows_is_right(country: str) -> None:
    for region in list_supported_countries(include_aliases=True)[country]:
        check_region(country, region)


def test_right_places_are_told_from_the_text_alone() -> None:
    program = """
import sys
from dripper.workspace.model.region import check_region
check_region("DE", "BY"); check_region("US", "California"); check_region("JP", None)
assert "holidays" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
