"""The season for a terminal and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.courses import course, recipient

from dripper.drip.coming import Change, Coming, Plan, Row
from dripper.drip.course import Course
from dripper.drip.delivery import State
from dripper.drip.plan import enrol
from dripper.drip.season import season
from dripper.pages.season import season_json, season_text

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def plan_of(*courses: Course, change: Change | None = None, subject: str = "Carts", state: State = State.DUE) -> Plan:
    line = [each for each in (enrol(one, enrolled_at=NOW) for one in courses) if each is not None]
    return Plan(
        rows=tuple(
            Row(
                coming=Coming(course=each.course, message_id=each.message_id, slot=each.slot, state=state, note="why"),
                subject=subject,
                change=change,
            )
            for each in season(line, now=NOW)
        )
    )


def test_messages_stand_below_their_day_and_their_rule() -> None:
    ben = recipient("ben@acme.example", timezone="Asia/Tokyo", country="JP")
    assert season_text(plan_of(course(messages=1, at="09:30"), course(messages=1, at="09:30", to=ben))) == (
        "Tue 1 Dec 2026\n"
        "  acme/insights: every 2 weeks on Tuesday at 09:30\n"
        "    09:30  00:30 UTC  Ben Weber  Carts\n"
        "    09:30  08:30 UTC  Ana Weber  Carts\n"
        "\n"
        "2 messages to 2 contacts, Tue 1 Dec 2026."
    )


def test_a_utc_date_that_is_not_the_local_one_is_marked() -> None:
    text = season_text(plan_of(course(messages=1, to=recipient(timezone="Asia/Tokyo", country=None), at="09:00")))
    early = season_text(
        plan_of(course(messages=1, to=recipient(timezone="Pacific/Auckland", country=None), at="09:00"))
    )
    assert "00:00 UTC  Ana" in text
    assert "20:00 UTC-1  Ana" in early


@pytest.mark.parametrize(
    ("change", "state", "mark"),
    [
        (Change.NEW, State.DUE, "new"),
        (Change.TEXT, State.DUE, "new text"),
        (Change.GONE, State.DUE, "gone"),
        (None, State.DEFERRED, "deferred"),
        (None, State.HELD, "held: why"),
        (None, State.SKIPPED, "skipped: why"),
    ],
)
def test_what_is_different_stands_at_the_end_of_the_line(change: Change | None, state: State, mark: str) -> None:
    line = season_text(plan_of(course(messages=1), change=change, state=state)).splitlines()[2]
    assert line == f"    09:00  08:00 UTC  Ana Weber  Carts  {mark}"


def test_a_moved_message_says_where_it_was() -> None:
    before = plan_of(course(messages=1)).rows[0]
    row = replace(plan_of(course(messages=1, at="10:00")).rows[0], change=Change.MOVED, was=before.coming.slot)
    assert season_text(Plan(rows=(row,))).splitlines()[2].endswith("Carts  was Tue 1 Dec 09:00")


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    to = recipient(name="Maximiliane von und zu Hohenlohe-Langenburg", timezone="Pacific/Auckland")
    planned = plan_of(course("1 week", to=to, on="fri"), change=Change.NEW, subject="A very long subject " * 9)
    assert max(map(len, season_text(planned, width=width).splitlines())) <= width


def test_the_end_counts_what_changed() -> None:
    planned = plan_of(course(), change=Change.NEW)
    assert season_text(planned).endswith("4 messages to 1 contact, Tue 1 Dec 2026 to Tue 12 Jan 2027: 4 new.")
    left_out = replace(planned, suppressed=2)
    assert season_text(left_out).endswith("4 new. 2 contacts left out: nobody may write to them.")


def test_what_will_be_skipped_is_counted_apart() -> None:
    first, *others = plan_of(course(messages=3), change=Change.NEW).rows
    dropped = [replace(row, coming=replace(row.coming, state=State.SKIPPED)) for row in others]
    text = season_text(Plan(rows=(first, *dropped)))
    assert text.endswith("1 message to 1 contact, Tue 1 Dec 2026: 1 new, 2 skipped.")


@pytest.mark.parametrize(("people", "lines"), [(200, 200), (201, 20)])
def test_of_very_many_people_the_first_are_shown_and_all_are_counted(people: int, lines: int) -> None:
    courses = [
        course(messages=1, to=recipient(email=f"p{number:03}@acme.example", name="")) for number in range(people)
    ]
    text = season_text(plan_of(*courses))

    assert text.count("@acme.example") == lines
    assert "p019@" in text
    assert ("more contacts: `dripper plan --json` lists them all." in text) is (people > lines)
    assert f"{people} messages to {people} contacts" in text


def test_an_empty_plan_says_so() -> None:
    assert season_text(Plan(rows=())) == "Nothing is planned: no message is left to send."


def test_the_json_has_the_documented_keys() -> None:
    assert json.loads("".join(season_json(plan_of(course(messages=1), change=Change.NEW)))) == {
        "version": 1,
        "slots": [
            {
                "campaign": "acme/insights",
                "message": "m0",
                "contact": "ana@acme.example",
                "account": "acme",
                "local": "2026-12-01T09:00:00+01:00",
                "utc": "2026-12-01T08:00:00+00:00",
                "zone": "Europe/Berlin",
                "reason": "every 2 weeks on Tuesday at 09:00",
                "state": "due",
                "change": "new",
            }
        ],
    }
