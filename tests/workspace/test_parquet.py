from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fakes.parquet import TYPES, write_parquet

from dripper.errors import SourceError
from dripper.workspace.metrics import Readings
from dripper.workspace.parquet import Parquet
from dripper.workspace.queried import read_account

DAY = date(2026, 1, 31)


def _read(folder: Path, *rows: tuple[object, ...], types: str = TYPES, account: str = "acme") -> Readings:
    write_parquet(folder / "data" / "a.parquet", rows, types)
    return read_account(Parquet("data/*.parquet", root=folder), account)


def _told(readings: Readings) -> list[str]:
    return [f"{each} -> {each.cure}" for each in readings.problems]


def test_only_the_account_that_is_asked_for_is_read(tmp_path: Path) -> None:
    readings = _read(tmp_path, ("acme", "r", DAY, 21.5), ("globex", "r", DAY, 9.0), ("acme", "s", DAY, 3.0))

    assert {key: each.points for key, each in readings.series.items()} == {
        ("acme", "r"): ((DAY, Decimal("21.5")),),
        ("acme", "s"): ((DAY, Decimal("3.0")),),
    }
    assert readings.series["acme", "r"].source == "data/*.parquet"


def test_files_are_read_together_whatever_the_order_of_their_columns(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "data/b.parquet",
        [(2.5, date(2026, 2, 28), "r", "acme")],
        "Value DOUBLE, Day DATE, KPI VARCHAR, client VARCHAR",
    )
    one = read_account(Parquet("data/*.parquet", root=tmp_path), "acme")

    assert one.series["acme", "r"].points == ((date(2026, 2, 28), Decimal("2.5")),)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((DAY, math.nan), 'row 2: "nan" is no number -> leave the row out, or write what was measured'),
        ((DAY, math.inf), 'row 2: "inf" is no number -> leave the row out, or write what was measured'),
        ((DAY, 1e308), 'row 2: "1e+308" is no value: expected a number below a thousand million million'),
        ((DAY, None), "row 2: the value is missing -> write a number, or delete the row"),
        ((None, 1.0), "row 2: the date is missing -> write it as 2026-10-31"),
        (
            (date(2025, 12, 31), 2.0),
            "row 2: a second value of r for 2025-12-31; the first, in row 1, is taken -> keep one",
        ),
    ],
    ids=["NaN", "infinity", "huge", "no value", "no date", "twice"],
)
def test_a_bad_row_is_told_by_its_file_and_number_and_marks_its_metric(
    tmp_path: Path, row: tuple[object, object], problem: str
) -> None:
    readings = _read(tmp_path, ("acme", "r", date(2025, 12, 31), 1.0), ("acme", "r", *row), ("acme", "s", DAY, 1.0))

    (told,) = _told(readings)
    assert told.startswith(f"data/a.parquet:2:1 D515 {problem}")
    assert (readings.series["acme", "r"].bad_rows, readings.series["acme", "s"].bad_rows) == (1, 0)


def test_texts_times_and_decimals_are_taken_as_what_they_mean(tmp_path: Path) -> None:
    types = "account VARCHAR, metric VARCHAR, date TIMESTAMP, value DECIMAL(9,2)"
    readings = _read(tmp_path, ("acme", "r", datetime(2026, 1, 31, 18, 30), Decimal("21.50")), types=types)
    assert readings.series["acme", "r"].points == ((DAY, Decimal("21.50")),)

    texts = "account INTEGER, metric VARCHAR, date VARCHAR, value VARCHAR"
    readings = _read(tmp_path, (7, "r", "2026-01-31", "21.5"), (7, "r", "2026-02-28", "1,5"), types=texts, account="7")
    assert readings.series["7", "r"].points == ((DAY, Decimal("21.5")),)
    assert _told(readings) == ['data/a.parquet:2:1 D515 row 2: "1,5" is no number -> write 1.5']


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    readings = _read(tmp_path, *(("acme", "r", DAY, None) for _ in range(80)))

    assert len(readings.problems) == 51
    assert readings.problems[-1].message == "30 more rows of acme in data/*.parquet cannot be used"


def test_an_account_that_no_file_knows_has_no_series(tmp_path: Path) -> None:
    assert _read(tmp_path, ("acme", "r", DAY, 1.0), account="globex").series == {}


def test_a_name_with_a_quote_asks_for_nothing_else(tmp_path: Path) -> None:
    assert _read(tmp_path, ("acme", "r", DAY, 1.0), account="x' OR '1'='1").series == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"no file is called data/\*\.parquet"),
        (b"no Parquet at all, but long enough to be one", r"data/\*\.parquet cannot be read: "),
    ],
    ids=["no file", "no Parquet"],
)
def test_files_that_cannot_be_read_are_told(tmp_path: Path, content: bytes | None, message: str) -> None:
    (tmp_path / "data").mkdir()
    if content is not None:
        (tmp_path / "data" / "a.parquet").write_bytes(content)

    with pytest.raises(SourceError, match=message) as caught:
        read_account(Parquet("data/*.parquet", root=tmp_path), "acme")
    assert str(tmp_path) not in str(caught.value)


def test_files_without_the_columns_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no column account and none date; it has metric, value"):
        _read(tmp_path, ("r", 1.0), types="metric VARCHAR, value DOUBLE")
