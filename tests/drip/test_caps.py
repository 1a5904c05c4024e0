"""Who waits, for whom, until when, and what the reason says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.courses import calendar, course, recipient

from dripper.drip.caps import Pending, Written, held_back
from dripper.drip.course import Course, Slot
from dripper.drip.plan import day_of_slot, first_slot

TUESDAY = date(2026, 12, 1)


def one(**changes: Any) -> Course:
    return course("1 days", **changes)


def slot_of(of: Course) -> Slot:
    return first_slot(of, message_id="m0", enrolled_at=datetime(2026, 11, 20, tzinfo=UTC))


def other(
    *,
    campaign: str = "b/strong",
    priority: int = 5,
    day: date = TUESDAY,
    contact: str = "ana@acme.example",
    position: int = 0,
) -> Pending:
    return Pending(
        campaign=campaign, message="x", contact=contact, account="acme", priority=priority, position=position, day=day
    )


def asked(of: Course, written: Written | None = None, *others: Pending) -> tuple[str, str] | None:
    later = held_back(of, "m0", slot_of(of), written=written or Written(), others=others)
    return None if later is None else (f"{day_of_slot(of, later):%a %d %b}", later.reason.partition("; ")[2])


def written_on(*days: date) -> Written:
    return Written(days={"ana@acme.example": set(days)})


def test_nobody_in_the_way_means_now() -> None:
    assert asked(one()) is None


def test_a_gap_counts_from_the_last_message_over_all_campaigns() -> None:
    assert asked(one(), written_on(date(2026, 11, 30))) == (
        "Mon 07 Dec",
        "moved from Tue 1 Dec: less than 5 days from another message (Mon 30 Nov)",
    )


@pytest.mark.parametrize(
    ("gap_days", "last", "day"),
    [
        (5, date(2026, 11, 26), None),
        (5, date(2026, 11, 27), "Wed 02 Dec"),
        (0, date(2026, 11, 30), None),
        (0, TUESDAY, "Wed 02 Dec"),
        (1, TUESDAY, "Wed 02 Dec"),
    ],
)
def test_least_days_between_two_messages(gap_days: int, last: date, day: str | None) -> None:
    later = asked(one(within=calendar(gap_days=gap_days)), written_on(last))
    assert (later and later[0]) == day


def test_a_message_to_somebody_else_does_not_count() -> None:
    assert asked(one(to=recipient("ben@acme.example")), written_on(TUESDAY)) is None


def test_the_later_day_is_one_of_the_campaigns() -> None:
    later = asked(one(on="tue"), written_on(date(2026, 11, 30)))
    assert later is not None
    assert later[0] == "Tue 08 Dec"


def test_the_stronger_of_two_on_one_day_goes_first() -> None:
    assert asked(one(priority=4), None, other(priority=5)) == (
        "Mon 07 Dec",
        "moved from Tue 1 Dec: one that matters more on that day",
    )
    assert asked(one(priority=6), None, other(priority=5)) is None


def test_between_equals_the_lower_campaign_id_goes_first() -> None:
    assert asked(one(campaign_id="a/x"), None, other()) is None
    assert asked(one(campaign_id="c/x"), None, other()) is not None


def test_a_weak_message_does_not_push_off_a_strong_one_that_is_due_soon() -> None:
    thursday = date(2026, 12, 3)
    assert asked(one(priority=4), None, other(priority=5, day=thursday)) == (
        "Tue 08 Dec",
        "moved from Tue 1 Dec: less than 5 days from one that matters more (Thu 3 Dec)",
    )


def test_one_that_is_due_after_the_gap_is_not_in_the_way() -> None:
    assert asked(one(priority=4), None, other(priority=5, day=date(2026, 12, 6))) is None


def account_written(count: int, day: date = TUESDAY) -> Written:
    return Written(accounts={("acme", day): {f"p{number}@acme.example" for number in range(count)}})


def test_an_account_gets_no_more_than_its_number_a_day() -> None:
    assert asked(one(), account_written(4)) is None
    assert asked(one(), account_written(5)) == (
        "Wed 02 Dec",
        "moved from Tue 1 Dec: 5 others of acme are written to that day",
    )


def test_an_account_counts_those_that_wait_and_are_stronger() -> None:
    stronger = other(contact="p9@acme.example", priority=9)
    weaker = other(contact="p9@acme.example", priority=1)
    assert asked(one(), account_written(4), stronger) is not None
    assert asked(one(), account_written(4), weaker) is None


def test_of_one_campaign_who_is_further_behind_goes_first() -> None:
    ahead = other(campaign="acme/insights", contact="aaa@acme.example", position=1)
    level = other(campaign="acme/insights", contact="aaa@acme.example", position=0)
    assert asked(one(), account_written(4), ahead) is None
    assert asked(one(), account_written(4), level) is not None


def test_no_account_and_no_number_mean_no_limit() -> None:
    many = Written(accounts={("", TUESDAY): set("abcdefgh"), ("acme", TUESDAY): set("abcdefgh")})
    assert asked(one(to=recipient(account="")), many) is None
    assert asked(one(within=calendar(account_per_day=0)), many) is None


def test_it_looks_on_until_no_cap_is_in_the_way() -> None:
    full = Written(
        accounts={("acme", date(2026, 12, day)): set("abcde") for day in (1, 2, 3, 4, 7)},
        days={"ana@acme.example": [date(2026, 12, 8)]},
    )
    later = asked(one(), full)
    assert later is not None
    assert later[0] == "Mon 14 Dec"


def test_a_night_counts_for_the_day_it_began_on() -> None:
    night = one(at="01:00", within=calendar("22:00-06:00", gap_days=0))
    assert asked(night, written_on(date(2026, 12, 2))) is None
    assert asked(night, written_on(TUESDAY)) is not None
