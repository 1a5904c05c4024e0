from __future__ import annotations

import sys

from fakes.effort import spent


def test_more_work_costs_more_and_the_tracer_is_put_back() -> None:
    tracer = sys.gettrace()

    assert 0 <= spent(lambda: None) < spent(lambda: sum(range(3_000_000)))
    assert sys.gettrace() is tracer
