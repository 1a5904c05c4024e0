from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist, stdev

import pytest
from fakes.accounts import RETURNS, TODAY, returns_rate, series

from dripper.prep.metrics import read_metrics
from dripper.prep.worth import Amount, worth_of, yearly
from dripper.workspace.model.account import Benchmark, Better, Contract, Kind, Metric
from dripper.workspace.model.values import Money, Number
from dripper.workspace.model.workspace import Series


def _worth(values: list[object], metric: Metric) -> Amount | None:
    return worth_of(read_metrics({metric.id: series(metric.id, values)}, (metric,), today=TODAY)[0])


def test_a_rate_is_worth_its_mean_distance_from_the_baseline_for_the_year() -> None:
    after = [float(value) for value in RETURNS[12:]]
    mean = sum(31.2 - value for value in after) / 12

    amount = _worth(list(RETURNS), returns_rate())
    assert amount is not None
    assert (amount.count, amount.since, amount.until) == (12, date(2025, 11, 30), date(2026, 10, 31))
    assert amount.middle == pytest.approx(mean * 26000)


def test_the_range_is_that_of_the_mean_of_the_years_values() -> None:
    before, after = ([float(value) for value in part] for part in (RETURNS[:12], RETURNS[12:]))
    # Two levels and a place are fitted to 24 values.
    noise = ((stdev(before) ** 2 * 11 + stdev(after) ** 2 * 11) / (24 - 3)) ** 0.5
    reach = NormalDist().inv_cdf(0.9) * noise / 12**0.5 * 26000

    amount = _worth(list(RETURNS), returns_rate())
    assert amount is not None
    assert amount.high - amount.middle == pytest.approx(reach, rel=1e-6)
    assert amount.middle - amount.low == pytest.approx(reach, rel=1e-6)


def test_the_values_of_a_sum_add_up() -> None:
    orders = Metric(id="m", kind=Kind.SUM, baseline=Number("100"), worth=Money.parse("25 EUR"))

    amount = _worth([100] * 12 + [110] * 12, orders)
    assert amount is not None
    assert amount.middle == pytest.approx(12 * 10 * 25)


def test_without_a_baseline_the_peers_are_what_would_have_been() -> None:
    peers = Benchmark(values=(Number("25"), Number("27.5"), Number("90")), source="Panel")

    amount = _worth(list(RETURNS), returns_rate(baseline=None, benchmark=peers))
    assert amount is not None
    assert amount.middle == pytest.approx((27.5 - 24.0917) * 26000, rel=1e-4)
    assert "median of the peers" in amount.formula


@pytest.mark.parametrize(
    "changes",
    [{"worth": None}, {"baseline": None, "benchmark": None}, {"better": Better.parse([20, 30])}],
    ids=["no worth", "nothing to compare with", "a band"],
)
def test_what_cannot_be_compared_is_worth_nothing_known(changes: dict[str, object]) -> None:
    assert _worth(list(RETURNS), returns_rate(**changes)) is None


def test_a_loss_is_negative() -> None:
    amount = _worth(list(RETURNS), returns_rate(better=Better(way="higher")))

    assert amount is not None
    assert amount.high < 0


def test_days_count_as_the_months_that_they_are_taken_by() -> None:
    days = [date(2026, 10, 31) - timedelta(days=i) for i in reversed(range(1200))]
    points = tuple((on, Decimal(30 + on.day % 3)) for on in days)
    metric = returns_rate(baseline=Number("31"))

    reading = read_metrics({metric.id: Series(account="", metric=metric.id, points=points)}, (metric,), today=TODAY)[0]
    amount = worth_of(reading)
    assert amount is not None
    assert reading.analysis is not None
    last_year = [float(value) for on, value in points if on > date(2025, 10, 31)]
    assert amount.middle == pytest.approx(26000 * (31 - sum(last_year) / len(last_year)), rel=1e-3)
    reach = NormalDist().inv_cdf(0.9) * reading.analysis.noise * (reading.analysis.widening / 12) ** 0.5
    assert amount.high - amount.middle == pytest.approx(reach * 26000)


def test_half_a_year_of_values_is_worth_half() -> None:
    quarters = Metric(id="m", baseline=Number("10"), worth=Money.parse("1000 EUR"))

    amount = _worth([12] * 6, quarters)
    assert amount is not None
    assert amount.middle == pytest.approx(1000, rel=1e-3)


@pytest.mark.parametrize(("per", "times"), [("year", 1), ("quarter", 4), ("month", 12)])
def test_a_contract_is_taken_by_the_year(per: str, times: int) -> None:
    amount = yearly(Contract(value=Money.parse("1000 EUR"), per=per))

    assert amount is not None
    assert amount.middle == 1000 * times


def test_a_contract_for_an_unknown_time_is_worth_nothing_known() -> None:
    assert yearly(Contract(value=Money.parse("1000 EUR"), per="campaign")) is None
    assert yearly(None) is None
