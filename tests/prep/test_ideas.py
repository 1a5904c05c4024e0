"""What is news in the metrics of an account, and what must never be told."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from fakes.accounts import RETURNS, TODAY, account, fact, returns_rate, series
from hypothesis import given, settings
from hypothesis import strategies as st

from dripper.prep.ideas import Idea, Kind, ideas_of
from dripper.prep.metrics import read_metrics
from dripper.workspace.model.account import Account, Benchmark, Better, Category, Metric, Side, Sure
from dripper.workspace.model.values import Money, Number
from dripper.workspace.model.workspace import Series

PEERS = Benchmark(values=tuple(map(Number, ("22.0", "25.0", "27.5", "29.0", "30.0"))), source="Retail panel 2026")
RISE = [20 + 0.3 * month + (0.1 if month % 3 else -0.1) for month in range(24)]


def told(owner: Account, *values: Series, today: date = TODAY) -> dict[Kind, Idea]:
    readings = read_metrics({each.metric: each for each in values}, owner.metrics, today=today)
    return {idea.kind: idea for idea in ideas_of(owner, readings, today=today)[0]}


def why(owner: Account, *values: Series, today: date = TODAY) -> str:
    readings = read_metrics({each.metric: each for each in values}, owner.metrics, today=today)
    ideas, passed = ideas_of(owner, readings, today=today)
    assert ideas == ()
    (one,) = passed
    return one.why


def owner(**changes: object) -> Account:
    return account(metrics=(returns_rate(**changes),), facts=())


def rising(**changes: object) -> Account:
    metric = Metric(id="repeat", name="Repeat rate", unit="%", baseline=Number("20"), goal=Number("26"), agreed=True)
    return account(metrics=(replace(metric, **changes),), facts=())  # type: ignore[arg-type]


def test_a_step_is_told_with_its_date_and_both_levels() -> None:
    idea = told(owner(), series("returns_rate", RETURNS))[Kind.STEP]

    assert (idea.metric, idea.on) == ("returns_rate", date(2025, 11, 30))
    for wording in idea.wordings:
        assert "November 2025" in wording.text
        assert "31.2%" in wording.text
        assert "24.1%" in wording.text
    assert idea.source == (
        "metrics.csv, returns_rate, 24 values, 30 Nov 2024 to 31 Oct 2026; levels by Pettitt's test, p<.001"
    )


def test_a_benchmark_is_told_where_the_metric_passed_the_middle() -> None:
    idea = told(owner(benchmark=PEERS), series("returns_rate", RETURNS))[Kind.PEERS]

    assert idea.mark == "4 of 5"
    assert all("none" in wording.text for wording in idea.wordings)


@pytest.mark.parametrize(
    "benchmark",
    [
        replace(PEERS, values=tuple(map(Number, ("25", "27", "29", "30")))),
        replace(PEERS, values=tuple(map(Number, ("32", "33", "34", "35", "36")))),
        replace(PEERS, values=tuple(map(Number, ("20", "21", "22", "23", "36")))),
    ],
    ids=["so few that one could be told", "it was ahead before", "it is behind still"],
)
def test_a_benchmark_that_was_not_passed_is_not_told(benchmark: Benchmark) -> None:
    assert Kind.PEERS not in told(owner(benchmark=benchmark), series("returns_rate", RETURNS))


def test_a_trend_a_record_and_a_goal_met_early_are_told() -> None:
    ideas = told(rising(by=date(2027, 6, 30)), series("repeat", [f"{value:.1f}" for value in RISE]))

    assert set(ideas) == {Kind.TREND, Kind.RECORD, Kind.GOAL}
    assert all("rose" in wording.text and "3.6 points" in wording.text for wording in ideas[Kind.TREND].wordings)
    assert "highest of 24 months" in ideas[Kind.RECORD].wordings[0].subject
    assert ideas[Kind.GOAL].wordings[0].text == (
        "26% was the goal for June 2027. In July 2026 your repeat rate got there: 27.0% now."
    )
    assert ideas[Kind.GOAL].on == date(2026, 7, 31)


def test_a_step_of_years_ago_is_no_news() -> None:
    long_ago = [31.2 + (at % 3) / 10 for at in range(12)] + [24.0 + (at % 3) / 10 for at in range(36)]
    assert Kind.STEP not in told(owner(), series("returns_rate", [f"{value:.1f}" for value in long_ago]))


def test_a_goal_that_is_not_met_yet_is_not_told() -> None:
    assert Kind.GOAL not in told(rising(goal=Number("28")), series("repeat", [f"{value:.1f}" for value in RISE]))


def test_a_last_value_that_is_not_the_best_is_no_record() -> None:
    values = [f"{value:.1f}" for value in RISE[:-1]]
    assert Kind.RECORD not in told(rising(), series("repeat", [*values, "26.4"]))


def seasonal(years: int, noise: float = 0.0) -> Series:
    """Return monthly orders that are low in January and high in July, to October 2026."""
    random = Random(5)
    months = [(10 - 12 * years + number) % 12 + 1 for number in range(12 * years)]
    shape = {1: 100, 2: 110, 3: 130, 4: 160, 5: 190, 6: 215, 7: 230, 8: 220, 9: 190, 10: 150, 11: 120, 12: 105}
    return series("orders", [round(shape[month] + random.gauss(0, noise), 1) for month in months])


def test_the_turn_of_a_season_is_told_while_it_lies_ahead() -> None:
    orders = account(metrics=(Metric(id="orders", name="Orders", agreed=True),), facts=())

    idea = told(orders, seasonal(4, noise=2))[Kind.SEASON]
    assert idea.on == date(2027, 1, 1)
    assert all("January" in wording.text and "July" in wording.text for wording in idea.wordings)
    assert re.fullmatch(
        r"From January to July your orders rose each year: \S+ to \S+ in 2025, \S+ to \S+ in 2026\.",
        idea.wordings[0].text,
    )


def test_a_season_that_reaches_into_the_next_year_names_both() -> None:
    orders = account(metrics=(Metric(id="orders", name="Orders", agreed=True),), facts=())
    to_march = replace(seasonal(4, noise=2), points=seasonal(4, noise=2).points[:-7])

    idea = told(orders, to_march, today=date(2026, 5, 10))[Kind.SEASON]
    assert idea.on == date(2026, 7, 1)
    assert re.fullmatch(
        r"From July to January your orders fell each year: \S+ to \S+ in 2024/25, \S+ to \S+ in 2025/26\.",
        idea.wordings[0].text,
    )


@pytest.mark.parametrize(("years", "noise"), [(1, 0.0), (4, 60.0)], ids=["one year", "noise"])
def test_a_season_that_is_not_known_is_not_told(years: int, noise: float) -> None:
    orders = account(metrics=(Metric(id="orders", name="Orders", agreed=True),), facts=())
    assert Kind.SEASON not in told(orders, seasonal(years, noise=noise))


def test_noise_gives_no_idea() -> None:
    """At most one false claim in twenty is what the tests allow; each seed is a world of its own."""
    found = 0
    for seed in range(60):
        random = Random(seed)
        values = [round(random.gauss(25, 2), 1) for _ in range(36)]
        metric = returns_rate(baseline=Number("25"), goal=Number("24"), benchmark=PEERS)
        found += bool(told(account(metrics=(metric,), facts=()), series("returns_rate", values)))
    assert found <= 3


SILENT = {
    "ours alone": (owner(agreed=False), series("returns_rate", RETURNS), "only what both sides agreed on"),
    "bad rows": (owner(), series("returns_rate", RETURNS, bad_rows=1), "cannot be read"),
    "old": (owner(), series("returns_rate", RETURNS, last=date(2026, 3, 31)), "newest value is of 31 Mar 2026"),
    "worse": (owner(better=Better(way="higher")), series("returns_rate", RETURNS), "wrong way"),
    "a template": (owner(name="{{ metrics.secret }}"), series("returns_rate", RETURNS), "template"),
    "one value": (owner(), series("returns_rate", ["24"]), "too few values"),
    "three values": (owner(), series("returns_rate", ["24", "23", "22"]), "too few values"),
    "a slight way in a wide scatter": (
        owner(),
        series("returns_rate", [f"{31 - 0.08 * at + (at * 7 % 5 - 2) * 0.9:.1f}" for at in range(36)]),
        "hardly stands out",
    ),
    "flat": (owner(), series("returns_rate", ["24", "24.1"] * 12), "no movement is claimed"),
}


@pytest.mark.parametrize(("told_to", "values", "reason"), SILENT.values(), ids=SILENT)
def test_what_gives_no_idea_says_why(told_to: Account, values: Series, reason: str) -> None:
    assert reason in why(told_to, values)


NEWS = fact(
    kind=Category.MARKET,
    for_=Side.US,
    internal=False,
    what="Freight rises by 7%",
    source="Price list",
    sure=Sure.LIKELY,
)


def test_open_news_of_the_market_is_told_as_it_is_written() -> None:
    idea = told(account(metrics=(), facts=(NEWS,)))[Kind.MARKET]
    assert (idea.wordings[0].text, idea.source) == ("Freight rises by 7%.", "Price list, 30 Sep 2026")


@pytest.mark.parametrize(
    "change",
    [
        {"internal": True},
        {"for_": Side.THEM},
        {"kind": Category.BUDGET},
        {"sure": Sure.HEARSAY},
        {"source": ""},
        {"on": date(2025, 11, 1)},
        {"on": date(2026, 12, 1)},
    ],
    ids=str,
)
def test_any_other_fact_is_kept(change: dict[str, object]) -> None:
    assert told(account(metrics=(), facts=(replace(NEWS, **change),))) == {}  # type: ignore[arg-type]


def test_nothing_of_ours_alone_is_told() -> None:
    """Every field that is not theirs to know holds a canary; none of it may stand in a text, subject or shift."""
    metric = returns_rate(
        worth=Money.parse("777777 EUR"), benchmark=replace(PEERS, source="canary"), by=date(2027, 6, 30)
    )
    secret = returns_rate(id="secret", name="Canary rate", agreed=False)
    base = account(metrics=(metric, secret), facts=(fact(what="Canary plan", internal=True), NEWS))
    values = (series("returns_rate", RETURNS), series("secret", [str(Decimal(each) + 40) for each in RETURNS]))

    ideas = told(base, *values)
    assert len(ideas) >= 3
    for idea in ideas.values():
        said = " ".join((idea.gift, idea.shifts, *(f"{each.subject} {each.text}" for each in idea.wordings))).lower()
        assert "canary" not in said
        assert "777" not in said
        assert " in 10" not in said
        assert "64." not in said


def numbers_in(text: str) -> set[str]:
    return {number.rstrip(".,").replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def known_numbers(metric: Metric, values: Series) -> set[str]:
    """Return every number that may be told of a metric: values, their dates and counts, and what was agreed."""
    dates = [on for on, _ in values.points] + [date(2027, 6, 30)]
    peers = [float(each) for each in metric.benchmark.values] if metric.benchmark else []
    counts = {len(values.points), *range(len(peers) + 1)}
    days = {str(part) for on in dates for part in (on.year, on.month, on.day)}
    stated = {str(value) for _, value in values.points} | {str(metric.baseline), str(metric.goal)}
    return stated | days | {str(count) for count in counts}


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    shape=st.sampled_from(["step", "rise"]),
    size=st.sampled_from([3.0, 6.0, 12.0]),
    count=st.integers(14, 36),
)
def test_every_number_that_is_told_is_one_of_the_data(seed: int, shape: str, size: float, count: int) -> None:
    random = Random(seed)
    heights = [size * (at >= count / 2) if shape == "step" else size * at / count for at in range(count)]
    values = series("repeat", [f"{20 + height + random.gauss(0, 0.3):.1f}" for height in heights])
    metric = Metric(
        id="repeat",
        unit="%",
        baseline=Number("20.0"),
        goal=Number("24.0"),
        by=date(2027, 6, 30),
        agreed=True,
        benchmark=Benchmark(values=tuple(map(Number, ("19", "21", "22", "23", "30"))), source="Panel"),
    )
    for idea in told(account(metrics=(metric,), facts=()), values).values():
        known = known_numbers(metric, values)
        if idea.kind is Kind.STEP:
            before = [float(value) for on, value in values.points if on < idea.on]
            after = [float(value) for on, value in values.points if on >= idea.on]
            # A mean that lies between two tenths may be rounded to either.
            known |= {f"{sum(level) / len(level) + off:.1f}" for level in (before, after) for off in (-1e-9, 1e-9)}
        for wording in idea.wordings:
            fresh = numbers_in(wording.text) - known
            is_slope = idea.kind is Kind.TREND and len(fresh) <= 1
            is_jump = idea.kind is Kind.STEP and "average" not in wording.text and "level" not in wording.text
            assert not fresh or is_slope or is_jump, (wording.text, fresh)
