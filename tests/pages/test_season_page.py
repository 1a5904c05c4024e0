"""The season as a page: the picture and the same in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from fakes.courses import calendar, course, recipient

from dripper.drip.coming import Change, Coming, Plan, Row
from dripper.drip.course import Course
from dripper.drip.delivery import State
from dripper.drip.plan import enrol
from dripper.drip.season import season
from dripper.pages.season_chart import Kind, charts, icon, kind_of
from dripper.pages.season_page import season_page

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def plan_of(*courses: Course, change: Change | None = None, state: State = State.DUE) -> Plan:
    line = [each for each in (enrol(one, enrolled_at=NOW) for one in courses) if each is not None]
    rows = (
        Row(
            coming=Coming(course=each.course, message_id=each.message_id, slot=each.slot, state=state, note="why"),
            subject=f"Carts {each.message_id}",
            change=change,
        )
        for each in season(line, now=NOW)
    )
    return Plan(rows=tuple(rows))


def drawn(plan: Plan) -> list[ET.Element]:
    days = [row.coming.slot.local.date() for row in plan.rows]
    return [ET.fromstring(svg) for svg in charts(plan.rows, first=min(days), last=max(days))]


def marks(svg: ET.Element) -> list[str]:
    return [title.text or "" for title in svg.iter(f"{SVG}title")]


def crowd(count: int) -> list[Course]:
    people = [recipient(f"p{number}@acme.example", name=f"P{number}", account=f"a{number}") for number in range(count)]
    return [course(messages=2, at="09:30", to=to) for to in people]


class Balance(HTMLParser):
    """Fails where a tag is closed that is not the open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_message_of_every_contact_has_a_mark_that_tells_it() -> None:
    ben = recipient("ben@acme.example")
    (svg,) = drawn(plan_of(course(messages=2, at="09:30"), course(messages=1, at="09:30", to=ben), change=Change.NEW))
    assert sorted(marks(svg)) == [
        "Tue 1 Dec 2026 09:30, Ana Weber: Carts m0 (new)",
        "Tue 1 Dec 2026 09:30, Ben Weber: Carts m0 (new)",
        "Tue 15 Dec 2026 09:30, Ana Weber: Carts m1 (new)",
    ]


def test_marks_stand_in_order_of_time_and_inside_the_drawing() -> None:
    (svg,) = drawn(plan_of(course("1 week", messages=9)))
    places = [float(circle.attrib["cx"]) for circle in svg.iter(f"{SVG}circle")]
    assert len(places) == 9
    assert places == sorted(set(places))
    assert places[0] > 186
    assert places[-1] < 1000


def test_messages_a_day_apart_do_not_touch() -> None:
    (svg,) = drawn(plan_of(course("1 business days", messages=30, within=calendar(gap_days=1))))
    circles = sorted((float(each.attrib["cx"]), float(each.attrib["r"])) for each in svg.iter(f"{SVG}circle"))
    gaps = [after - before for (before, _), (after, _) in pairwise(circles)]
    assert 2 * circles[0][1] <= min(gaps)


def test_more_than_half_a_year_is_drawn_in_several_strips_with_every_message_once() -> None:
    strips = drawn(plan_of(course("2 weeks", messages=20)))
    assert len(strips) == 2
    assert sum(len(marks(svg)) for svg in strips) == 20


def test_a_crowd_has_a_line_for_each_message_with_its_count() -> None:
    plan = plan_of(*crowd(41))
    (svg,) = drawn(plan)
    assert marks(svg) == [
        "Week of Mon 30 Nov 2026, m0: 41 scheduled",
        "Week of Mon 14 Dec 2026, m1: 41 scheduled",
    ]
    assert [text.text for text in svg.iter(f"{SVG}text")].count("41") == 2
    assert "41 contacts: each week says how many" in season_page(plan, workspace="North")


def test_contacts_of_one_name_are_told_apart_by_their_addresses() -> None:
    one, two = (course(messages=1, to=recipient(f"{name}@acme.example", name="Ana Weber")) for name in ("a", "b"))
    assert [text.rpartition(", ")[2].partition(":")[0] for text in marks(drawn(plan_of(one, two))[0])] == [
        "a@acme.example",
        "b@acme.example",
    ]


@pytest.mark.parametrize(
    ("change", "state", "kind"),
    [
        (None, State.DUE, Kind.SCHEDULED),
        (None, State.DEFERRED, Kind.SCHEDULED),
        (Change.NEW, State.DUE, Kind.NEW),
        (Change.MOVED, State.DUE, Kind.MOVED),
        (Change.TEXT, State.DUE, Kind.TEXT),
        (Change.NEW, State.HELD, Kind.HELD),
        (Change.NEW, State.SKIPPED, Kind.SKIPPED),
        (Change.GONE, State.HELD, Kind.GONE),
    ],
)
def test_a_row_has_one_kind_of_mark(change: Change | None, state: State, kind: Kind) -> None:
    assert kind_of(plan_of(course(messages=1), change=change, state=state).rows[0]) is kind


def test_no_two_kinds_look_alike_without_colours() -> None:
    def shape(kind: Kind) -> str:
        return re.sub(r'#1b4f8a|#4d5863|stroke="#fff"', "", icon(kind)).replace('fill="#fff" fill="#fff"', "")

    looks = {kind: shape(kind) for kind in Kind}
    # A new one is an open ring, a scheduled one a filled disc.
    assert len(set(looks.values())) == len(Kind)


def moved() -> Plan:
    before = plan_of(course(messages=1, at="09:00")).rows[0]
    row = replace(plan_of(course(messages=1, at="10:00", on="fri")).rows[0], change=Change.MOVED)
    return Plan(rows=(replace(row, was=before.coming.slot),))


def test_a_moved_message_shows_where_it_was() -> None:
    page = season_page(moved(), workspace="North")
    assert "was Tue 1 Dec 09:00" in page
    assert page.count("<path") == 2, "a diamond in the picture and one in the legend"
    assert page.count('stroke-dasharray="2 2"') == 2, "the line and the ring where it was"


def hostile() -> Plan:
    to = recipient(name='<script>alert("x")</script>')
    plan = plan_of(course(messages=1, to=to))
    return replace(plan, rows=tuple(replace(row, subject="</title><img src=x onerror=y>&") for row in plan.rows))


@pytest.mark.parametrize(
    "make",
    [moved, hostile, lambda: plan_of(*crowd(60)), lambda: Plan(rows=())],
    ids=["moved", "hostile", "crowd", "empty"],
)
def test_the_page_is_whole_and_needs_nothing_from_outside(make: Callable[[], Plan]) -> None:
    page = season_page(make(), workspace="North & <South>")
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert not {"script", "link", "img", "iframe"} & {*balance.seen}
    assert not re.search(r"url\(|@import|(?:src|href)=[\"']", page)
    assert "North &amp; &lt;South&gt;" in page


def test_a_page_that_nobody_could_read_is_cut_and_says_so() -> None:
    page = season_page(plan_of(*crowd(501)), workspace="North")
    assert page.count("<tr>") == 1001
    assert "And 2 more: <code>dripper plan</code> lists them all." in page
