"""The season as an iCalendar file, read back by a library that knows the format."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import icalendar as library
import pytest
from fakes.courses import course, recipient
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.coming import Change, Coming, Plan, Row
from dripper.drip.course import Course
from dripper.drip.delivery import State
from dripper.drip.plan import enrol
from dripper.drip.season import season
from dripper.pages.icalendar import icalendar as pieces_of

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def icalendar(plan: Plan, *, workspace: str) -> bytes:
    return b"".join(pieces_of(plan, workspace=workspace))


def plan_of(one: Course, *, subject: str = "Carts", change: Change | None = None, state: State = State.DUE) -> Plan:
    place = enrol(one, enrolled_at=NOW)
    assert place is not None
    return Plan(
        rows=tuple(
            Row(
                coming=Coming(course=each.course, message_id=each.message_id, slot=each.slot, state=state),
                subject=subject,
                change=change,
            )
            for each in season([place], now=NOW)
        )
    )


def events(plan: Plan) -> list[library.Event]:
    return list(library.Calendar.from_ical(icalendar(plan, workspace="North")).walk("VEVENT"))


def test_the_library_reads_what_was_planned() -> None:
    first, second = events(plan_of(course(messages=2, at="09:30"), change=Change.NEW))
    assert first.decoded("DTSTART") == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert first["SUMMARY"] == "acme/insights: Carts -> Ana Weber"
    assert first["DESCRIPTION"] == (
        "Tue 1 Dec 2026 09:30 for Ana Weber <ana@acme.example> (Europe/Berlin)\n"
        "Why then: every 2 weeks on Tuesday at 09:30\n"
        "New: not scheduled yet"
    )
    assert second.decoded("DTSTART") == datetime(2026, 12, 15, 8, 30, tzinfo=UTC)
    assert first["UID"] != second["UID"]
    assert not any("ATTENDEE" in event or "ORGANIZER" in event for event in (first, second))


def test_the_same_plan_is_the_same_file() -> None:
    one, two = (icalendar(plan_of(course(messages=3)), workspace="North") for _ in range(2))
    assert one == two


def test_an_event_keeps_its_uid_where_it_moves_and_another_workspace_has_its_own() -> None:
    early, late = (plan_of(course(messages=1, at=at)) for at in ("09:30", "14:00"))
    assert events(early)[0]["UID"] == events(late)[0]["UID"]
    assert events(early)[0]["DTSTART"] != events(late)[0]["DTSTART"]
    assert events(early)[0]["UID"].encode() not in icalendar(early, workspace="South")


def test_a_moved_message_says_where_it_was() -> None:
    before = plan_of(course(messages=1, at="09:00")).rows[0]
    row = replace(plan_of(course(messages=1, at="10:00")).rows[0], change=Change.MOVED, was=before.coming.slot)
    (event,) = events(Plan(rows=(row,)))
    assert event["DESCRIPTION"].endswith("It was to go out on Tue 1 Dec 2026 09:00")


@pytest.mark.parametrize(
    ("change", "state", "status"),
    [
        (None, State.DUE, "CONFIRMED"),
        (Change.NEW, State.DUE, "TENTATIVE"),
        (None, State.HELD, "TENTATIVE"),
        (Change.GONE, State.DUE, "CANCELLED"),
    ],
)
def test_what_is_not_sure_is_tentative_and_what_is_gone_is_cancelled(
    change: Change | None, state: State, status: str
) -> None:
    (event,) = events(plan_of(course(messages=1), change=change, state=state))
    assert event["STATUS"] == status


def test_what_will_be_skipped_is_no_event() -> None:
    assert events(plan_of(course(messages=1), state=State.SKIPPED)) == []


# A control character cannot stand in the format; it is left out.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n;,\\:\"'"), min_size=1, max_size=300
)


@given(subject=WORDS, name=WORDS)
def test_any_text_comes_back_as_it_was_in_lines_of_75_octets(subject: str, name: str) -> None:
    plan = plan_of(course(messages=1, to=recipient(name=name)), subject=subject)
    data = icalendar(plan, workspace="North")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
    for line in data.split(b"\r\n"):
        line.decode()
    (event,) = library.Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == f"acme/insights: {subject} -> {name}"


def test_control_characters_are_left_out() -> None:
    (event,) = events(plan_of(course(messages=1), subject="A\x00B\x1b[31m\r\nBEGIN:VALARM"))
    assert event["SUMMARY"] == "acme/insights: AB[31m\nBEGIN:VALARM -> Ana Weber"
