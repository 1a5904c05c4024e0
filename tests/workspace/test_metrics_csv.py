from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.disk import open_lines
from dripper.workspace.metrics import Readings, read_csv, read_metrics, read_series


def read(text: str, *, account: str | None = "acme") -> Readings:
    return read_series(text.splitlines(keepends=True), file="metrics.csv", account=account)


def told(readings: Readings) -> list[str]:
    return [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message} -> {problem.cure}"
        for problem in readings.problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("metric,date,value\nr,2026-02-01,2\nr,2026-01-01,1.50\n", id="out of order"),
        pytest.param("Date;KPI;Value\r\n2026-01-01;r;1.50\r\n2026-02-01;r;2\r\n", id="semicolons, CRLF, other names"),
        pytest.param('metric\tdate\tvalue\n"r"\t2026-01-01\t 1.50 \nr\t2026-02-01\t2', id="tabs, quotes, blanks"),
        pytest.param(
            "account,metric,date,value\nacme,r,2026-01-01,1.50\n\n,,,\n,r,2026-02-01,2", id="accounts, blanks"
        ),
        pytest.param("date,value,metric,note\n2026-01-01,1.50,r,first\n2026-02-01,2,r,", id="a column more"),
        pytest.param("metric,date,value\nr,2026-01-01,+1.50\nr,2026-02-01,0.2e1\n", id="a sign and an exponent"),
    ],
)
def test_a_series_is_read_in_the_order_of_dates(text: str) -> None:
    readings = read(text)

    assert told(readings) == []
    assert readings.series["acme", "r"].points == (
        (date(2026, 1, 1), Decimal("1.50")),
        (date(2026, 2, 1), Decimal(2)),
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.7237829395720987", "1.723782939572099"),
        ("-0.17237829395720987", "-0.172378293957210"),
        ("1.7237829395720987e-05", "0.000017237829396"),
        ("1.723782939572098700e+02", "172.3782939572098700"),
        ("0.000000000000000000e+00", "0"),
        ("999999999999999.1234567890123456", "999999999999999.123456789012346"),
    ],
)
def test_the_digits_that_a_program_writes_behind_the_fifteenth_are_rounded(cell: str, value: str) -> None:
    readings = read(f"metric,date,value\nr,2026-01-01,{cell}\n")

    assert told(readings) == []
    assert readings.series["acme", "r"].points == ((date(2026, 1, 1), Decimal(value)),)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param('r;2026-01-01;"1.234,56"', '2:14 D515 "1.234,56" is no number -> write 1234.56', id="German"),
        pytest.param("r;2026-01-01;1,5", '2:14 D515 "1,5" is no number -> write 1.5', id="a decimal comma"),
        pytest.param("r;2026-01-01;1,234.5", '2:14 D515 "1,234.5" is no number -> write 1234.5', id="English"),
        pytest.param("r;2026-01-01;1,234", '2:14 D515 "1,234" is no number -> write plain digits', id="either"),
        pytest.param("r;2026-01-01;26.4 %", '2:14 D515 "26.4 %" is no number -> write 26.4', id="per cent"),
        pytest.param("r;2026-01-01;NaN", '2:14 D515 "NaN" is no number', id="NaN"),
        pytest.param("r;2026-01-01;inf", '2:14 D515 "inf" is no number', id="infinity"),
        pytest.param("r;2026-01-01;١٢", '2:14 D515 "١٢" is no number', id="other digits"),
        pytest.param("r;2026-01-01;1e308", '2:14 D515 "1e308" is no value: expected a number below', id="huge"),
        pytest.param("r;2026-01-01;1.23e-16", '2:14 D515 "1.23e-16" is no value: expected', id="tiny"),
        pytest.param("r;2026-01-01;1.234567890e-12", '2:14 D515 "1.234567890e-12" is no value', id="few digits left"),
        pytest.param(
            f"r;2026-01-01;{'9' * 15}.{'9' * 16}", f'2:14 D515 "{"9" * 15}.{"9" * 16}" is no', id="rounded up"
        ),
        pytest.param("r\x1b[31m;2026-01-01;1", '2:1 D515 "r\ufffd[31m" is no metric -> write its id', id="control"),
        pytest.param(
            "r\udcfcck;2026-01-01;1", '2:1 D515 "r\ufffdck" is no metric -> save the file as UTF-8', id="bytes"
        ),
        pytest.param(f"{'r' * 121};2026-01-01;1", "2:1 D515", id="endless"),
        pytest.param("r;2026-01-01;", "2:14 D515 the value is missing", id="no value"),
        pytest.param("r;2026-01-01", "2:13 D515 the value is missing", id="no cell"),
        pytest.param("r;;1", "2:3 D515 the date is missing -> write it as 2026-10-31", id="no date"),
        pytest.param("r;01/02/2026;1", '2:3 D515 "01/02/2026" is no date -> write year, month and day', id="slashes"),
        pytest.param("r;2026-02-30;1", '2:3 D515 "2026-02-30" is no date: day is out of range', id="no such day"),
        pytest.param("r;0001-01-01;1", '2:3 D515 "0001-01-01" is no date', id="too early"),
        pytest.param(";2026-01-01;1", "2:1 D515 the metric is missing", id="no metric"),
        pytest.param('"r;2026-01-01;1', "2:1 D515 a quote opens here and is never closed", id="an open quote"),
        pytest.param('"r"x;2026-01-01;1', "2:1 D515 this row cannot be told into cells", id="behind a quote"),
    ],
)
def test_a_bad_row_is_told_with_its_cure_and_the_others_are_kept(row: str, problem: str) -> None:
    readings = read(f"metric;date;value\n{row}\n")

    assert len(readings.problems) == 1
    assert told(readings)[0].startswith(problem)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        pytest.param(
            ["10,0", "1.234,56", "12", "0,125"],
            '2:14 D515 3 values are written with a decimal comma, the first of them "10,0" -> write 10.0, and the',
            id="decimal commas, and a value without decimals",
        ),
        pytest.param(
            ["1,234", "10,5", "2.345.678"],
            '3:14 D515 3 values are written with a decimal comma, the first of them "10,5" -> write 10.5, and the',
            id="a comma that the others explain",
        ),
        pytest.param(
            ["999.5", "1,234.5", "12,345,678"],
            '3:14 D515 2 values are written with marks for thousands, the first of them "1,234.5" -> write 1234.5, and',
            id="marks where there are thousands",
        ),
        pytest.param(
            ["1,234", "2,345"],
            "2:14 D515 2 values have a comma that may mark decimals or thousands, the first of them "
            '"1,234" -> write plain digits',
            id="commas that nothing explains",
        ),
        pytest.param(
            ["20%", "25 %"],
            '2:14 D515 2 values are written with a sign beside their digits, the first of them "20%" -> write 20, and',
            id="signs",
        ),
    ],
)
def test_a_spelling_that_a_whole_column_has_is_told_once(cells: list[str], problem: str) -> None:
    readings = read("metric;date;value\n" + "".join(f"r;2026-01-0{n};{cell}\n" for n, cell in enumerate(cells, 1)))

    assert len(readings.problems) == 1
    assert told(readings)[0].startswith(problem)
    assert readings.series["acme", "r"].bad_rows == int(readings.problems[0].message.partition(" ")[0])


