from dataclasses import replace

from fakes.accounts import RETURNS, TODAY, returns_rate, series

from dripper.prep.metrics import read_metrics
from dripper.prep.worst import worst_of
from dripper.workspace.model.account import Metric
from dripper.workspace.model.values import Number


def _worst(*metrics: Metric) -> list[str]:
    values = {metric.id: series(metric.id, RETURNS) for metric in metrics}
    return [reading.id for reading in worst_of(read_metrics(values, metrics, today=TODAY))]


def test_the_least_likely_goals_come_first_and_no_more_than_three() -> None:
    goals = {"far": "5", "near": "25", "met": "30", "farther": "1"}
    metrics = [replace(returns_rate(), id=name, goal=Number(goal)) for name, goal in goals.items()]

    assert _worst(*metrics) == ["farther", "far", "near"]


def test_a_metric_without_goal_stands_badly_only_where_it_moves_the_wrong_way() -> None:
    wrong = Metric(id="wrong")
    right = replace(returns_rate(), id="right", goal=None, baseline=None)

    assert _worst(wrong, right) == ["wrong"]


def test_a_metric_that_is_not_declared_or_has_no_values_is_left_out() -> None:
    readings = read_metrics({"a": series("a", RETURNS)}, (returns_rate(),), today=TODAY)

    assert worst_of(readings) == ()
