"""Random accounts in which every field that may not be shown holds a canary: a word, an amount, a year, a zone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from dripper.workspace.model.account import (
    Account,
    Benchmark,
    Better,
    Bucket,
    Category,
    Contact,
    Contract,
    Evidence,
    Fact,
    Kind,
    Lead,
    Metric,
    Milestone,
    Objective,
    Promise,
    Side,
    Sure,
    Trait,
)
from dripper.workspace.model.address import EmailAddress
from dripper.workspace.model.values import Country, Money, Number, Zone
from dripper.workspace.model.workspace import Series
from fakes.accounts import TODAY, series

CANARY = "Kanarienvogel"
# As an amount, and as a year, what is not to be shown is known by these.
SECRET, YEAR = 71717171, 1917
MONEY = Money.parse(f"{SECRET} EUR")
# What no text may hold that somebody else sees.
CANARIES = (CANARY, str(SECRET), f"{SECRET:,}", str(YEAR), "Auckland")

words = st.text("abcdefg äß&<'", min_size=1, max_size=12).filter(str.strip)
past = st.dates(date(2020, 1, 1), TODAY)
later = st.dates(TODAY + timedelta(days=1), date(2030, 1, 1))
numbers = st.none() | st.integers(1, 99).map(Number)
ways = st.sampled_from([Better(way="higher"), Better(way="lower"), Better(way="band", low=Number(2), high=Number(9))])
secret_day = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
benchmarks = st.builds(Benchmark, values=st.just((Number(SECRET),)), source=st.just(CANARY), on=secret_day)


def metrics(*, agreed: bool, ids: st.SearchStrategy[str], names: st.SearchStrategy[str]) -> st.SearchStrategy[Metric]:
    number = numbers if agreed else st.just(Number(SECRET))
    return st.builds(
        Metric,
        id=ids,
        name=names,
        unit=st.sampled_from(["", "%", "h"]) if agreed else st.just(CANARY),
        better=ways,
        kind=st.sampled_from(Kind),
        baseline=number,
        goal=number,
        by=st.none() | later if agreed else secret_day,
        worth=st.just(MONEY),
        we_lead=st.booleans(),
        agreed=st.just(agreed),
        benchmark=st.none() | benchmarks,
    )


# An id is shown only where it must stand for a name.
plain_ids = st.text("abc", min_size=1, max_size=3)
every_metric = st.one_of(
    metrics(agreed=True, ids=plain_ids, names=st.just("")),
    metrics(agreed=True, ids=plain_ids.map(lambda each: f"{CANARY}_{each}"), names=words),
    metrics(agreed=False, ids=st.just(f"{CANARY}_id"), names=st.just(CANARY)),
)
decided_by = st.lists(plain_ids | st.just(f"{CANARY}_id"), max_size=2).map(tuple)


# Agreed, then for us alone: without a date, or with one that is still to come.
objectives = st.one_of(
    st.builds(
        Objective,
        theirs=words,
        aligned=words,
        ours=st.just(CANARY),
        metric_ids=decided_by,
        agreed_on=past,
    ),
    st.builds(
        Objective,
        theirs=st.just(CANARY),
        aligned=st.just(CANARY),
        ours=st.just(CANARY),
        metric_ids=st.just((f"{CANARY}_id",)),
        agreed_on=st.none() | later,
    ),
)
facts = st.one_of(
    st.builds(
        Fact,
        on=past,
        kind=st.sampled_from(Category),
        for_=st.sampled_from(Side),
        what=words,
        worth=st.just(MONEY),
        source=words,
        sure=st.sampled_from(Sure),
        internal=st.just(False),
    ),
    st.builds(
        Fact,
        on=secret_day,
        kind=st.sampled_from(Category),
        for_=st.sampled_from(Side),
        what=st.just(CANARY),
        source=st.just(CANARY),
        worth=st.just(MONEY),
    ),
)


def _kept(what: str, due: date, days: int) -> Promise:
    return Promise(what=what, due=due, kept_on=due - timedelta(days=days))


promises = st.one_of(
    st.builds(
        lambda what, due, days: Promise(what=what, due=due, kept_on=due - timedelta(days=days)),
        words,
        past,
        st.integers(0, 9),
    ),
    st.builds(Promise, what=st.just(CANARY), due=secret_day, kept_on=st.none() | past),
    st.builds(Promise, what=st.just(CANARY), due=later, kept_on=st.none() | later),
)
contacts = st.builds(
    Contact,
    name=st.just(CANARY),
    first_name=st.just(CANARY),
    last_name=st.just(CANARY),
    email=st.just(EmailAddress.parse(f"{CANARY}@acme.example")),
    role=st.just(CANARY),
    boss=st.just(CANARY),
    judged_on=st.just((CANARY,)),
    style=st.just(CANARY),
    region=st.just(CANARY),
    language=st.just(CANARY),
    decides=st.booleans(),
    drip=st.booleans(),
    extra=st.just({CANARY: CANARY}),
)
evidence = st.builds(
    Evidence,
    on=secret_day,
    of=st.sampled_from(Trait),
    side=st.sampled_from(Side),
    says=st.sampled_from(Bucket),
    what=st.just(CANARY),
)
leads = st.builds(
    Lead, area=st.just(CANARY), milestones=st.tuples(st.builds(Milestone, what=st.just(CANARY), by=secret_day))
)
contracts = st.builds(Contract, value=st.just(MONEY), per=st.just(CANARY), renews=secret_day, since=secret_day)


def many(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


accounts = st.builds(
    Account,
    name=words,
    id=st.just(CANARY),
    bucket=st.sampled_from(Bucket),
    timezone=st.just(Zone.parse("Pacific/Auckland")),
    country=st.just(Country.parse("NZ")),
    region=st.just(CANARY),
    contract=contracts,
    glossary=st.just((CANARY,)),
    lead=leads,
    objectives=many(objectives),
    metrics=st.lists(every_metric, max_size=4, unique_by=lambda each: each.id).map(tuple),
    contacts=many(contacts),
    evidence=many(evidence),
    facts=many(facts),
    promises=many(promises),
    file=st.just(CANARY),
)


def values_of(who: Account) -> dict[str, Series]:
    """Return values for every metric, agreed or not, and for one that no account declares."""
    known = {metric.id: series(metric.id, range(10, 24)) for metric in who.metrics if metric.agreed}
    hidden = {metric.id for metric in who.metrics if not metric.agreed} | {CANARY}
    return known | {name: series(name, [SECRET + step for step in range(14)]) for name in hidden}
