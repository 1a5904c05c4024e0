"""Where a contact goes on when a campaign is scheduled again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from fakes.courses import course

from dripper.drip.course import Course
from dripper.drip.plan import Enrolled, following_slot
from dripper.drip.replan import replan

NOW = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)


def under_way(of: Course) -> Enrolled:
    """Return a course whose first message went out on Tuesday, with the second waiting for the 15th."""
    slot = following_slot(of, message_id="m1", previous=TUESDAY)
    return Enrolled(course=of, message_id="m1", slot=slot)


def left(of: Course, *ids: str) -> Course:
    """Return a course in a new order without what is decided."""
    by_id = {message.id: message for message in of.messages}
    order = tuple(by_id[each] for each in ids)
    return replace(of, messages=order, campaign=replace(of.campaign, messages=order))


def shown(found: Enrolled | None) -> str | None:
    return found and f"{found.message_id} {found.slot.local:%d %b %H:%M}"


def test_with_the_old_cadence_the_slot_stays() -> None:
    one = course()
    assert shown(replan(left(one, "m1", "m2"), waiting=under_way(one), last_used=TUESDAY, now=NOW)) == "m1 15 Dec 09:00"


def test_another_message_takes_the_slot_over() -> None:
    one = course()
    assert shown(replan(left(one, "m3", "m1"), waiting=under_way(one), last_used=TUESDAY, now=NOW)) == "m3 15 Dec 09:00"


def test_a_new_cadence_counts_from_the_day_last_written_on() -> None:
    weekly = left(course("1 week"), "m1", "m2")
    assert shown(replan(weekly, waiting=under_way(course()), last_used=TUESDAY, now=NOW)) == "m1 08 Dec 09:00"


def test_a_new_cadence_never_gives_a_slot_that_is_past() -> None:
    daily = left(course("1 days"), "m1", "m2")
    assert shown(replan(daily, waiting=under_way(course()), last_used=TUESDAY, now=NOW)) == "m1 03 Dec 09:00"


def test_where_nothing_was_written_yet_a_new_cadence_begins_anew() -> None:
    later = course(start=date(2026, 12, 10))
    assert shown(replan(later, waiting=under_way(course()), last_used=None, now=NOW)) == "m0 10 Dec 09:00"


def test_a_message_added_to_a_campaign_that_had_ended_follows_the_last() -> None:
    assert shown(replan(left(course(), "m3"), waiting=None, last_used=TUESDAY, now=NOW)) == "m3 15 Dec 09:00"


def test_where_all_is_decided_nothing_is_left() -> None:
    assert replan(left(course()), waiting=None, last_used=TUESDAY, now=NOW) is None
