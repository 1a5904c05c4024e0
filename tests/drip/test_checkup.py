from datetime import UTC, datetime, timedelta

import pytest

from dripper.drip.checkup import Topic, Verdict, clock

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead_s", "verdict", "said"),
    [
        (0, Verdict.OK, "agrees"),
        (30, Verdict.OK, "agrees"),
        (-30, Verdict.OK, "agrees"),
        (31, Verdict.PROBLEM, "31 s ahead of it"),
        (-7200, Verdict.PROBLEM, "7200 s behind it"),
    ],
)
def test_a_clock_that_is_off_is_told_with_its_way(ahead_s: int, verdict: Verdict, said: str) -> None:
    check = clock(Topic(subject="store"), NOON, NOON + timedelta(seconds=ahead_s))

    assert (check.verdict, said in check.text) == (verdict, True)