@pytest.mark.parametrize(
    "cells",
    [["10,5", "11.25", "12,5"], ["20%", "21", "22%"], ["1,234.5", "2345.5", "3,456.5"], ["1,234", "2", "3,456"]],
    ids=["points", "no sign", "no mark", "a plain value"],
)
def test_a_spelling_that_good_values_deny_is_told_row_by_row(cells: list[str]) -> None:
    readings = read("metric;date;value\n" + "".join(f"r;2026-01-0{n};{cell}\n" for n, cell in enumerate(cells, 1)))

    assert [(each.span.line, each.message) for each in readings.problems] == [
        (2, f'"{cells[0]}" is no number'),
        (4, f'"{cells[2]}" is no number'),
    ]


def test_among_decimal_commas_a_point_that_may_mark_thousands_is_not_guessed() -> None:
    readings = read("metric;date;value\nr;2026-01-01;10,5\nr;2026-01-02;1.234\nr;2026-01-03;2.345,6\ns;2026-01-03;7\n")

    assert readings.problems[0].message.endswith('"10,5"; in 1 more a point may mark thousands')
    assert (readings.series["acme", "r"].points, readings.series["acme", "r"].bad_rows) == ((), 3)
    assert readings.series["acme", "s"].latest == 7


def test_the_fault_of_a_column_is_not_buried_under_those_of_rows() -> None:
    bad = "".join(f"r;2026-01-01;x{number}\n" for number in range(100))
    readings = read(f"metric;date;value\n{bad}s;2026-01-01;1,5\ns;2026-01-02;2,5\n")

    assert sum("decimal comma" in each.message for each in readings.problems) == 1
    assert readings.problems[-1].message.startswith("51 more rows of this file")


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        (
            ["01/02/2026", "02/03/2026"],
            '2:3 D515 2 dates may be read in two ways, the first of them "01/02/2026" -> wr',
        ),
        (["2026-01", "2026-02"], '2:3 D515 2 dates name no day, the first of them "2026-01" -> write year, month and'),
    ],
    ids=["two ways", "months"],
)
def test_dates_of_one_unclear_kind_are_told_once(dates: list[str], problem: str) -> None:
    readings = read("metric;date;value\n" + "".join(f"r;{on};1\n" for on in dates))

    assert len(readings.problems) == 1
    assert told(readings)[0].startswith(problem)


