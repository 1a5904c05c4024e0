"""The charter: what both sides agreed on and what is still open; when nothing is agreed, the agenda of the first call.

The JSON, version 1: `{"version", "account", "agreed", "objectives": [{"theirs", "ours", "aligned", "metrics",
"agreed_on"}], "metrics": [{"metric", "name", "unit", "baseline", "goal", "by"}], "lead": {"area", "milestones":
[{"what", "by"}]}, "open": […], "agenda": [{"point", "ask", "bring"}]}`. `agreed` says whether anything is, `open` what
is not, in sentences; `agenda` is empty once something is agreed. `null` stands for what is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.charter_agenda import agenda_of
from dripper.pages.goals import NONE, as_written, goal_of
from dripper.pages.layout import Block, Items, Page, Section, Table, Text
from dripper.prep.words import day, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dripper.workspace.model.account import Account, Lead, Metric, Objective

VERSION = 1


def is_agreed(objective: Objective, today: date) -> bool:
    """Whether both sides agreed on an objective."""
    return objective.agreed_on is not None and objective.agreed_on <= today


def charter_page(account: Account, *, today: date) -> Page:
    """Return the page that every format is written from."""
    subtitle = f"as of {day(today)}"
    if not _anything(account, today):
        return Page(title=f"{account.name}: kick-off call", subtitle=subtitle, blocks=tuple(_agenda(account)))
    return Page(title=f"{account.name}: charter", subtitle=subtitle, blocks=tuple(_charter(account, today)))


def charter_json(account: Account, *, today: date) -> dict[str, Any]:
    """Return the documented shape."""
    agreed = _anything(account, today)
    lead = account.lead
    return {
        "version": VERSION,
        "account": account.id,
        "agreed": agreed,
        "objectives": [_objective_json(each) for each in account.objectives if is_agreed(each, today)],
        "metrics": [_metric_json(metric) for metric in account.metrics if metric.agreed],
        "lead": lead
        and {"area": lead.area, "milestones": [{"what": m.what, "by": m.by.isoformat()} for m in lead.milestones]},
        "open": list(_open(account, today)),
        "agenda": []
        if agreed
        else [{"point": item.point, "ask": item.ask, "bring": item.bring} for item in agenda_of(account)],
    }


def _objective_json(objective: Objective) -> dict[str, Any]:
    return {
        "theirs": objective.theirs or None,
        "ours": objective.ours or None,
        "aligned": objective.aligned or None,
        "metrics": list(objective.metric_ids),
        "agreed_on": objective.agreed_on.isoformat() if objective.agreed_on else None,
    }


def _metric_json(metric: Metric) -> dict[str, Any]:
    return {
        "metric": metric.id,
        "name": metric.title,
        "unit": metric.unit or None,
        "baseline": None if metric.baseline is None else float(metric.baseline),
        "goal": None if metric.goal is None else float(metric.goal),
        "by": metric.by.isoformat() if metric.by else None,
    }


def _anything(account: Account, today: date) -> bool:
    return any(is_agreed(each, today) for each in account.objectives) or any(each.agreed for each in account.metrics)


def _charter(account: Account, today: date) -> Iterator[Block]:
    titles = {metric.id: metric.title for metric in account.metrics}
    objectives = tuple(_objective(each, titles) for each in account.objectives if is_agreed(each, today))
    if objectives:
        yield Section(title="What we agreed", blocks=(Items(items=objectives),))
    metrics = tuple(_metric(metric) for metric in account.metrics if metric.agreed)
    if metrics:
        table = Table(header=("Metric", "Baseline", "Better", "Goal", "By"), rows=metrics)
        yield Section(title="What decides it", blocks=(table,))
    if account.lead:
        yield Section(title="Where we lead", blocks=(_lead(account.lead),))
    open_ = tuple(Text(text=text) for text in _open(account, today))
    if open_:
        yield Section(title="Still to agree", blocks=(Items(items=open_),))


def _objective(objective: Objective, titles: Mapping[str, str]) -> Text:
    decided = listed([titles[each] for each in objective.metric_ids if each in titles])
    named = (("Theirs:", objective.theirs), ("Ours:", objective.ours), ("Where they meet:", objective.aligned))
    parts = [Text(lead=lead, text=text) for lead, text in (*named, ("Decided by:", decided)) if text]
    assert objective.agreed_on is not None, "asked for only where it is agreed"
    return Text(lead=f"Agreed on {day(objective.agreed_on)}", text="", below=tuple(parts))


def _metric(metric: Metric) -> tuple[str, ...]:
    better = "within" if metric.better.way == "band" else metric.better.way
    due = day(metric.by) if metric.by else NONE
    return (metric.title, as_written(metric.baseline, metric), better, goal_of(metric), due)


def _lead(lead: Lead) -> Items:
    steps = tuple(Text(text=f"{step.what} by {day(step.by)}") for step in lead.milestones)
    return Items(items=(Text(lead=lead.area, text="", below=steps),))


def _open(account: Account, today: date) -> Iterator[str]:
    """Yield what is written down but not agreed, and what an agreed metric lacks."""
    agreed = [objective for objective in account.objectives if is_agreed(objective, today)]
    for objective in account.objectives:
        if objective not in agreed:
            yield f"Objective: {objective.theirs or objective.aligned or objective.ours or 'one without words'}."
    for metric in account.metrics:
        lacking = [key for key, value in (("baseline", metric.baseline), ("goal", metric.goal)) if value is None]
        lacking += [] if metric.by else ["date of the goal"]
        if not metric.agreed:
            yield f"Metric: {metric.title}."
        elif lacking and metric.better.way != "band":
            yield f"{metric.title}: its {listed(lacking)}."
    if not agreed:
        yield "No objective is agreed yet."
    if not any(metric.agreed for metric in account.metrics):
        yield "No metric is agreed yet."


def _agenda(account: Account) -> Iterator[Block]:
    yield Section(
        title="Nothing is agreed yet",
        blocks=(Text(text="Set objectives and metrics together: this is the agenda of the call that does it."),),
        kind="verdict",
        good=False,
    )
    rows = tuple((str(number), *item) for number, item in enumerate(agenda_of(account), start=1))
    yield Section(title="Agenda", blocks=(Table(header=("", "Point", "Ask", "Bring"), rows=rows),))
    after = (
        "Write each objective with the day of the call as agreed_on, and agreed = true below each metric.",
        f"Send them the page that shows it: “dripper scorecard {account.id} -o scorecard.html”.",
    )
    yield Section(title="After the call", blocks=(Items(items=tuple(Text(text=text) for text in after)),))
