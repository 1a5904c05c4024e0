from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.statistics.cadence import BUSINESS_DAY, Cadence, cadence_of

DAYS = [date(2026, 9, 1) + timedelta(days=i) for i in range(60)]
WEEKDAYS = [on for on in DAYS if on.weekday() < 5]


def test_days_without_weekends_are_business_days() -> None:
    assert cadence_of(WEEKDAYS).name == BUSINESS_DAY
    assert cadence_of(DAYS).name == "day"


def test_a_few_days_of_one_week_are_days() -> None:
    assert cadence_of(WEEKDAYS[:4]).name == "day"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_business_days_are_counted_as_numpy_counts_them(last: date, periods: int) -> None:
    cadence = Cadence(name=BUSINESS_DAY, days=1.4, months=0)
    start = np.busday_offset(np.datetime64(last), 0, roll="backward")
    following = cadence.after(last, periods)

    assert np.datetime64(following) == np.busday_offset(start, periods)
    assert cadence.periods_until(last, following) == periods


@pytest.mark.parametrize(("hole", "place"), [(0, 1.0), (3, 4.0)])
def test_days_that_are_missing_leave_a_hole(hole: int, place: float) -> None:
    dates = [*WEEKDAYS[:10], *WEEKDAYS[10 + hole :]]
    places = cadence_of(dates).places(dates)

    assert places[10] - places[9] == place
