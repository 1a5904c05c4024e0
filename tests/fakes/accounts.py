"""An account in the middle of its homework, and series to put beside it: values only, no files."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dripper.workspace.model.account import (
    Account,
    Benchmark,
    Better,
    Category,
    Contact,
    Contract,
    Fact,
    Kind,
    Metric,
    Objective,
    Promise,
    Side,
    Sure,
)
from dripper.workspace.model.negotiation import (
    Demand,
    Looked,
    Negotiation,
    OurAlternative,
    Question,
    Say,
    TheirAlternative,
    Trade,
)
from dripper.workspace.model.values import Money, MoneyRange, Number
from dripper.workspace.model.workspace import Series

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 11, 23)
# One step down in the thirteenth of 24 months, and no season.
RETURNS = ["31.4", "31.0", "31.3", "31.2", "30.9", "31.5", "31.1", "31.3", "31.0", "31.2", "31.4", "31.1"]
RETURNS += ["24.3", "24.0", "24.4", "23.8", "24.1", "24.2", "23.9", "24.3", "24.0", "23.9", "24.2", "24.0"]


def month_ends(count: int, last: date = date(2026, 10, 31)) -> list[date]:
    """Return the ends of `count` months, the last one that of `last`."""
    months = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [date(m // 12, m % 12 + 1, monthrange(m // 12, m % 12 + 1)[1]) for m in months]


def series(metric: str, values: Iterable[object], *, last: date = date(2026, 10, 31), bad_rows: int = 0) -> Series:
    """Return a monthly series of acme that ends with the month of `last`."""
    numbers = [Decimal(str(value)) for value in values]
    points = tuple(zip(month_ends(len(numbers), last), numbers, strict=True))
    return Series(account="acme", metric=metric, points=points, bad_rows=bad_rows)


def returns_rate(**changes: Any) -> Metric:
    """Return a metric that both sides agreed on, with goal, worth and peers."""
    metric = Metric(
        id="returns_rate",
        name="Returns rate",
        unit="%",
        better=Better(way="lower"),
        kind=Kind.RATE,
        baseline=Number("31.2"),
        goal=Number("23.0"),
        by=date(2027, 6, 30),
        worth=Money.parse("26000 EUR"),
        we_lead=True,
        agreed=True,
        benchmark=Benchmark(values=tuple(map(Number, ("25.0", "27.5", "29.0"))), source="Retail panel 2026"),
    )
    return replace(metric, **changes)


def fact(**changes: Any) -> Fact:
    """Return a fact that speaks for them: confirmed, with source, 5% of the contract."""
    budget = Fact(
        on=date(2026, 9, 30),
        kind=Category.BUDGET,
        for_=Side.THEM,
        what="Group cost programme: 5% off external spend",
        worth=Money.parse("12000 EUR"),
        source="Half-year report 2026, p. 12",
        sure=Sure.CONFIRMED,
    )
    return replace(budget, **changes)


def account(**changes: Any) -> Account:
    """Return an account of which everything is known that the gate asks for."""
    known = Account(
        id="acme",
        name="Acme Retail",
        contract=Contract(value=Money.parse("240000 EUR"), renews=date(2027, 4, 1)),
        objectives=(Objective(theirs="Returns under 23%", ours="A two-year term", agreed_on=date(2025, 11, 18)),),
        metrics=(returns_rate(),),
        contacts=(
            Contact(name="Emre Sahin", role="Head of Operations", boss="Ana Weber"),
            Contact(name="Ana Weber", first_name="Ana", boss="The board", judged_on=("margin",), decides=True),
        ),
        facts=(fact(),),
        promises=(
            Promise(what="Pilot live", due=date(2026, 6, 30), kept_on=date(2026, 6, 21)),
            Promise(what="Monthly report", due=date(2026, 7, 5), kept_on=date(2026, 7, 9)),
        ),
    )
    return replace(known, **changes)


def negotiation(**changes: Any) -> Negotiation:
    """Return a negotiation whose homework is done."""
    looked_us = (Category.BUDGET, Category.PRIORITIES, Category.MARKET, Category.COMPETITION)
    looked_them = (Category.PERFORMANCE, Category.PRIORITIES, Category.MARKET, Category.COMPETITION)
    done = Negotiation(
        id="acme/renewal",
        title="2027 renewal",
        on=date(2027, 2, 10),
        our_walk_away=Money.parse("228000 EUR"),
        our_target=Money.parse("264000 EUR"),
        our_opening=Money.parse("282000 EUR"),
        our_alternative=OurAlternative(what="Redeploy the team", checked_on=date(2026, 11, 1)),
        their_walk_away=MoneyRange.parse(["240000 EUR", "285000 EUR"]),
        their_alternative=TheirAlternative(what="A tender", checked_on=date(2026, 10, 1)),
        demands=(Demand(said="Every supplier comes down by 5%", reason=Category.BUDGET, answer="returns_rate"),),
        trades=(Trade(give="A weekly report", get="A longer term"), Trade(give="Free set-up", get="A higher fee")),
        questions=(Question(text="Who signs in March?", owner="Dana", critical=True, answered_on=date(2026, 11, 2)),),
        looked=(
            *(Looked(kind=kind, for_=Side.US, on=TODAY) for kind in looked_us),
            *(Looked(kind=kind, for_=Side.THEM, on=TODAY) for kind in looked_them),
        ),
        say=(Say(text="Seven parcels fewer in every hundred come back.", source="Returns log 2026"),),
    )
    return replace(done, **changes)
