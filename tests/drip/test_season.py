"""The whole season: caps over campaigns, late ones, and the same result whatever the order of the input."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from fakes.courses import calendar, course, recipient
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.caps import Written
from dripper.drip.course import Course
from dripper.drip.plan import Enrolled, day_of_slot, enrol, first_slot
from dripper.drip.season import Planned, season
from dripper.workspace.model.settings import Late

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def enrolled(*courses: Course, at: datetime = NOW) -> list[Enrolled]:
    found = (enrol(each, enrolled_at=at) for each in courses)
    return [each for each in found if each is not None]


def shown(planned: list[Planned]) -> list[str]:
    return [
        f"{each.slot.local:%a %d %b} {each.course.recipient.first_name} {each.course.campaign.id} {each.message_id}"
        for each in planned
    ]


def test_every_message_of_a_course_is_there_once() -> None:
    assert shown(season(enrolled(course("1 week")), now=NOW)) == [
        "Tue 01 Dec Ana acme/insights m0",
        "Tue 08 Dec Ana acme/insights m1",
        "Tue 15 Dec Ana acme/insights m2",
        "Tue 22 Dec Ana acme/insights m3",
    ]


def test_the_stronger_campaign_keeps_its_days_and_the_weaker_finds_its_own() -> None:
    strong = course("2 weeks", campaign_id="b", priority=9, messages=3)
    weak = course("1 days", campaign_id="a", priority=1, messages=3)
    assert shown(season(enrolled(weak, strong), now=NOW)) == [
        "Tue 01 Dec Ana b m0",
        "Mon 07 Dec Ana a m0",
        "Tue 15 Dec Ana b m1",
        "Mon 21 Dec Ana a m1",
        "Tue 29 Dec Ana b m2",
        "Mon 04 Jan Ana a m2",
    ]


def test_those_who_wait_for_their_account_move_along_and_nobody_is_dropped() -> None:
    people = [recipient(f"p{number}@acme.example") for number in range(7)]
    within = calendar(account_per_day=3)
    courses = [course("1 week", on="tue", messages=2, to=to, within=within) for to in people]
    planned = season(enrolled(*courses), now=NOW)
    per_day = {day: [each for each in planned if each.slot.local.date() == day] for day in days_of(planned)}
    assert [len(each) for each in per_day.values()] == [3, 3, 3, 3, 2]
    assert {message for each in per_day.values() for message in (item.message_id for item in each)} == {"m0", "m1"}


def days_of(planned: list[Planned]) -> list[date]:
    return sorted({each.slot.local.date() for each in planned})


def test_what_was_written_counts() -> None:
    written = Written(days={"ana@acme.example": [date(2026, 11, 30)]})
    planned = season(enrolled(course("1 week", messages=1)), now=NOW, written=written)
    assert shown(planned) == ["Tue 08 Dec Ana acme/insights m0"]


def overdue(**changes: object) -> list[Enrolled]:
    one = course("1 week", messages=2, within=calendar(**changes))
    return [Enrolled(course=one, message_id="m0", slot=first_slot(one, message_id="m0", enrolled_at=NOW))]


def test_a_late_message_shifts_and_the_rest_moves_along() -> None:
    planned = season(overdue(), now=datetime(2026, 12, 3, tzinfo=UTC))
    assert shown(planned) == ["Tue 08 Dec Ana acme/insights m0", "Tue 15 Dec Ana acme/insights m1"]


def test_a_late_message_is_dropped_with_its_reason_where_the_calendar_says_so() -> None:
    planned = season(overdue(late=Late.SKIP), now=datetime(2026, 12, 3, tzinfo=UTC))
    assert [(each.message_id, each.dropped) for each in planned] == [("m0", "its hours had passed"), ("m1", "")]
    assert shown(planned)[1] == "Tue 08 Dec Ana acme/insights m1"


def test_inside_its_window_a_message_that_is_due_stays_where_it_is() -> None:
    planned = season(overdue(), now=datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    assert shown(planned)[0] == "Tue 01 Dec Ana acme/insights m0"


def test_what_does_not_fit_before_the_negotiation_is_dropped_with_its_reason() -> None:
    one = course("1 week", start=None, ends_on=date(2027, 1, 27), messages=3)
    planned = season(enrolled(one, at=datetime(2027, 1, 25, tzinfo=UTC)), now=datetime(2027, 1, 25, tzinfo=UTC))
    assert [(each.message_id, each.dropped) for each in planned] == [
        ("m0", ""),
        ("m1", "no day is left before the negotiation"),
        ("m2", "no day is left before the negotiation"),
    ]


@st.composite
def campaigns(draw: st.DrawFn) -> list[Course]:
    people = [recipient(f"p{number}@x.example", account=f"a{number % 2}") for number in range(draw(st.integers(1, 6)))]
    within = calendar(gap_days=draw(st.integers(0, 8)), account_per_day=draw(st.integers(1, 3)))
    return [
        course(
            draw(st.sampled_from(["1 days", "1 week", "3 business days", "2 weeks", "1 month"])),
            campaign_id=f"c{number}",
            priority=draw(st.integers(1, 3)),
            messages=draw(st.integers(1, 3)),
            at=draw(st.sampled_from([None, "09:30", "15:00"])),
            spread_minutes=draw(st.sampled_from([0, 90])),
            to=to,
            within=within,
        )
        for number in range(draw(st.integers(1, 3)))
        for to in people
    ]


@given(courses=campaigns(), data=st.data())
def test_the_order_of_the_input_changes_nothing(courses: list[Course], data: st.DataObject) -> None:
    line = enrolled(*courses)
    other = data.draw(st.permutations(line))
    assert season(line, now=NOW) == season(other, now=NOW)


@given(courses=campaigns())
def test_caps_hold_and_nothing_is_lost(courses: list[Course]) -> None:
    planned = season(enrolled(*courses), now=NOW)
    assert len(planned) == sum(len(each.messages) for each in courses)
    gap = timedelta(days=max(1, courses[0].calendar.gap_days))
    by_person: dict[str, list[date]] = {}
    by_account: dict[tuple[str, date], set[str]] = {}
    for each in planned:
        to, day = each.course.recipient, day_of_slot(each.course, each.slot)
        by_person.setdefault(to.key, []).append(day)
        by_account.setdefault((to.account, day), set()).add(to.key)
    assert all(after - before >= gap for days in by_person.values() for before, after in pairwise(sorted(days)))
    assert all(len(people) <= courses[0].calendar.account_per_day for people in by_account.values())
