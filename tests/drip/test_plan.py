"""When a message goes out: cadence, contact's clock, holidays, late ones, counting back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from fakes.courses import calendar, course, recipient

from dripper.drip.course import Course, Slot
from dripper.drip.days import NoSlotError
from dripper.drip.plan import (
    Enrolled,
    advance,
    day_of_slot,
    enrol,
    first_slot,
    fits,
    following_slot,
    is_late,
    never_fits,
    pass_over,
    shifted,
)
from dripper.workspace.model.region import UnknownRegionError

NOVEMBER = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def slots(one: Course, enrolled_at: datetime = NOVEMBER) -> list[Slot]:
    found: list[Slot] = []
    step: Enrolled | None = enrol(one, enrolled_at=enrolled_at)
    while step is not None:
        found.append(step.slot)
        step = advance(step, used=day_of_slot(one, step.slot))
    return found


def days(one: Course, enrolled_at: datetime = NOVEMBER) -> list[str]:
    return [f"{slot.local:%a %d %b}" for slot in slots(one, enrolled_at)]


CADENCES = [
    ("weeks keep the weekday of start", course("2 weeks"), "Tue 01 Dec|Tue 15 Dec|Tue 29 Dec|Tue 12 Jan"),
    ("on names the day", course("1 week", on="thu"), "Thu 03 Dec|Thu 10 Dec|Thu 17 Dec|Thu 24 Dec"),
    ("the first day of on", course("1 week", on="wed tue"), "Tue 01 Dec|Tue 08 Dec|Tue 15 Dec|Tue 22 Dec"),
    ("days", course("3 days"), "Tue 01 Dec|Fri 04 Dec|Mon 07 Dec|Thu 10 Dec"),
    ("days over a weekend", course("2 days"), "Tue 01 Dec|Thu 03 Dec|Mon 07 Dec|Wed 09 Dec"),
    ("business days", course("3 business days"), "Tue 01 Dec|Fri 04 Dec|Wed 09 Dec|Mon 14 Dec"),
    (
        "business days of the contact leave out its holidays",
        course("3 business days", start=date(2026, 12, 21)),
        "Mon 21 Dec|Thu 24 Dec|Wed 30 Dec|Tue 05 Jan",
    ),
    ("months", course("1 month"), "Tue 01 Dec|Mon 04 Jan|Mon 01 Feb|Mon 01 Mar"),
    (
        "a month after 31 January",
        course("1 month", start=date(2027, 1, 31), within=calendar(days="mon tue wed thu fri sat sun")),
        "Sun 31 Jan|Sun 28 Feb|Wed 31 Mar|Fri 30 Apr",
    ),
    ("months on a weekday", course("1 month", on="tue"), "Tue 01 Dec|Tue 05 Jan|Tue 02 Feb|Tue 02 Mar"),
    (
        "a start on a closed day",
        course("1 week", start=date(2026, 12, 5)),
        "Mon 07 Dec|Mon 14 Dec|Mon 21 Dec|Mon 28 Dec",
    ),
    (
        "the end of the year",
        course("2 weeks", start=date(2026, 12, 31), on="thu"),
        "Thu 31 Dec|Thu 14 Jan|Thu 28 Jan|Thu 11 Feb",
    ),
    ("a leap day", course("1 month", start=date(2028, 2, 29)), "Tue 29 Feb|Wed 29 Mar|Tue 02 May|Mon 29 May"),
]


@pytest.mark.parametrize(("one", "expected"), [row[1:] for row in CADENCES], ids=[row[0] for row in CADENCES])
def test_a_cadence(one: Course, expected: str) -> None:
    assert "|".join(days(one)) == expected


def test_one_holiday_does_not_bend_the_days_that_follow() -> None:
    friday = course("1 week", on="fri sat", start=date(2026, 12, 18), within=calendar(days="mon tue wed thu fri sat"))
    assert days(friday) == ["Fri 18 Dec", "Sat 02 Jan", "Fri 08 Jan", "Fri 15 Jan"]


def test_the_reason_names_the_holiday() -> None:
    reasons = [
        slot.reason for slot in slots(course("1 week", on="fri", start=date(2026, 12, 18), at="09:30", messages=2))
    ]
    assert reasons == [
        "every week on Friday at 09:30",
        "every week on Friday at 09:30; moved from Fri 25 Dec: holiday (Christmas Day)",
    ]


def test_holidays_are_those_of_the_contacts_region() -> None:
    epiphany = date(2027, 1, 6)
    munich = course("1 week", start=epiphany, to=recipient(region="BY"), messages=1)
    berlin = course("1 week", start=epiphany, to=recipient(region="BE"), messages=1)
    nowhere = course("1 week", start=epiphany, to=recipient(country=None), messages=1)
    assert [days(munich), days(berlin), days(nowhere)] == [["Wed 13 Jan"], ["Wed 06 Jan"], ["Wed 06 Jan"]]


def test_holidays_can_be_left_out() -> None:
    assert days(course("1 week", start=date(2026, 12, 25), within=calendar(holidays=False), messages=1)) == [
        "Fri 25 Dec"
    ]


@pytest.mark.parametrize(
    ("country", "region", "cure"),
    [("ZZ", None, "two letters"), ("DE", "BX", "BW"), ("IS", "1", "same everywhere")],
    ids=["country", "region", "no regions"],
)
def test_an_unknown_country_or_region_is_an_error_with_its_cure(country: str, region: str | None, cure: str) -> None:
    with pytest.raises(UnknownRegionError) as caught:
        slots(course(to=recipient(country=country, region=region)))
    assert cure in caught.value.cure


def test_the_first_slot_is_not_before_start() -> None:
    assert days(course(messages=1), datetime(2026, 6, 1, tzinfo=UTC)) == ["Tue 01 Dec"]


def test_the_first_slot_is_not_before_the_enrolment() -> None:
    at_nine = datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
    assert days(course(messages=1), at_nine) == ["Tue 08 Dec"]
    assert days(course(messages=1), at_nine.replace(second=1)) == ["Tue 15 Dec"]


def test_whoever_is_enrolled_later_keeps_the_day_of_the_month() -> None:
    assert days(course("3 months", messages=2), datetime(2027, 1, 17, tzinfo=UTC)) == ["Mon 01 Feb", "Mon 03 May"]


def test_without_start_the_enrolment_counts() -> None:
    assert days(course("1 week", start=None, messages=2)) == ["Mon 23 Nov", "Mon 30 Nov"]


def test_a_message_that_does_not_apply_uses_no_slot() -> None:
    whole = course("1 week")
    one = Course(
        campaign=whole.campaign,
        recipient=whole.recipient,
        calendar=whole.calendar,
        messages=(whole.messages[0], whole.messages[2]),
    )
    assert days(one) == ["Tue 01 Dec", "Tue 08 Dec"]


def test_a_message_that_no_longer_applies_leaves_its_slot_to_the_next() -> None:
    step = enrol(course("1 week"), enrolled_at=NOVEMBER)
    assert step is not None
    after = pass_over(step)
    assert after is not None
    assert (after.message_id, after.slot.utc) == ("m1", step.slot.utc)


def test_a_course_without_messages_has_no_slot() -> None:
    assert enrol(course(messages=0), enrolled_at=NOVEMBER) is None


class TestTheContactsClock:
    def test_the_hour_stays_the_same_when_the_clocks_change(self) -> None:
        one = course("1 week", start=date(2026, 3, 24), at="09:30", messages=2)
        found = slots(one, datetime(2026, 3, 1, tzinfo=UTC))
        assert [f"{slot.local:%H:%M}={slot.utc:%H:%M}" for slot in found] == ["09:30=08:30", "09:30=07:30"]

    def test_the_weekday_is_the_contacts(self) -> None:
        found = slots(course(at="16:00", on="fri", to=recipient(timezone="Pacific/Honolulu", country="US"), messages=1))
        assert (found[0].local.weekday(), found[0].utc.weekday()) == (4, 5)

    def test_a_missing_hour_moves_forward(self) -> None:
        night = calendar("01:00-05:00", days="sun")
        one = course("1 week", start=date(2026, 3, 29), at="02:30", within=night, messages=1)
        assert f"{slots(one, datetime(2026, 3, 1, tzinfo=UTC))[0].local:%d %H:%M %z}" == "29 03:30 +0200"

    def test_a_missing_hour_that_would_leave_the_window_moves_to_the_next_day(self) -> None:
        night = calendar("01:00-03:00", days="sat sun")
        one = course("1 week", start=date(2026, 3, 29), on="sun", at="02:30", within=night, messages=1)
        slot = slots(one, datetime(2026, 3, 1, tzinfo=UTC))[0]
        assert f"{slot.local:%d %b %H:%M}" == "05 Apr 02:30"
        assert slot.reason.endswith("moved from Sun 29 Mar: the clock change leaves out its hour")

    def test_a_repeated_hour_takes_the_first(self) -> None:
        night = calendar("01:00-05:00", days="sun")
        one = course("1 week", start=date(2026, 10, 25), at="02:30", within=night, messages=1)
        assert f"{slots(one, datetime(2026, 10, 1, tzinfo=UTC))[0].local:%d %H:%M %z}" == "25 02:30 +0200"

    def test_a_window_over_midnight_belongs_to_the_day_it_opened_on(self) -> None:
        night = calendar("22:00-06:00", days="tue")
        one = course("1 week", at="01:00", within=night, messages=2)
        found = slots(one)
        assert [f"{slot.local:%a %d %H:%M}" for slot in found] == ["Wed 02 01:00", "Wed 09 01:00"]
        assert [str(day_of_slot(one, slot)) for slot in found] == ["2026-12-01", "2026-12-08"]

    def test_the_window_of_last_night_is_still_open(self) -> None:
        night = calendar("22:00-06:00", days="tue")
        one = course("1 week", at="04:00", within=night, messages=1)
        assert days(one, datetime(2026, 12, 2, 1, 0, tzinfo=UTC)) == ["Wed 02 Dec"]

    def test_a_zone_that_skipped_a_day_has_no_slot_on_it(self) -> None:
        one = course(
            "1 days", start=date(2011, 12, 30), to=recipient(timezone="Pacific/Apia", country=None), messages=1
        )
        assert days(one, datetime(2011, 12, 1, tzinfo=UTC)) == ["Mon 02 Jan"]


class TestSpread:
    def test_it_stays_within_its_minutes_and_differs_by_contact_and_message(self) -> None:
        people = [recipient(f"p{number}@acme.example") for number in range(60)]
        times = [slot.local.time() for to in people for slot in slots(course(at="09:30", spread_minutes=20, to=to))]
        assert {time.hour for time in times} == {9}
        assert {time.minute for time in times} == set(range(30, 51))

    def test_it_never_leaves_the_window(self) -> None:
        people = [recipient(f"p{number}@acme.example") for number in range(60)]
        times = {slots(course(at="16:25", spread_minutes=60, to=to))[0].local.minute for to in people}
        assert times == {25, 26, 27, 28, 29}

    def test_it_is_the_same_each_time(self) -> None:
        assert slots(course(spread_minutes=300)) == slots(course(spread_minutes=300))


class TestLate:
    one = course("1 week", at="09:30", within=calendar())
    slot = slots(one)[0]

    @pytest.mark.parametrize(
        ("hour", "minute", "late"), [(8, 0, False), (9, 31, False), (16, 29, False), (16, 30, True)]
    )
    def test_a_slot_is_late_once_its_window_has_closed(self, hour: int, minute: int, late: bool) -> None:
        now = datetime(2026, 12, 1, hour - 1, minute, tzinfo=UTC)
        assert is_late(self.one, self.slot, now=now) is late

    def test_a_late_message_shifts_to_the_next_slot_that_is_not_past(self) -> None:
        slot = shifted(self.one, message_id="m0", slot=self.slot, now=datetime(2026, 12, 8, 10, 0, tzinfo=UTC))
        assert f"{slot.local:%a %d %b %H:%M}" == "Tue 15 Dec 09:30"
        assert slot.reason == "every week on Tuesday at 09:30; moved from Tue 1 Dec: its hours had passed"

    def test_the_rest_moves_along(self) -> None:
        late = shifted(self.one, message_id="m0", slot=self.slot, now=datetime(2026, 12, 9, tzinfo=UTC))
        after = following_slot(self.one, message_id="m1", previous=late)
        assert [f"{slot.local:%d %b}" for slot in (late, after)] == ["15 Dec", "22 Dec"]

    def test_a_night_is_late_in_the_morning(self) -> None:
        one = course("1 week", within=calendar("22:00-06:00"))
        slot = slots(one)[0]
        assert not is_late(one, slot, now=datetime(2026, 12, 2, 4, 59, tzinfo=UTC))
        assert is_late(one, slot, now=datetime(2026, 12, 2, 5, 0, tzinfo=UTC))


class TestCountingBack:
    def test_the_last_message_goes_out_on_the_last_day_and_the_others_before_it(self) -> None:
        one = course("1 week", start=None, ends_on=date(2027, 1, 27))
        assert days(one) == ["Wed 06 Jan", "Wed 13 Jan", "Wed 20 Jan", "Wed 27 Jan"]

    def test_a_holiday_or_a_closed_day_moves_a_message_back(self) -> None:
        one = course("1 week", start=None, ends_on=date(2027, 1, 3))
        assert days(one) == ["Thu 10 Dec", "Thu 17 Dec", "Thu 24 Dec", "Thu 31 Dec"]
        fridays = course("1 week", start=None, on="fri", ends_on=date(2027, 1, 2), messages=2)
        assert days(fridays) == ["Fri 11 Dec", "Fri 18 Dec"]

    def test_on_is_kept(self) -> None:
        one = course("2 weeks", start=None, on="tue", ends_on=date(2027, 1, 27))
        assert days(one) == ["Tue 15 Dec", "Tue 29 Dec", "Tue 12 Jan", "Tue 26 Jan"]

    def test_months_and_business_days_count_back_too(self) -> None:
        assert days(course("1 month", start=None, ends_on=date(2027, 3, 31), messages=3)) == [
            "Fri 29 Jan",
            "Fri 26 Feb",
            "Wed 31 Mar",
        ]
        assert days(course("2 business days", start=None, ends_on=date(2027, 1, 11), messages=3)) == [
            "Tue 05 Jan",
            "Thu 07 Jan",
            "Mon 11 Jan",
        ]

    def test_one_who_comes_late_gets_the_messages_as_close_as_the_days_allow(self) -> None:
        one = course("1 week", start=None, ends_on=date(2027, 1, 27))
        found = slots(one, datetime(2027, 1, 18, tzinfo=UTC))
        assert [f"{slot.local:%d %b}" for slot in found] == ["18 Jan", "19 Jan", "20 Jan", "27 Jan"]
        assert all(fits(one, slot) for slot in found)

    def test_what_comes_after_the_last_day_does_not_fit(self) -> None:
        one = course("1 week", start=None, ends_on=date(2027, 1, 27))
        assert not fits(one, first_slot(one, message_id="m0", enrolled_at=datetime(2027, 1, 28, tzinfo=UTC)))

    def test_the_reason_says_so(self) -> None:
        one = course("1 week", start=None, ends_on=date(2027, 1, 27))
        assert slots(one)[0].reason == "every week at 09:00, counted back from Wed 27 Jan 2027"


NEVER = [
    ("fits", course(at="09:30"), None),
    ("before the window", course(at="08:59"), "08:59 is not within the hours of the calendar (09:00-16:30)"),
    ("at its end", course(at="16:30"), "16:30 is not within the hours of the calendar (09:00-16:30)"),
    ("at night", course(at="05:59", within=calendar("22:00-06:00")), None),
    (
        "by day, where it crosses midnight",
        course(at="12:00", within=calendar("22:00-06:00")),
        "12:00 is not within the hours of the calendar (22:00-06:00)",
    ),
    ("a closed day", course(on="sat"), "sat is not among the days of the calendar (mon, tue, wed, thu, fri)"),
    ("one open day", course(on="sat mon"), None),
    ("no days", course(within=calendar(days="")), "[calendar] days is empty"),
]


@pytest.mark.parametrize(("one", "reason"), [row[1:] for row in NEVER], ids=[row[0] for row in NEVER])
def test_a_campaign_that_can_never_have_a_slot_is_told_before_it_starts(one: Course, reason: str | None) -> None:
    assert never_fits(one.campaign, one.calendar) == reason
    if reason is not None:
        with pytest.raises(NoSlotError):
            slots(one)


def test_weekdays_are_named_in_the_reason() -> None:
    reasons = {
        on: slots(course("1 week", on=on, messages=1))[0].reason
        for on in ("mon", "mon tue", "mon tue wed", "mon tue wed thu fri")
    }
    assert reasons == {
        "mon": "every week on Monday at 09:00",
        "mon tue": "every week on Monday or Tuesday at 09:00",
        "mon tue wed": "every week on Mon, Tue, Wed at 09:00",
        "mon tue wed thu fri": "every week on Mon, Tue, Wed, Thu, Fri at 09:00",
    }


def test_the_day_of_the_month_and_the_spread_are_named_in_the_reason() -> None:
    assert slots(course("1 month", messages=1, at="09:30", spread_minutes=20))[0].reason == (
        "every month on day 1 at 09:30 and up to 20 minutes later"
    )
