from collections.abc import Iterator
from threading import Event
from time import monotonic

import pytest

from dripper.jobs.in_time import in_time


def test_what_is_late_is_named_and_what_it_found_before_is_kept() -> None:
    never = Event()

    def stuck() -> Iterator[str]:
        yield "first"
        never.wait(30)

    began = monotonic()
    found = in_time([("a", stuck), ("b", lambda: ["whole"])], limit_s=0.3, late=lambda name: f"{name} is late")
    never.set()

    assert found == ("first", "a is late", "whole")
    assert monotonic() - began < 5


def test_a_fault_comes_out_where_it_is_waited_for() -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_time([("a", broken)], limit_s=5, late=str)
