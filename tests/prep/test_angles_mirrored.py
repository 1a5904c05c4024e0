"""What must hold of angles whichever side, scale, name or age their evidence has."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes.accounts import RETURNS, TODAY, account, fact, negotiation, returns_rate, series
from hypothesis import given, settings
from hypothesis import strategies as st

import dripper.prep.angles
from dripper.prep.angles.angle import Angle
from dripper.prep.angles.found import FINDERS, angles_of
from dripper.prep.angles.view import View
from dripper.prep.brief import Brief, brief_of
from dripper.prep.counters import WITH_ANYBODY, WITHOUT_US
from dripper.prep.metrics import read_metrics
from dripper.prep.worth import yearly
from dripper.workspace.model.account import Account, Better, Category, Contract, Fact, Metric, Side, Sure
from dripper.workspace.model.thresholds import Thresholds
from dripper.workspace.model.values import Money, Number
from dripper.workspace.model.workspace import Series

_OTHER = {Side.US: Side.THEM, Side.THEM: Side.US}
_SHAPE = {"angle", "found", "view", "__init__"}


def _angles(who: Account, side: Side, known: dict[str, Series], **changes: object) -> tuple[Angle, ...]:
    thresholds = Thresholds(**changes)
    view = View(
        side=side,
        readings=read_metrics(known, who.metrics, today=TODAY, thresholds=thresholds),
        facts=who.facts,
        demands=(),
        contract=yearly(who.contract),
        today=TODAY,
        thresholds=thresholds,
    )
    return angles_of(view)


def _brief(who: Account, known: dict[str, Series], **changes: object) -> Brief:
    return brief_of(who, negotiation(demands=()), known, today=TODAY, owner="Mira", **changes)


def test_every_category_has_a_file_and_stands_in_the_tuple() -> None:
    files = {file.stem for file in Path(dripper.prep.angles.__path__[0]).glob("*.py")} - _SHAPE

    assert files == {finder.category.value for finder in FINDERS} == {category.value for category in Category}


def _mirrored(who: Account) -> Account:
    ways = {"higher": "lower", "lower": "higher"}
    metrics = tuple(replace(metric, better=Better(way=ways[metric.better.way])) for metric in who.metrics)
    return replace(who, metrics=metrics, facts=tuple(replace(each, for_=_OTHER[each.for_]) for each in who.facts))


def _seen(angle: Angle) -> tuple[object, ...]:
    amount = angle.amount
    size = None if amount is None else (round(abs(amount.middle), 6), round(abs(amount.high - amount.low), 6))
    parts = tuple(round(part, 9) for part in angle.parts(TODAY).values())
    return (angle.category, angle.sure, angle.source, angle.on, size, angle.share, angle.shown, parts, angle.rock_solid)


def _lacks(angle: Angle) -> list[str]:
    return [part.replace(WITH_ANYBODY, WITHOUT_US) for part in angle.missing]


_FACTS = st.builds(
    fact,
    on=st.dates(date(2024, 1, 1), TODAY),
    kind=st.sampled_from(Category),
    for_=st.sampled_from(Side),
    what=st.sampled_from("abcdef"),
    worth=st.sampled_from([None, Money.parse("900 EUR"), Money.parse("12000 EUR"), Money.parse("12000 USD")]),
    source=st.sampled_from(["", "a call", "a letter"]),
    sure=st.sampled_from(Sure),
)
_METRICS = st.builds(
    returns_rate,
    better=st.sampled_from([Better(way="higher"), Better(way="lower")]),
    agreed=st.booleans(),
    worth=st.sampled_from([None, Money.parse("26000 EUR"), Money.parse("10 EUR")]),
)


@settings(deadline=None)
@given(st.lists(_FACTS, max_size=4), _METRICS)
def test_swapping_the_sides_mirrors_the_angles(facts: list[Fact], metric: Metric) -> None:
    known = {metric.id: series(metric.id, RETURNS)}
    who = account(metrics=(metric,), facts=tuple(facts))

    for side in Side:
        there, back = _angles(who, side, known), _angles(_mirrored(who), _OTHER[side], known)
        assert list(map(_seen, there)) == list(map(_seen, back))
        assert list(map(_lacks, there)) == list(map(_lacks, back))


def test_peers_speak_for_whichever_side_they_stand_behind() -> None:
    known = {"returns_rate": series("returns_rate", RETURNS)}
    worse = returns_rate(better=Better(way="higher"), benchmark=replace(returns_rate().benchmark, source="Panel"))

    (ours,) = _angles(account(facts=()), Side.US, known)
    (theirs,) = _angles(account(metrics=(worse,), facts=()), Side.THEM, known)
    assert (ours.claim.partition(":")[0], theirs.claim.partition(":")[0]) == ("Delivered", "Lost")
    assert (ours.exchange.answer != "", theirs.exchange.answer != "") == (True, True)


def test_renaming_a_metric_changes_names_only() -> None:
    one = _angles(account(facts=()), Side.US, {"returns_rate": series("returns_rate", RETURNS)})
    renamed = account(metrics=(returns_rate(id="x", name="Xylophones"),), facts=())
    other = _angles(renamed, Side.US, {"x": series("x", RETURNS)})

    assert repr(other) == repr(one).replace("Returns rate", "Xylophones").replace("returns_rate", "x")


@pytest.mark.parametrize("times", [100, Number("0.001"), 7])
def test_the_scale_of_the_values_changes_no_grade(times: Number | int) -> None:
    scaled = returns_rate(
        unit="",
        baseline=Number(Number("31.2") * times),
        goal=Number(Number("23.0") * times),
        worth=Money(currency="EUR", amount=Number(26000) / times),
        benchmark=None,
    )
    one = _angles(account(metrics=(returns_rate(unit="", benchmark=None),), facts=()), Side.US, _known(1))[0]
    other = _angles(account(metrics=(scaled,), facts=()), Side.US, _known(times))[0]

    assert other.amount is not None
    assert one.amount is not None
    assert other.amount.middle == pytest.approx(one.amount.middle)
    assert other.amount.low == pytest.approx(one.amount.low)
    assert (other.sure, other.shown, other.missing) == (one.sure, one.shown, one.missing)


def _known(times: Number | int) -> dict[str, Series]:
    return {"returns_rate": series("returns_rate", [Number(value) * times for value in RETURNS])}


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_more_age_never_raises_the_angle_of_a_metric(one: int, other: int) -> None:
    ages = sorted((one, other))
    angle = _angles(account(facts=()), Side.US, _known(1))[0]

    newer, older = (replace(angle, on=TODAY - timedelta(days=days)).weight(TODAY) for days in ages)
    assert older <= newer


@given(st.sampled_from([(Sure.HEARSAY, Sure.LIKELY), (Sure.LIKELY, Sure.CONFIRMED)]), st.integers(1, 400_000))
def test_better_evidence_and_more_money_never_lower_an_angle(grades: tuple[Sure, Sure], euros: int) -> None:
    less, more = (
        _angles(account(metrics=(), facts=(fact(sure=sure, worth=Money.parse(f"{worth} EUR")),)), Side.THEM, {})[0]
        for sure, worth in zip(grades, (euros, euros + 1), strict=True)
    )

    assert less.weight(TODAY) <= more.weight(TODAY)


def test_one_source_counts_once() -> None:
    facts = (
        fact(what="Small", worth=Money.parse("6000 EUR")),
        fact(what="Large", source="half-year report  2026, P. 12"),
    )
    large, small = _angles(account(metrics=(), facts=facts), Side.THEM, {})

    assert (large.claim, large.same_as, large.rock_solid) == ("Large", "", True)
    assert (small.same_as, small.weight(TODAY), small.rock_solid) == ("Large", 0.0, False)
    assert any(part.startswith("a source of its own: “Large” rests on") for part in small.missing)


def test_an_effect_that_may_be_none_weighs_nothing() -> None:
    metric = returns_rate(baseline=Number("24.1"))
    (angle,) = _angles(account(metrics=(metric,), facts=()), Side.US, _known(1))

    assert "an effect that leaves out chance" in angle.missing
    assert angle.weight(TODAY) == 0


def test_what_would_break_an_angle_is_said() -> None:
    (angle,) = _angles(account(facts=()), Side.US, _known(1))

    assert angle.breaks == "The next two values are back at 31.2%."


@pytest.mark.parametrize(
    ("changes", "is_solid"),
    [
        ({}, True),
        ({"contract_pct": Number(80)}, False),
        ({"sure": Sure.CONFIRMED}, True),
        ({"plainness": Number(10**6)}, None),
    ],
    ids=["the usual", "most of the contract", "confirmed", "never plain enough"],
)
def test_a_threshold_decides_what_is_rock_solid(changes: dict[str, object], is_solid: bool | None) -> None:
    found = _angles(account(facts=()), Side.US, _known(1), **changes)

    assert [angle.rock_solid for angle in found] == ([] if is_solid is None else [is_solid])


def test_a_movement_lost_in_its_scatter_is_no_angle_and_says_so() -> None:
    chance = random.Random(7)
    values = [round(31.2 + chance.gauss(0, 1) - i / 16, 2) for i in range(36)]
    brief = _brief(account(metrics=(returns_rate(),), facts=()), {"returns_rate": series("returns_rate", values)})

    assert brief.readings[0].verdict.direction == -1
    assert (brief.ours, brief.theirs) == ((), ())
    assert any("stands out of the scatter of its values too little" in note for note in brief.unclaimed)


@pytest.mark.parametrize("count", [14, 24, 36])
def test_a_thousand_accounts_of_noise_give_next_to_no_angle(count: int) -> None:
    chance = random.Random(count)
    contract = Contract(value=Money.parse("240000 EUR"))
    found = 0
    for _ in range(334):
        noise = {"returns_rate": series("returns_rate", [round(chance.gauss(31.2, 2), 2) for _ in range(count)])}
        who = account(facts=(), contract=contract)
        found += any(_angles(who, side, noise) for side in Side)

    assert found <= 1


def test_a_fifth_of_real_steps_as_small_as_their_scatter_twofold_is_not_lost() -> None:
    chance = random.Random(3)
    found = 0
    for _ in range(100):
        values = [round(chance.gauss(31.2 - 4 * (i >= 18), 2), 2) for i in range(36)]
        found += bool(_angles(account(facts=()), Side.US, {"returns_rate": series("returns_rate", values)}))

    assert found >= 80
