"""The frontier and every solution against the naive way, which looks at all packages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from fakes.packages import HOUSE, Naive, Picks, Table, negotiation_over
from hypothesis import given
from hypothesis import strategies as st

from dripper.errors import UsageError
from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.packages.solutions import MOST_TIES
from dripper.prep.packages.space import Package

NAMES = ("nash", "kalai", "kalai_smorodinsky", "max_sum")
# Few different values, so that ties are frequent.
points = st.one_of(st.integers(-4, 6), st.sampled_from(("0.1", "0.2", "0.3", "-0.25")))


@st.composite
def tables(draw: Any, points: st.SearchStrategy[Any] = points) -> Table:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    worth = st.tuples(points, points)
    return {f"issue {at}": {f"option {n}": draw(worth) for n in range(size)} for at, size in enumerate(sizes)}


def found_in(table: Table, **changes: Any) -> Packages:
    found = packages_of(negotiation_over(table, **changes))
    assert found is not None
    return found


def picks_of(found: Packages, packages: tuple[Package, ...]) -> set[Picks]:
    return {tuple(choice.name for _, choice in found.space.chosen(each.picks)) for each in packages}


@given(tables(), points, points)
def test_everything_is_as_when_each_package_is_looked_at(table: Table, ours: Any, theirs: Any) -> None:
    found = found_in(table, our_walk_away_points=ours, their_walk_away_points=theirs)
    naive = Naive(table, ours, theirs)

    assert found.space.count == len(naive.all)
    assert picks_of(found, found.frontier) == naive.frontier()
    assert found.efficient == len(found.frontier)
    wanted = (naive.nash(), naive.kalai(), naive.kalai_smorodinsky(), naive.greatest_sum())
    for name, packages in zip(NAMES, wanted, strict=True):
        solution = getattr(found, name)
        assert picks_of(found, solution.packages) == packages, name
        assert solution.ties == len(solution.packages) == len(packages)


@given(tables(), points, points)
def test_swapping_the_sides_mirrors_everything(table: Table, ours: Any, theirs: Any) -> None:
    swapped = {issue: {name: (b, a) for name, (a, b) in choices.items()} for issue, choices in table.items()}
    one = found_in(table, our_walk_away_points=ours, their_walk_away_points=theirs)
    other = found_in(swapped, our_walk_away_points=theirs, their_walk_away_points=ours)

    assert picks_of(one, one.frontier) == picks_of(other, other.frontier)
    for name in NAMES:
        assert picks_of(one, getattr(one, name).packages) == picks_of(other, getattr(other, name).packages)
    assert one.zone.there == other.zone.there
    assert sorted((each.ours, each.theirs) for each in one.trades) == sorted(
        (each.theirs, each.ours) for each in other.trades
    )


@given(tables(st.integers(-4, 6)), st.integers(1, 1000), st.sampled_from(("0.01", "0.3", "7")))
def test_other_scales_choose_the_same_packages(table: Table, ours: int, theirs: str) -> None:
    scaled = {
        issue: {name: (a * ours, b * Decimal(theirs)) for name, (a, b) in choices.items()}
        for issue, choices in table.items()
    }
    one, other = found_in(table), found_in(scaled)

    assert picks_of(one, one.frontier) == picks_of(other, other.frontier)
    for name in ("nash", "kalai_smorodinsky"):
        assert picks_of(one, getattr(one, name).packages) == picks_of(other, getattr(other, name).packages)


@given(tables())
def test_renaming_changes_only_names(table: Table) -> None:
    renamed = {f"Z{issue}": {f"a{name}": worth for name, worth in table[issue].items()} for issue in table}
    one, other = found_in(table), found_in(renamed)

    for name in ("frontier", "equal_offers", "nash", "kalai", "kalai_smorodinsky", "max_sum"):
        assert getattr(one, name) == getattr(other, name)
    assert one.zone == other.zone


@given(tables(), st.randoms())
def test_the_order_of_the_options_changes_nothing(table: Table, chance: Any) -> None:
    issues = list(table)
    chance.shuffle(issues)
    shuffled = {issue: dict(chance.sample(list(table[issue].items()), len(table[issue]))) for issue in issues}
    one, other = found_in(table), found_in(shuffled)

    def named(found: Packages, packages: tuple[Package, ...]) -> set[frozenset[tuple[str, str]]]:
        chosen = (found.space.chosen(each.picks) for each in packages)
        return {frozenset((issue.name, choice.name) for issue, choice in each) for each in chosen}

    assert named(one, one.frontier) == named(other, other.frontier)
    for name in NAMES:
        assert named(one, getattr(one, name).packages) == named(other, getattr(other, name).packages)


def test_decimals_stay_as_they_are_written() -> None:
    found = found_in({"fee": {"a": ("0.1", "1"), "b": ("0", "2")}, "term": {"x": ("0.2", "0"), "y": ("0", "0.05")}})

    assert str(found.space.points(found.frontier[0].ours)) == "0.3"


def test_the_nash_point_moves_with_the_walk_away_points() -> None:
    free, bound = found_in(HOUSE), found_in(HOUSE, our_walk_away_points=85)

    assert picks_of(free, free.nash.packages) == {("middle", "two years", "April", "weekly")}
    assert picks_of(bound, bound.nash.packages) == {("high", "two years", "April", "monthly")}


def test_of_very_many_ties_a_hundred_are_listed_and_all_are_counted() -> None:
    same = {f"issue {at}": {f"option {n}": (1, 1) for n in range(4)} for at in range(8)}
    found = found_in(same)

    assert found.efficient == found.nash.ties == found.max_sum.ties == 4**8
    assert len(found.frontier) == len(found.nash.packages) == len({*found.nash.packages}) == MOST_TIES


def test_where_nothing_serves_both_nothing_is_fair() -> None:
    found = found_in(HOUSE, our_walk_away_points=101)

    assert (found.nash.packages, found.kalai.packages, found.kalai_smorodinsky.ties) == ((), (), 0)
    assert found.max_sum.ties == 1
    assert (found.zone.there, found.plan, found.equal_offers) == (False, None, ())


def test_two_losses_are_no_gain() -> None:
    found = found_in({"fee": {"both lose": (-90, -90), "fair": (1, 1)}})

    assert picks_of(found, found.nash.packages) == {("fair",)}


def test_hundreds_of_issues_are_no_matter() -> None:
    many = {f"issue {at}": {"a": (at % 7, 3), "b": (2, at % 5), "c": (1, 1)} for at in range(300)}
    found = found_in(many)

    assert found.space.count == 3**300
    assert found.frontier[0].ours == sum(max(at % 7, 2) for at in range(300))


def test_a_frontier_that_nobody_can_use_is_refused_with_the_cure() -> None:
    doubling = {f"issue {at}": {"a": (2**at, 0), "b": (0, 2**at)} for at in range(18)}

    with pytest.raises(UsageError, match="50,000 packages are efficient") as refused:
        found_in(doubling)
    assert "whole numbers" in refused.value.cure
