"""A season is the same whatever the order of its input, and who has nothing to do with the others moves nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fakes.clock_changes import PLACES, ZONES
from fakes.courses import calendar, course, recipient
from fakes.promises import broken, is_open, opening_day
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.caps import Written
from dripper.drip.course import Course
from dripper.drip.plan import Enrolled, enrol
from dripper.drip.season import Planned, season, upcoming
from dripper.workspace.model.settings import Late
from dripper.workspace.model.workspace import Recipient

CALENDARS = st.builds(
    calendar,
    hours=st.sampled_from(["09:00-16:30", "22:00-06:00", "02:00-03:30"]),
    days=st.sampled_from(["mon tue wed thu fri", "sat sun", "mon tue wed thu fri sat sun"]),
    gap_days=st.integers(0, 6),
    account_per_day=st.integers(0, 3),
    late=st.sampled_from(list(Late)),
)
# About the clock changes of a spring.
NOW = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30), timezones=st.just(UTC))


@st.composite
def people(draw: st.DrawFn) -> list[Recipient]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        country, region = draw(st.sampled_from(PLACES))
        zone, account = draw(st.sampled_from(ZONES)), draw(st.sampled_from(["a", "b", ""]))
        found.append(recipient(f"p{number}@x.example", account=account, timezone=zone, country=country, region=region))
    return found


CAMPAIGNS: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.fixed_dictionaries(
        {
            "every": st.sampled_from(["1 days", "1 week", "3 business days", "2 weeks", "1 month"]),
            "start": st.none() | st.dates(date(2026, 2, 20), date(2026, 4, 20)),
            "priority": st.integers(1, 3),
            "messages": st.integers(1, 3),
            "spread_minutes": st.sampled_from([0, 60]),
        }
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def lines(draw: st.DrawFn) -> list[Enrolled]:
    """Campaigns to the same people, who were enrolled a while before the time one looks at: some are late."""
    within, everybody, campaigns = draw(CALENDARS), draw(people()), draw(CAMPAIGNS)
    at = draw(NOW) - timedelta(days=draw(st.integers(0, 20)))
    courses = [
        course(to=to, within=within, campaign_id=f"c{number}", **asked)
        for number, asked in enumerate(campaigns)
        for to in everybody
    ]
    return [each for each in (enrol(one, enrolled_at=at) for one in courses) if each is not None]


@st.composite
def histories(draw: st.DrawFn) -> Written:
    days = st.lists(st.dates(date(2026, 3, 1), date(2026, 5, 1)), max_size=4, unique=True)
    written = {f"p{number}@x.example": draw(days) for number in range(4)}
    accounts = {("a", day): [key] for key, found in written.items() for day in found}
    return Written(days=written, accounts=accounts)


def backwards(written: Written) -> Written:
    """Return the same, told in another order."""
    return Written(
        days={key: list(reversed(list(written.days[key]))) for key in reversed(list(written.days))},
        accounts={key: written.accounts[key] for key in reversed(list(written.accounts))},
    )


@given(lines(), NOW, histories(), st.data())
def test_the_order_of_contacts_campaigns_and_history_changes_nothing(
    line: list[Enrolled], now: datetime, written: Written, data: st.DataObject
) -> None:
    planned = season(line, now=now, written=written)
    other = data.draw(st.permutations(line))
    assert season(other, now=now, written=backwards(written)) == planned
    assert sorted(map(named, upcoming(other, now=now, written=written))) == sorted(map(named, planned))


@given(lines(), NOW)
def test_a_stranger_moves_nobody(line: list[Enrolled], now: datetime) -> None:
    alone = season(line, now=now)
    assert of_the_others(season([stranger(line, account="z"), *line], now=now)) == alone
    assert of_the_others(season([*line, stranger(line, account="")], now=now)) == alone


@given(lines(), NOW)
def test_where_accounts_have_no_cap_a_colleague_moves_nobody_either(line: list[Enrolled], now: datetime) -> None:
    free = [replace(each, course=without_cap(each.course)) for each in line]
    assert of_the_others(season([stranger(free, account="a"), *free], now=now)) == season(free, now=now)


@given(lines(), NOW)
def test_each_promise_is_kept_with_caps_and_late_ones_in_every_zone(line: list[Enrolled], now: datetime) -> None:
    sent = [each for each in season(line, now=now) if not each.dropped]
    first = min(each.slot.utc for each in line)
    for each in sent:
        assert broken(each.course, [each.slot], not_before=first) == []
        leaves = replace(each.slot, utc=max(now, each.slot.utc))
        assert is_open(each.course, leaves.utc.astimezone(ZoneInfo(leaves.zone)).replace(tzinfo=None))
        assert opening_day(each.course, leaves) == opening_day(each.course, each.slot)
    written_on = {(each.course.recipient.key, opening_day(each.course, each.slot)) for each in sent}
    assert len(written_on) == len(sent)


def named(planned: Planned) -> tuple[str, str, str, datetime, str, str]:
    course_, slot = planned.course, planned.slot
    return (course_.campaign.id, course_.recipient.key, planned.message_id, slot.utc, slot.reason, planned.dropped)


def stranger(line: list[Enrolled], *, account: str) -> Enrolled:
    """Return a person of the strongest campaign who is in the way of everybody, could one person be in another's."""
    like = min(line, key=lambda each: (-each.course.campaign.priority, each.course.campaign.id))
    to = replace(like.course.recipient, key="0@z.example", email="0@z.example", account=account)
    return replace(like, course=replace(like.course, recipient=to))


def of_the_others(planned: list[Planned]) -> list[Planned]:
    found = [each for each in planned if each.course.recipient.key != "0@z.example"]
    assert len(found) < len(planned)
    return found


def without_cap(one: Course) -> Course:
    return replace(one, calendar=replace(one.calendar, account_per_day=0))