def test_the_good_rows_round_a_bad_one_are_kept_and_the_bad_one_counted() -> None:
    readings = read("metric,date,value\nr,2026-01-01,1\nr,2026-02-01,x\nr,2026-03-01,3\ns,2026-01-01,9\n")

    assert len(readings.series["acme", "r"].points) == 2
    assert readings.series["acme", "r"].bad_rows == 1
    assert readings.series["acme", "s"].bad_rows == 0


def test_a_second_value_for_one_date_is_told_and_the_first_stays() -> None:
    readings = read("metric,date,value\nr,2026-01-01,1\nr,2026-01-01,2\n")

    assert told(readings) == ["3:3 D515 a second value of r for 2026-01-01; the first, in line 2, is taken -> keep one"]
    assert readings.series["acme", "r"].latest == 1


def test_a_header_that_stands_there_once_more_is_told_and_is_no_metric() -> None:
    readings = read("metric,date,value\nr,2026-01-01,1\nMetric,Date,Value\nr,2026-02-01,2\n")

    assert told(readings) == ["3:1 D515 the header stands here once more -> delete this line"]
    assert list(readings.series) == [("acme", "r")]
    assert (readings.series["acme", "r"].bad_rows, len(readings.series["acme", "r"].points)) == (0, 2)


def test_among_semicolons_a_point_before_three_digits_is_told_and_not_guessed() -> None:
    readings = read("metric;date;value\nr;2026-01-31;850\nr;2026-02-28;1.234\nr;2026-03-31;-1.500\n")

    (problem,) = told(readings)
    assert problem.startswith("3:14 D515 2 values have a point that may mark decimals or thousands, the first")
    assert problem.endswith("write 1234 where thousands are meant, 1.2340 where decimals are, and the others likewise")
    assert (readings.series["acme", "r"].latest, readings.series["acme", "r"].bad_rows) == (850, 2)


@pytest.mark.parametrize("other", ["0.234", "21.5", "1.2340", "1234", "1.50"])
def test_among_semicolons_another_value_tells_what_a_point_means(other: str) -> None:
    readings = read(f"metric;date;value\nr;2026-01-31;1.234\ns;2026-02-28;{other}\n")

    assert (told(readings), str(readings.series["acme", "r"].latest)) == ([], "1.234")


def test_among_commas_a_point_marks_decimals() -> None:
    assert told(read("metric,date,value\nr,2026-01-31,1.234\nr,2026-02-28,2.345\n")) == []


def test_a_row_whose_metric_cannot_be_shown_makes_no_series() -> None:
    assert list(read("metric,date,value\nr\udcfc,x,1\nr,2026-01-01,1\n").series) == [("acme", "r")]


def test_a_second_column_of_one_name_is_told() -> None:
    readings = read("metric,date,value,Value\nr,2026-01-01,1,5\n")

    cure = "keep one of the two, or give the other another name"
    assert told(readings) == [f'1:19 D515 a second column is called "value"; the first is read -> {cure}']
    assert readings.series["acme", "r"].latest == 1


def test_a_metric_of_bad_rows_alone_is_an_empty_series() -> None:
    readings = read("metric,date,value\nr,x,1\n")

    assert readings.series["acme", "r"].points == ()
    assert readings.series["acme", "r"].bad_rows == 1


def test_a_place_counts_the_lines_of_cells_over_several_lines() -> None:
    readings = read('metric,note,date,value\nr,"two\nlines",2026-01-01,1\nr,"a, b",2026-01-02,x\n')

    assert told(readings)[0].startswith('4:21 D515 "x" is no number')


@pytest.mark.parametrize(
    ("text", "account", "missing"),
    [
        pytest.param("", "acme", "metric, date, value", id="an empty file"),
        pytest.param("r,2026-01-01,1\n", "acme", "metric, date, value", id="no header"),
        pytest.param("metric,date,value\nr,2026-01-01,1\n", None, "account", id="no account where one is needed"),
    ],
)
def test_a_header_without_the_columns_is_told(text: str, account: str | None, missing: str) -> None:
    readings = read(text, account=account)

    assert readings.series == {}
    assert told(readings)[0].startswith(f"1:1 D515 the first line must name the columns; missing: {missing}")


def test_an_account_that_is_missing_in_a_row_is_told() -> None:
    readings = read("account,metric,date,value\n,r,2026-01-01,1\nb,r,2026-01-01,1\n", account=None)

    assert told(readings) == ["2:1 D515 the account is missing -> write its id"]
    assert list(readings.series) == [("b", "r")]


