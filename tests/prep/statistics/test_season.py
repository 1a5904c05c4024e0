import random
from datetime import date
from math import sin, tau

import numpy as np
import pytest

from dripper.prep.statistics.cadence import cadence_of
from dripper.prep.statistics.season import is_wave, season_of, year_over_year

MONTHS = [date(2023 + i // 12, i % 12 + 1, 28) for i in range(36)]
CHANCE = random.Random(2)
NOISE = [CHANCE.gauss(0, 1) for _ in range(36)]


def _line(count: int) -> list[list[float]]:
    return [[1.0] * count, [i / 12 for i in range(count)]]


def test_a_month_that_stands_out_every_year_is_a_season() -> None:
    values = [noise + 20 * (day.month == 12) for day, noise in zip(MONTHS, NOISE, strict=True)]

    season = season_of(MONTHS, values, _line(36))
    assert season is not None
    assert season.at(date(2027, 12, 1)) - season.at(date(2027, 6, 1)) == pytest.approx(20, abs=2)


def test_noise_has_no_season() -> None:
    assert season_of(MONTHS, NOISE, _line(36)) is None


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, 2.338166736175902, 1e9 / 3])
def test_values_that_are_all_equal_have_no_season(value: float) -> None:
    assert season_of(MONTHS, [value] * 36, _line(36)) is None


def test_the_season_of_a_year_sums_to_nothing() -> None:
    values = [3 * sin(tau * i / 12) + 0.1 * noise for i, noise in enumerate(NOISE)]

    season = season_of(MONTHS, values, _line(36))
    assert season is not None
    assert sum(season.by_month.values()) == pytest.approx(0, abs=1e-9)


def test_months_beside_steps_are_those_of_a_fit_of_all_columns_together() -> None:
    values = [(9 if day.month == 5 else 0) + 4 * (i > 20) + NOISE[i] for i, day in enumerate(MONTHS)]
    columns = [*_line(36), [float(i > 20) for i in range(36)]]
    each = [[float(day.month == month) for day in MONTHS] for month in range(2, 13)]
    expected = [0.0, *np.linalg.lstsq(np.array([*columns, *each]).T, np.array(values), rcond=None)[0][3:]]

    season = season_of(MONTHS, values, columns)
    assert season is not None
    assert [season.by_month[month] for month in range(1, 13)] == pytest.approx(np.subtract(expected, np.mean(expected)))


def test_a_step_between_two_halves_of_the_year_is_no_season() -> None:
    springs = [date(2018 + i // 6, i % 6 + 1, 28) for i in range(18)]
    dates = [*springs, *(day.replace(year=day.year + 3, month=day.month + 6) for day in springs)]
    step = [float(i >= 18) for i in range(36)]
    rows = zip(step, dates, NOISE, strict=True)
    values = [30 * level + 5 * (day.month in (2, 8)) + 0.1 * noise for level, day, noise in rows]

    season = season_of(dates, values, [[1.0] * 36, step])
    assert season is not None
    assert season.by_month[8] - season.by_month[7] == pytest.approx(5, abs=0.3)
    assert season.by_month[7] - season.by_month[1] == pytest.approx(0, abs=1)


def test_one_wave_is_told_from_a_line() -> None:
    wave = [5 * sin(tau * i / 12) + 0.1 * NOISE[i] for i in range(14)]
    line = [2 * i + 0.1 * NOISE[i] for i in range(14)]

    assert is_wave(MONTHS[:14], wave, _line(14))
    assert not is_wave(MONTHS[:14], line, _line(14))


def test_a_month_is_compared_with_the_same_month_a_year_before() -> None:
    dates = [date(2025, 1, 10), date(2025, 1, 20), date(2025, 3, 1), date(2026, 1, 5), date(2026, 2, 5)]

    assert year_over_year(dates, [1.0, 3.0, 9.0, 7.0, 8.0]) == [(date(2026, 1, 1), 5.0)]


@pytest.mark.parametrize(
    ("dates", "name", "following"),
    [
        ([date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)], "month", date(2026, 4, 30)),
        ([date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)], "month", date(2026, 4, 15)),
        ([date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)], "week", date(2026, 1, 26)),
        ([date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)], "quarter", date(2026, 3, 31)),
        ([date(1871, 1, 1), date(1872, 1, 1), date(1873, 1, 1)], "year", date(1874, 1, 1)),
        ([date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 21)], "", date(2026, 1, 31)),
    ],
    ids=["month ends", "mid-months", "weeks", "quarters", "years", "ten days"],
)
def test_the_next_date_keeps_the_cadence(dates: list[date], name: str, following: date) -> None:
    cadence = cadence_of(dates)

    assert (cadence.name, cadence.after(dates[-1], 1)) == (name, following)


def test_a_skipped_month_leaves_a_hole() -> None:
    dates = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30), date(2026, 5, 31)]

    assert cadence_of(dates).places(dates) == [0, 1, 3, 4]
