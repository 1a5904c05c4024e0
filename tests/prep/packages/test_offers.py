from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from fakes.packages import HOUSE, Table, negotiation_over
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.packages.offers import differing

if TYPE_CHECKING:
    from typing import Any

    from dripper.prep.packages.space import Package


def found_in(table: Table, **changes: Any) -> Packages:
    found = packages_of(negotiation_over(table, **changes))
    assert found is not None
    return found


def grid(issues: int, options: int) -> Table:
    """Return issues that weigh differently for both, each with options from our best to theirs."""
    return {
        f"issue {at}": {f"option {n}": (n * (at + 3), (options - 1 - n) * (issues - at + 2)) for n in range(options)}
        for at in range(issues)
    }


def contents(found: Packages, package: Package) -> list[str]:
    return [choice.name for _, choice in found.space.chosen(package.picks)]


def test_three_offers_are_equal_to_us_and_differ_for_them() -> None:
    found = found_in(grid(6, 4), our_target_points=60)

    assert len(found.equal_offers) == 3
    assert max(abs(each.ours - 60) for each in found.equal_offers) <= found.space.our_span // 10
    assert min(differing(one, other) for one, other in combinations(found.equal_offers, 2)) >= 2
    assert [each.theirs for each in found.equal_offers] == sorted((e.theirs for e in found.equal_offers), reverse=True)


def test_the_third_is_the_best_that_can_be_had() -> None:
    found = found_in(grid(4, 3), our_target_points=25)
    reach = max(abs(each.ours - 25) for each in found.equal_offers)
    near = [each for each in every_package(found) if abs(each.ours - 25) <= reach]

    def worst_of_best(low: int) -> bool:
        fit = [each for each in near if each.theirs >= low]
        return any(min(differing(a, b), differing(a, c), differing(b, c)) >= 2 for a, b, c in combinations(fit, 3))

    third = found.equal_offers[-1].theirs
    assert worst_of_best(third)
    assert not worst_of_best(third + 1)


def every_package(found: Packages) -> list[Package]:
    from itertools import product

    return [found.space.package(picks) for picks in product(*(range(len(i.choices)) for i in found.space.issues))]


def test_a_straw_man_is_left_out() -> None:
    lone: Table = {
        "fee": {"high": (10, 0), "low": (0, 100)},
        "term": {"long": (10, 0), "short": (0, 3)},
    }
    found = found_in(lone, our_target_points=10)

    assert [contents(found, each) for each in found.equal_offers] == [["low", "long"]]


def test_one_issue_allows_no_equal_offers() -> None:
    found = found_in({"fee": {f"{n}": (n, 10 - n) for n in range(11)}})

    assert len(found.equal_offers) == 1


def test_the_offers_of_very_many_packages_are_as_even() -> None:
    found = found_in(grid(9, 5))
    offers = found.equal_offers

    assert found.space.count == 5**9
    assert len(offers) == 3
    assert offers[0].theirs - offers[2].theirs <= found.space.their_span // 10
    assert all(found.below_frontier(each) <= found.space.their_span // 10 for each in offers)


def test_without_a_target_it_is_about_three_quarters_of_the_way_to_our_best_that_they_take() -> None:
    assert found_in(HOUSE).target == 76
    assert found_in(HOUSE, our_walk_away_points=40, their_walk_away_points=50).target == 82
    assert found_in(HOUSE, our_walk_away_points=200).target is None
    assert found_in(HOUSE, our_target_points="81.5").target == 815


@given(st.integers(0, 100), st.integers(0, 60), st.integers(0, 60))
def test_no_offer_is_one_that_either_would_walk_away_from(target: int, ours: int, theirs: int) -> None:
    found = found_in(grid(4, 3), our_target_points=target, our_walk_away_points=ours, their_walk_away_points=theirs)

    assert all(each.ours >= ours and each.theirs >= theirs for each in found.equal_offers)


@pytest.mark.parametrize("worth", [(0, 0), (5, 5), (-3, 1)])
def test_where_all_is_worth_the_same_any_three_that_differ_do(worth: tuple[int, int]) -> None:
    same: Table = {f"issue {at}": {f"option {n}": worth for n in range(3)} for at in range(3)}
    found = found_in(same, our_walk_away_points=-100, their_walk_away_points=-100)

    assert len(found.equal_offers) == 3