def test_many_bad_rows_bury_nothing() -> None:
    readings = read("metric,date,value\n" + "".join(f"r,2026-01-01,x{number}\n" for number in range(1000)))

    assert len(readings.problems) == 51
    assert readings.problems[-1].message == "950 more rows of this file cannot be used"
    assert readings.series["acme", "r"].bad_rows == 1000


def test_a_file_that_belongs_to_no_workspace_is_read(tmp_path: Path) -> None:
    file = tmp_path / "repeat_rate.csv"
    file.write_bytes(b"\xef\xbb\xbfdate,value\r\n2026-01-01,21.5\r\n")

    series, problems = read_csv(file)

    assert problems == ()
    assert [(one.account, one.metric, one.latest) for one in series] == [("", "repeat_rate", Decimal("21.5"))]


def test_a_file_of_several_metrics_is_read_without_a_workspace(tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text("metric,date,value\na,2026-01-01,1\nb,2026-01-01,2\n")

    series, _ = read_csv(file)

    assert [one.metric for one in series] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("metric,date,value".encode("utf-16"), "D512 the file is written in UTF-16", id="UTF-16"),
        pytest.param(b"metric,date,value\nr,2026-01-01,\xe4\n", 'D515 "�" is no number', id="Latin-1"),
        pytest.param(b"\x00\xff\x01" * 40, "D515 the first line must name the columns", id="binary"),
    ],
)
def test_what_is_no_csv_is_told(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "metrics.csv"
    file.write_bytes(content)

    readings = read_metrics(open_lines(file, name="metrics.csv"), name="metrics.csv", account="acme")

    assert f"{readings.problems[0].code} {readings.problems[0].message}".startswith(problem)


def test_a_large_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "metrics.csv"
    days = [date(1900, 1, 1).fromordinal(date(1900, 1, 1).toordinal() + number) for number in range(50_000)]
    file.write_text("metric,date,value\n" + "".join(f"r,{day},1\n" for day in days))

    readings = read_metrics(open_lines(file, name="metrics.csv"), name="metrics.csv", account="acme")

    assert readings.problems == []
    assert len(readings.series["acme", "r"].points) == 50_000


@given(st.text(alphabet='metric,date;value\n\r"2026-01é\x00 1.5', max_size=80))
def test_any_text_is_read_or_told_within_its_lines(text: str) -> None:
    readings = read("metric,date,value\n" + text)

    for problem in readings.problems:
        assert 1 <= problem.span.line <= text.count("\n") + text.count("\r") + 2
        assert (problem.span.line, problem.span.column) <= (problem.span.end_line, problem.span.end_column)


def test_two_columns_of_a_bare_file_are_date_and_value_whatever_they_are_called(tmp_path: Path) -> None:
    file = tmp_path / "nile.csv"
    file.write_text("year,volume\n1871,1120\n1872,1160\n", encoding="utf-8")

    (series,), problems = read_csv(file)

    assert problems == ()
    assert series.points == ((date(1871, 1, 1), Decimal(1120)), (date(1872, 1, 1), Decimal(1160)))


@pytest.mark.parametrize("first", ["2023-01-28,0", "1871,1120", "01/02/2023,5", '"Jan 28, 2023",5', "2023-13-01,5"])
def test_a_bare_file_without_names_of_columns_is_told_and_loses_no_row(tmp_path: Path, first: str) -> None:
    file = tmp_path / "nohead.csv"
    file.write_text(f"{first}\n2023-02-25,7\n", encoding="utf-8")

    series, (problem,) = read_csv(file)

    assert series == ()
    assert (problem.span.line, problem.span.column, problem.code) == (1, 1, "D515")
    assert problem.message == "the first line must name the columns; missing: date, value"
    assert problem.cure == "let the file begin with date,value"


def test_a_month_in_a_bare_file_is_its_first_day_and_one_that_does_not_exist_is_told(tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("Month,Sales\n1949-01,112\n1949-13,118\n", encoding="utf-8")

    (series,), (problem,) = read_csv(file)

    assert series.points == ((date(1949, 1, 1), Decimal(112)),)
    assert (problem.span.line, problem.span.column) == (3, 1)


def test_a_workspace_s_own_file_names_days() -> None:
    readings = read_series(["metric,date,value\n", "orders,2026-10,5\n"], file="metrics.csv", account="acme")

    assert [problem.code for problem in readings.problems] == ["D515"]


def test_a_decimal_comma_that_cuts_a_value_in_two_is_told() -> None:
    readings = read("metric,date,value\nr,2026-01-01,24,5\nr,2026-02-01,25,,\n")

    (problem,) = told(readings)
    assert problem.startswith("2:14 D515 more cells follow than there are columns, so this value may be cut -> write")
    assert (readings.series["acme", "r"].latest, readings.series["acme", "r"].bad_rows) == (25, 1)
