"""Four workers on one PostgreSQL, through a day and more of a clock on which an hour is a quarter of a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.bounds import Bounds
from fakes.crowd import Crowd, Post
from fakes.office import Office
from fakes.postgres import Postgres

FACTOR = 14_400
POSTS = [
    Post(name="hour", people=60, limits=Bounds(per_hour=6)),
    Post(name="day", people=30, limits=Bounds(per_day=20)),
    Post(name="domain", people=48, limits=Bounds(per_domain_per_hour=2)),
]


@pytest.fixture
def on_server(postgres: Postgres) -> Iterator[None]:
    """Put every office on an empty PostgreSQL."""
    with postgres.store() as url:
        Office.store_url = url
        yield
        Office.store_url = None
        Office.close_all()


@pytest.mark.usefixtures("on_server")
def test_no_window_of_any_limit_is_ever_overfull_and_nothing_goes_twice_or_is_lost(tmp_path: Path) -> None:
    with Crowd(tmp_path, POSTS, factor=FACTOR) as crowd:
        crowd.start(4)
        crowd.settle(seconds=240)
        accounts, seen = crowd.accounts(), crowd.seen()
        workers, states = len(crowd.shares()), crowd.states()

    assert not any(accounts.values()), accounts
    assert (workers, states) == (4, {"sent": crowd.people})
    assert {name for name, each in seen.items() if each.is_exceeded} == set()
    assert {name for name, each in seen.items() if not each.is_used_up} == set()
