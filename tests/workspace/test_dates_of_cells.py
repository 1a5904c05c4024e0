from __future__ import annotations

from datetime import date, datetime

import pytest

from dripper.workspace.cells import CellError
from dripper.workspace.dates import any_date_of, date_of
from dripper.workspace.metrics import Readings, read_series

SPELLINGS = [
    "2026-10-03", "2026-10-03T00:00:00", "2026-10-03 18:30", "2026-10-03T18:30:00.123Z", "2026-10-03 18:30:00 UTC",
    "2026-10-03T18:30:00+02:00", "2026/10/03", "2026/10/3", "2026.10.03", "20261003", "03.10.2026", "3.10.2026",
    "03.10.2026 18:30", "3 Oct 2026", "03-Oct-2026", "3 October 2026", "3. Oct 2026", "Oct 3, 2026", "October 3 2026",
    "oct 3rd, 2026",
]  # fmt: skip


@pytest.mark.parametrize("cell", SPELLINGS)
def test_a_spelling_that_means_one_day_is_that_day(cell: str) -> None:
    assert date_of(cell) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("31/10/2026", (2026, 10, 31)),
        ("10/31/2026", (2026, 10, 31)),
        ("31-10-2026", (2026, 10, 31)),
        ("05/05/2026", (2026, 5, 5)),
    ],
    ids=str,
)
def test_day_and_month_in_numbers_are_clear_where_one_of_them_is_no_month(cell: str, on: tuple[int, int, int]) -> None:
    assert date_of(cell) == date(*on)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "yesterday",
        "31/10/26",
        "2026-W05",
        "2026-10",
        "2026",
        "31.02.2026",
        "32/01/2026",
        "13/13/2026",
        "46000",
        "2026-1-3-5",
    ],
)
def test_what_names_no_day_is_told(cell: str) -> None:
    with pytest.raises(CellError):
        date_of(cell)


def _read(*dates: str) -> Readings:
    rows = [f'r,"{each}",{number}\n' for number, each in enumerate(dates)]
    return read_series(["metric,date,value\n", *rows], file="metrics.csv", account="acme")


def test_the_other_dates_of_a_file_clear_up_one_that_has_two_meanings() -> None:
    readings = _read("01/02/2026", "03/02/2026", "31/01/2026")

    assert readings.problems == []
    assert [on for on, _ in readings.series["acme", "r"].points] == [
        date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 3)
    ]  # fmt: skip


def test_the_american_order_is_cleared_up_too() -> None:
    readings = _read("01/02/2026", "01/31/2026")

    assert [on for on, _ in readings.series["acme", "r"].points] == [date(2026, 1, 2), date(2026, 1, 31)]


@pytest.mark.parametrize("others", [(), ("31/01/2026", "01/31/2026")], ids=["nothing says", "both orders"])
def test_a_date_with_two_meanings_is_told_with_both_where_nothing_clears_it_up(others: tuple[str, ...]) -> None:
    readings = _read(*others, "01/02/2026")

    (problem,) = [each for each in readings.problems if "01/02/2026" in each.message]
    assert problem.cure == "write year, month and day: 2026-02-01 or 2026-01-02"
    assert readings.series["acme", "r"].bad_rows >= 1


def test_two_spellings_of_one_day_are_one_day() -> None:
    (problem,) = _read("2026-10-31", "31.10.2026").problems

    assert problem.message == "a second value of r for 2026-10-31; the first, in line 2, is taken"


def test_a_time_of_a_database_is_its_day() -> None:
    assert any_date_of(datetime(2026, 10, 3, 23, 59)) == any_date_of(date(2026, 10, 3)) == date(2026, 10, 3)


def test_days_as_spreadsheets_count_them_are_told_once_with_the_day_they_mean() -> None:
    rows = "".join(f"r,{45626 + 30 * i},1\n" for i in range(5))

    (problem,) = read_series(f"metric,date,value\n{rows}".splitlines(True), file="m.csv", account="a").problems
    assert problem.message == ('5 dates are the numbers that spreadsheets count days by, the first of them "45626"')
    assert problem.cure.startswith("write 2024-11-30, if a spreadsheet counted its days, and the others likewise; give")
