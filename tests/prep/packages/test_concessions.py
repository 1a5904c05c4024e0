from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from fakes.packages import HOUSE, Table, negotiation_over
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.packages.concessions import Plan
from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.packages.say import plan_steps


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
    assert abs(levels(plan)[-1] - 50) <= 5


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
