import re
from datetime import date
from decimal import Decimal

import pytest
from fakes.accounts import RETURNS, TODAY, returns_rate, series

from dripper.pages.metrics import metrics_json, metrics_table
from dripper.prep.metrics import read_metrics
from dripper.prep.reading import Reading

KEYS = "metric n first_on last_on verdict slope_per_year slope_interval mann_kendall lag1 steps season projection "
KEYS += "attainment chance_of_goal notes"


def _readings() -> tuple[Reading, ...]:
    values = {"returns_rate": series("returns_rate", RETURNS), "orders": series("orders", [3, 4])}
    return read_metrics(values, (returns_rate(),), today=TODAY)


def test_the_json_has_the_documented_shape() -> None:
    document = metrics_json([("", reading) for reading in _readings()])

    assert list(document) == ["version", "metrics"]
    assert all(list(metric) == KEYS.split() for metric in document["metrics"])
    first = document["metrics"][0]
    assert (first["verdict"], first["steps"][0]["on"], first["season"]) == ("step-down", "2025-11-30", "none")
    assert list(first["mann_kendall"]) == ["s", "z", "p"]
    assert list(first["projection"][0]) == ["on", "value", "low80", "high80"]


def test_what_cannot_be_said_is_null() -> None:
    short = metrics_json([("", reading) for reading in _readings()])["metrics"][1]

    assert (short["verdict"], short["attainment"], short["chance_of_goal"], short["projection"]) == (
        "too-short",
        None,
        None,
        [],
    )


def test_several_accounts_are_named() -> None:
    document = metrics_json([("acme", reading) for reading in _readings()], accounts=True)

    assert {metric["account"] for metric in document["metrics"]} == {"acme"}


def test_the_table_says_it_in_words() -> None:
    lines = metrics_table(_readings()).splitlines()

    assert lines[0].split() == ["metric", "now", "goal", "attained", "what", "it", "says"]
    assert lines[1].startswith("returns_rate  24.0%  23.0%       88%  one step down, 31.2% → 24.1% from 30 Nov 2025")
    assert "chance of the goal" in metrics_table(_readings())
    assert lines[-1].strip() == "2 values: 5 are the fewest that can show a trend."


COMPUTED = [80 + at * 0.9876543210987 + (at % 3) * 0.1234567890123 for at in range(24)]


@pytest.mark.parametrize(
    ("factor", "now", "rise"),
    [(1.0, "103.0", "11.9 a year"), (0.01, "1.030", "0.119 a year"), (1e6, "102,962,963.0", "a year")],
    ids=["hundreds", "about one", "millions"],
)
def test_computed_values_are_shown_with_the_digits_that_help(factor: float, now: str, rise: str) -> None:
    values = [Decimal(repr(round(value * factor, 13))) for value in COMPUTED]
    reading = read_metrics({"m": series("m", values)}, (), today=TODAY)[0]
    table, document = metrics_table([reading], width=200), metrics_json([("", reading)])

    assert table.splitlines()[1].split()[1] == now
    assert rise in table
    assert re.search(r"\d\.\d{4}", table) is None
    assert document["metrics"][0]["slope_per_year"] == pytest.approx(11.86 * factor, rel=0.001)
    assert len(repr(document["metrics"][0]["slope_per_year"]).replace(".", "").strip("0")) > 6


def test_what_differs_in_late_digits_still_differs_on_the_page() -> None:
    values = [Decimal(f"1000000.{at:02}123456789") for at in range(1, 25)]
    reading = read_metrics({"m": series("m", values)}, (), today=TODAY)[0]

    assert metrics_table([reading], width=200).splitlines()[1].split()[1] == "1,000,000.241"


def test_measured_values_keep_the_decimals_they_are_written_with() -> None:
    values = [Decimal(text) for text in ("12345.6700", "12345.6701", "12345.6702")]
    reading = read_metrics({"m": series("m", values)}, (), today=TODAY)[0]

    assert metrics_table([reading]).splitlines()[1].split()[1] == "12,345.6702"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_narrow_terminal_gets_no_longer_lines(width: int) -> None:
    table = metrics_table(_readings(), width=width)

    # The columns before the words stand on one line, whatever the width.
    assert max(map(len, table.splitlines())) <= max(width, 41)
    wide = metrics_table(_readings(), width=200)
    assert table.split() == wide.split()


def test_no_metrics_is_said_so() -> None:
    assert metrics_table(()) == "No values yet."


def _table(values: list[object], *, horizon: int | None = None, **changes: object) -> str:
    known = {"m": series("m", values, **changes)}
    return metrics_table(read_metrics(known, (), today=TODAY, horizon=horizon), every=horizon is not None)


def test_a_perfect_run_under_a_year_shows_no_range_of_no_width() -> None:
    table = " ".join(_table([-i for i in range(8)]).split())

    assert "less than a year of values, so a trend cannot be told from a season" in table
    assert "By 28 Feb 2027: −11.0 if it goes on as it did." in table
    assert "in 8 of 10 cases" not in table
    assert metrics_json([("", read_metrics({"m": series("m", range(8))}, (), today=TODAY)[0])])["metrics"][0][
        "projection"
    ][0] == {"on": "2026-11-30", "value": 8.0, "low80": None, "high80": None}


def test_where_no_movement_is_claimed_only_a_range_is_shown() -> None:
    table = _table([3, 9, 4, 8, 2, 9, 5] * 4)

    assert "no clear direction" in table
    assert "By 28 Feb 2027: in 8 of 10 cases " in table


def test_old_values_are_called_old_instead_of_looked_ahead_from() -> None:
    table = _table(RETURNS, last=date(2025, 12, 31))

    assert "The newest value is old: 31 Dec 2025, 11 periods ago." in table
    assert "By " not in table


def test_a_horizon_shows_each_of_its_periods() -> None:
    lines = [line.strip() for line in _table(RETURNS, horizon=3).splitlines()]

    assert [line[:15] for line in lines if line.startswith("By ")] == [
        "By 30 Nov 2026:",
        "By 31 Dec 2026:",
        "By 31 Jan 2027:",
    ]
