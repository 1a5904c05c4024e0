"""Reads `account.toml`: who they are, what was agreed, and what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.problem import Severity
from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.model.account import PERIODS, Account
from dripper.workspace.model.address import address_key
from dripper.workspace.reading import Read, read
from dripper.workspace.regions import region_problems

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.reading import IsOwn
    from dripper.workspace.toml import Document


def read_account(document: Document, *, default_id: str) -> Read[Account]:
    """Return the account that `document` says, and every problem of the file."""

    def named(account: Account, is_own: IsOwn) -> Account:
        identity = account.id if is_own(("id",)) else ""
        return replace(account, id=identity or default_id, file=document.file)

    return read(document, Account, CHECKS).named(named)


def _metric_ids(document: Document, account: Account) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, metric in enumerate(account.metrics):
        if not document.is_own(("metric", index, "id")):
            continue
        first = seen.setdefault(metric.id.casefold(), index)
        if first != index:
            line = document.value_span(("metric", first, "id")).line
            yield document.problem(
                Fault.DUPLICATE_ID,
                ("metric", index, "id"),
                f'the metric "{metric.id}" stands already in line {line}',
                "keep one of the two, or give one another id",
            )


def _benchmarks(document: Document, account: Account) -> Iterator[Problem]:
    for index, metric in enumerate(account.metrics):
        if metric.benchmark is not None and not metric.benchmark.values:
            yield document.problem(
                Fault.WRONG_VALUE,
                ("metric", index, "benchmark", "values"),
                "a benchmark without values compares with nobody",
                "write values = [19.0, 22.5], or leave the benchmark out",
            )


def _people(document: Document, account: Account) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, contact in enumerate(account.contacts):
        if not (contact.name or contact.first_name or contact.last_name or contact.email):
            yield document.problem(
                Fault.MISSING_KEY, ("contact", index), "nobody is named here", 'add name = "…" or email = "…"'
            )
        if contact.boss is not None and not contact.boss.strip() and document.is_own(("contact", index, "boss")):
            cure = "name who stands above them, or leave boss out"
            yield document.problem(Fault.WRONG_VALUE, ("contact", index, "boss"), '"boss" is empty', cure)
        if contact.email is None or not document.is_own(("contact", index, "email")):
            continue
        first = seen.setdefault(address_key(contact.email), index)
        if first != index:
            line = document.value_span(("contact", first, "email")).line
            yield document.problem(
                Fault.DUPLICATE_ID,
                ("contact", index, "email"),
                f"the address {contact.email} stands already in line {line}",
                "keep one of the two: one address is one person",
            )


def _bosses(document: Document, account: Account) -> Iterator[Problem]:
    """Tell each chain of bosses that comes back to where it began, once."""
    names, boss_of = {}, {}
    for index, contact in enumerate(account.contacts):
        key, keys = _person(contact.full_name), ("name", "first_name", "last_name", "boss")
        if key and contact.boss and document.is_own(*(("contact", index, each) for each in keys)):
            names[key], boss_of[key] = contact.full_name, _person(contact.boss)
    settled: set[str] = set()
    for index, contact in enumerate(account.contacts):
        chain: list[str] = []
        name = _person(contact.full_name)
        while name in boss_of and name not in settled and name not in chain:
            chain.append(name)
            name = boss_of[name]
        if name in chain and name == chain[0]:
            circle = f"the bosses go in a circle: {', '.join(names[each] for each in [*chain, name])}"
            message = circle if len(chain) > 1 else f"{names[name]} would be their own boss"
            cure = "name who stands above them; anybody's name will do"
            yield document.problem(Fault.WRONG_VALUE, ("contact", index, "boss"), message, cure)
            settled.update(chain)


def _person(name: str) -> str:
    """Return what two ways to write one name have in common."""
    return " ".join(name.split()).casefold()


def _objective_metrics(document: Document, account: Account) -> Iterator[Problem]:
    known = [metric.id for metric in account.metrics]
    if not document.is_own(*(("metric", index, "id") for index in range(len(known)))):
        return
    for index, objective in enumerate(account.objectives):
        for number, metric in enumerate(objective.metric_ids):
            if metric not in known:
                yield document.problem(
                    Fault.UNKNOWN_REFERENCE,
                    ("objective", index, "metrics", number),
                    f'there is no [[metric]] with the id "{metric}"',
                    nearest(metric, known),
                )


def _dates(document: Document, account: Account) -> Iterator[Problem]:
    contract = account.contract
    if not document.is_own(("contract", "since"), ("contract", "renews")):
        return
    if contract and contract.since and contract.renews and contract.renews < contract.since:
        yield document.problem(
            Fault.WRONG_VALUE,
            ("contract", "renews"),
            f"the contract would renew before it began ({contract.since})",
            "correct one of the two dates",
        )


def _goals(document: Document, account: Account) -> Iterator[Problem]:
    """Warn of a goal that gives no way to measure: the brief then claims no attainment."""
    for index, metric in enumerate(account.metrics):
        path, keys = ("metric", index), ("goal", "baseline", "better")
        if metric.goal is None or metric.baseline is None or not document.is_own(*((*path, key) for key in keys)):
            continue
        way = {"higher": 1, "lower": -1}.get(metric.better.way, 0) * (metric.goal - metric.baseline)
        if metric.goal == metric.baseline:
            message = f"the goal is the baseline, {metric.baseline}: how far it is reached cannot be measured"
            cure = "write the goal that was agreed, or leave it out"
        elif way < 0:
            message = f"{metric.better.way} is better, but the goal lies on the other side of {metric.baseline}"
            cure = "correct the goal, the baseline, or better"
        else:
            continue
        yield document.problem(Fault.WRONG_VALUE, (*path, "goal"), message, cure, severity=Severity.WARNING)


def _contract(document: Document, account: Account) -> Iterator[Problem]:
    """Warn of a contract that no amount can be set against: of an unknown period, or worth nothing."""
    contract = account.contract
    if contract is None:
        return
    if contract.per not in PERIODS and document.is_own(("contract", "per")):
        message = f'what "{contract.per}" makes in a year is not known, so nothing is set against the contract'
        cure = f"write one of {', '.join(PERIODS)}, with the value for it"
        yield document.problem(Fault.WRONG_VALUE, ("contract", "per"), message, cure, severity=Severity.WARNING)
    if contract.value.amount <= 0 and document.is_own(("contract", "value")):
        message = f"a contract worth {contract.value} has no share that anything could be"
        cure = "write what they pay, or leave the contract out"
        yield document.problem(Fault.WRONG_VALUE, ("contract", "value"), message, cure, severity=Severity.WARNING)


def _worths(document: Document, account: Account) -> Iterator[Problem]:
    """Warn of a unit that is worth nothing or less: which way is better says `better`."""
    for index, metric in enumerate(account.metrics):
        path = ("metric", index, "worth")
        if metric.worth is not None and metric.worth.amount <= 0 and document.is_own(path):
            message = f"a unit worth {metric.worth} makes a loss of every gain"
            cure = 'write what one unit more is worth, or with better = "lower" one unit less'
            yield document.problem(Fault.WRONG_VALUE, path, message, cure, severity=Severity.WARNING)


def _sources(document: Document, account: Account) -> Iterator[Problem]:
    """Warn of a fact without a source: no angle may rest on it. One that lacks more is told what it lacks first."""
    faulty = {path[:2] for path in document.stand_ins}
    for index, fact in enumerate(account.facts):
        if not fact.source.strip() and ("fact", index) not in faulty:
            message = "this fact has no source, so no angle can rest on it"
            cure = 'add source = "…": who said it where, and when'
            yield document.problem(Fault.MISSING_KEY, ("fact", index), message, cure, severity=Severity.WARNING)


def _regions(document: Document, account: Account) -> Iterator[Problem]:
    yield from region_problems(document, (), country=account.country, region=account.region)
    for index, contact in enumerate(account.contacts):
        country = contact.country or account.country
        yield from region_problems(document, ("contact", index), country=country, region=contact.region)


def home_regions(document: Document, account: Account, country: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the regions that count within `country`, the workspace's, as the file names no other."""
    if account.country is not None:
        return
    yield from region_problems(document, (), country=country, region=account.region)
    for index, contact in enumerate(account.contacts):
        if contact.country is None:
            yield from region_problems(document, ("contact", index), country=country, region=contact.region)


CHECKS = (
    _metric_ids,
    _benchmarks,
    _people,
    _bosses,
    _objective_metrics,
    _dates,
    _goals,
    _contract,
    _worths,
    _sources,
    _regions,
)
