"""The allow-list: what stays of an account, field by field, when it is shared."""

from dataclasses import fields
from datetime import date, timedelta

from fakes.accounts import RETURNS, TODAY, account, fact, returns_rate, series

from dripper.prep.shared import shared_account, shared_series
from dripper.workspace.model.account import Account, Fact, Metric, Objective, Promise

OBJECTIVE = Objective(theirs="Fewer returns", ours="Two years", aligned="Margin", agreed_on=date(2025, 11, 18))


def _shared(**changes: object) -> Account:
    return shared_account(account(**changes), today=TODAY)


def _filled(value: object) -> set[str]:
    return {each.name for each in fields(value) if getattr(value, each.name)}  # type: ignore[arg-type]


def test_of_an_account_only_what_the_list_names_is_left() -> None:
    shared = _shared(objectives=(OBJECTIVE,), facts=(fact(internal=False),))

    assert _filled(shared) == {"name", "metrics", "objectives", "promises", "facts"}


def test_an_objective_is_shared_once_it_is_agreed_and_without_ours() -> None:
    later = Objective(theirs="Later", agreed_on=TODAY + timedelta(days=1))
    found = _shared(objectives=(OBJECTIVE, Objective(theirs="Not agreed"), later)).objectives

    assert [(each.theirs, each.ours, each.aligned) for each in found] == [("Fewer returns", "", "Margin")]


def test_a_metric_is_shared_once_it_is_agreed_and_without_its_worth_or_peers() -> None:
    metrics = (returns_rate(), Metric(id="hours", agreed=False))
    (metric,) = _shared(metrics=metrics).metrics

    assert _filled(metric) == {"id", "name", "unit", "better", "kind", "baseline", "goal", "by", "agreed"}


def test_only_promises_kept_in_time_are_shared() -> None:
    late = Promise(what="Late", due=date(2026, 1, 1), kept_on=date(2026, 2, 1))
    coming = Promise(what="Coming", due=date(2027, 1, 1), kept_on=date(2026, 12, 1))
    kept = Promise(what="Kept", due=date(2026, 1, 1), kept_on=date(2025, 12, 1))

    assert _shared(promises=(late, coming, kept)).promises == (kept,)


def test_a_fact_is_shared_where_it_is_not_internal_and_without_its_worth() -> None:
    (shared,) = _shared(facts=(fact(internal=False), fact())).facts

    assert _filled(shared) - {"sure"} == {"on", "kind", "for_", "what", "source"}
    assert shared.sure is Fact.__dataclass_fields__["sure"].default


def test_a_fact_of_the_future_is_not_shared() -> None:
    assert _shared(facts=(fact(internal=False, on=TODAY + timedelta(days=1)),)).facts == ()


def test_values_follow_the_metrics() -> None:
    values = {name: series(name, RETURNS) for name in ("returns_rate", "hours")}

    assert list(shared_series(_shared(), values)) == ["returns_rate"]
