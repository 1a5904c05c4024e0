from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from fakes.packages import HOUSE, Table, negotiation_over
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.packages.concessions import Plan
from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.packages.say import no_plan, plan_steps


def found_in(table: Table, **changes: Any) -> Packages:
    found = packages_of(negotiation_over(table, **changes))
    assert found is not None
    return found


def levels(plan: Plan) -> list[int]:
    return [plan.opening.ours, *(step.package.ours for step in plan.steps)]


LADDER: Table = {
    "fee": {"a": (40, 0), "b": (30, 12), "c": (20, 22), "d": (10, 30)},
    "term": {"long": (20, 0), "short": (0, 15)},
    "start": {"soon": (6, 0), "late": (0, 9)},
    "report": {"monthly": (3, 0), "weekly": (0, 8)},
    "team": {"any": (12, 0), "named": (0, 20)},
}


def test_the_steps_shrink_and_end_at_the_target() -> None:
    plan = found_in(LADDER, our_target_points=50).plan

    assert plan is not None
    assert levels(plan)[0] == 81
    sizes = [before - after for before, after in pairwise(levels(plan))]
    assert len(sizes) == 3
    assert sizes == sorted(sizes, reverse=True)
    assert len({*sizes}) == 3
    assert 50 <= levels(plan)[-1] <= 55


def test_nothing_is_given_for_nothing() -> None:
    found = found_in(LADDER, our_target_points=50)
    rows = list(plan_steps(found))

    assert all(against.startswith("their yes to ") for _, against, _ in rows)
    assert len({against for _, against, _ in rows}) == len(rows)
    assert rows[-1][1] == "their yes to the whole deal"


worth = st.tuples(st.integers(-5, 40), st.integers(-5, 40))
tables = st.lists(st.lists(worth, min_size=2, max_size=4), min_size=1, max_size=5)


@given(tables, st.integers(0, 100))
def test_a_plan_never_takes_back_and_never_gives_more_than_before(rows: list[list[Any]], target: int) -> None:
    table = {f"issue {at}": {f"option {n}": each for n, each in enumerate(row)} for at, row in enumerate(rows)}
    found = found_in(table, our_target_points=target)
    if found.plan is None:
        return
    assert levels(found.plan)[-1] >= target
    assert levels(found.plan)[-1] > found.space.our_floor
    sizes = [before - after for before, after in pairwise(levels(found.plan))]

    assert all(size > 0 for size in sizes)
    assert all(later < earlier for earlier, later in pairwise(sizes))
    given_before: set[str] = set()
    for step in found.plan.steps:
        assert step.gives
        assert not given_before & {each.issue.name for each in step.gets}
        given_before |= {each.issue.name for each in step.gives}
        if step.agree:
            assert step.agree[0].name not in {each.issue.name for each in step.gives}
    assert all(found.space.package(step.package.picks) == step.package for step in found.plan.steps)


@pytest.mark.parametrize("changes", [{"our_walk_away_points": 101}, {"our_walk_away_points": 100}])
def test_there_is_no_plan_where_there_is_nowhere_to_go(changes: dict[str, int]) -> None:
    assert found_in(HOUSE, **changes).plan is None


TERM: Table = {"term": {"one year": (0, 20), "three years": (25, 12)}}


@pytest.mark.parametrize(
    ("changes", "target"),
    [({}, "25"), ({"our_target_points": 19}, "19"), ({"our_target_points": 0}, "0")],
    ids=["the target is the best package", "nothing lies at the target", "only no deal lies at the target"],
)
def test_a_plan_never_ends_below_the_target_nor_at_no_deal(changes: dict[str, Any], target: str) -> None:
    found = found_in(TERM, **changes)

    assert found.plan is None
    assert no_plan(found) == (
        "No useful step: our best package that they could take is worth 25 to us, and each that gives them more is "
        f"worth less to us than our target, {target}, or no more than no deal."
    )


def test_a_plan_stops_at_the_target_and_has_nothing_to_excuse() -> None:
    found = found_in({"term": {"one": (0, 20), "two": (20, 15), "three": (25, 12)}}, our_target_points=20)

    assert found.plan is not None
    assert levels(found.plan) == [25, 20]
    assert not no_plan(found)
