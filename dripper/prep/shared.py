"""What may be shown to the other side: the one allow-list that the scorecard and the shared brief are made from.

It makes a new account that holds only what is allowed, so whatever a page then shows of it, it cannot show more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.prep.promises import promises_of
from dripper.workspace.model.account import Account, Fact, Metric, Objective

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dripper.workspace.model.workspace import Series


def shared_account(account: Account, *, today: date) -> Account:
    """Return an account with nothing but the name, what was agreed, what was kept, and facts with `internal = false`.

    Ours alone stays ours: an agreed objective keeps `theirs` and `aligned`, an agreed metric loses its worth and its
    peers, a fact its grade, its worth and whose argument it is (a page must not name its `for`).
    """
    metrics = tuple(_metric(metric) for metric in account.metrics if metric.agreed)
    known = {metric.id for metric in metrics}
    agreed = (each for each in account.objectives if each.agreed_on and each.agreed_on <= today)
    objectives = (_objective(each, known) for each in agreed)
    return Account(
        name=account.name,
        metrics=metrics,
        objectives=tuple(each for each in objectives if each.theirs or each.aligned),
        promises=promises_of(account.promises, today).kept,
        facts=tuple(_fact(fact) for fact in account.facts if not fact.internal and fact.on <= today),
    )


def shared_series(account: Account, series: Mapping[str, Series]) -> dict[str, Series]:
    """Return the values of the metrics of a shared `account`, and no others."""
    return {metric.id: series[metric.id] for metric in account.metrics if metric.id in series}


def _metric(metric: Metric) -> Metric:
    return Metric(
        id=metric.id,
        name=metric.title,
        unit=metric.unit,
        better=metric.better,
        kind=metric.kind,
        baseline=metric.baseline,
        goal=metric.goal,
        by=metric.by,
        agreed=True,
    )


def _objective(objective: Objective, metrics: set[str]) -> Objective:
    return Objective(
        theirs=objective.theirs,
        aligned=objective.aligned,
        metric_ids=tuple(each for each in objective.metric_ids if each in metrics),
        agreed_on=objective.agreed_on,
    )


def _fact(fact: Fact) -> Fact:
    return Fact(on=fact.on, kind=fact.kind, for_=fact.for_, what=fact.what, source=fact.source, internal=False)
