"""The today screen: it fits into the terminal, a command stays in one piece, and what is long is counted."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dripper.drip.delivery import State
from dripper.drip.status import Status
from dripper.pages.today import Near, Today, today_json, today_text
from dripper.prep.gate import Homework

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
NOTHING = Status(campaigns=(), unscheduled=(), troubles=(), pauses=(), held=(), unknown=(), in_hand=0, lease_until=None)


def work(number: int, owner: str = "Mira Holt") -> Homework:
    return Homework(
        code="unanswered",
        reason=f"Their demand {number} has no answer: “Every supplier in the whole group has to come down by 5%”.",
        task="Write it.",
        owner=owner,
        due=date(2026, 12, 8),
    )


def today(blocks: int = 0, *, ready: bool = False, quiet: int = 0, reply: str = "") -> Today:
    near = Near(
        id="brook/renewal",
        title="Renewal 2027",
        on=date(2026, 12, 2),
        blocks=tuple(map(work, range(blocks))),
        ready=ready or not blocks,
    )
    return Today(
        now=NOW,
        yesterday={State.SENT: 3},
        replies_yesterday=(("ana@acme.example", reply),) if reply else (),
        replies_today=(),
        going=(),
        going_in_all=0,
        sent_today=0,
        status=NOTHING,
        near=near,
        unanswered=tuple((f"contact{number}@acme.example", 12 + number) for number in range(quiet)),
        problems=0,
    )


@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_the_terminal_and_no_command_is_broken(width: int) -> None:
    text = today_text(today(3, quiet=9, reply="Good point about the photos, " * 6), UTC, width=width)

    assert max(map(len, text.splitlines())) <= width
    assert "`dripper prep brook --check`" in text
    assert "`dripper why contact0@acme.example`" in text
    folded = [line for line in text.splitlines() if "supplier" in line or "photos" in line]
    assert all(line.startswith(" " * 11) for line in folded)


def test_a_lone_backtick_in_an_answer_breaks_nothing() -> None:
    text = today_text(today(reply="a ` and then many words that have to be folded somewhere " * 3), UTC, width=60)
    assert max(map(len, text.splitlines())) <= 60


def test_the_homework_names_who_owes_what_until_when_and_many_points_are_counted() -> None:
    text = today_text(today(11), UTC)

    assert "Negotiation: Renewal 2027 (brook/renewal), tomorrow, 2 Dec 2026." in text
    assert "11 points block it:" in text
    assert text.count("Mira Holt, until 8 Dec 2026: Their demand") == 8
    assert "and 3 more" in text


def test_a_call_that_shall_be_held_all_the_same_says_so() -> None:
    assert "It shall be held although 1 point blocks it:" in today_text(today(1, ready=True), UTC)
    assert "The homework is done" in today_text(today(), UTC)


def test_those_who_never_answered_are_named_up_to_a_few() -> None:
    text = today_text(today(quiet=11), UTC)

    assert text.count("tuned out?") == 8
    assert "and 3 more who never answered" in text
    assert len(today_json(today(quiet=11))["unanswered"]) == 11


def test_answers_are_told_up_to_a_few() -> None:
    many = replace(today(), replies_yesterday=tuple((f"c{number}@acme.example", "") for number in range(10)))
    text = today_text(many, UTC)

    assert text.count(" answered") == 8
    assert "and 2 more answers" in text


def test_an_answer_stands_below_its_own_day() -> None:
    both = replace(today(reply="One"), replies_today=(("bob@acme.example", "Two"),))
    lines = [line.strip() for line in today_text(both, UTC).splitlines()]

    (one, head, two) = (
        lines.index(text)
        for text in (
            "ana@acme.example answered: One",
            "Today      nothing more goes out",
            "bob@acme.example answered: Two",
        )
    )
    assert one < head < two
    assert [(each["contact"], each["day"]) for each in today_json(both)["replies"]] == [
        ("ana@acme.example", "yesterday"),
        ("bob@acme.example", "today"),
    ]


def test_homework_that_cannot_be_known_is_told_so() -> None:
    found = today()
    assert found.near is not None
    lost = replace(found, near=replace(found.near, ready=False, trouble="the warehouse does not answer"))

    assert "Its homework is not known: the warehouse does not answer." in today_text(lost, UTC)
    assert today_json(lost)["negotiation"]["trouble"] == "the warehouse does not answer"
