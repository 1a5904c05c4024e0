"""How many messages of a campaign may ask, and that no reader gets two asks in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

HEADER = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From buyer to analyst"\n'
SETTINGS = """\
[workspace]
name = "North Agency"
timezone = "Europe/Berlin"

[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = { host = "smtp.north.example" }

[lint]
"""
GIFT, ASK = "", "ask = true\n"
TO_BUYERS, TO_OTHERS = 'only = { role = "Buyer" }\n', 'only = { role = "VP Digital" }\n'


def told(write, asks: str, *extras: str) -> list[tuple[str | None, str]]:  # type: ignore[no-untyped-def]
    messages = (
        f'\n[[message]]\nid = "m{n}"\nsubject = "S {n}"\ntext = "T {n}"\n{each}' for n, each in enumerate(extras)
    )
    root: Path = write(
        {"dripper.toml": f'{SETTINGS}asks = "{asks}"\n', "campaigns/acme/a.toml": HEADER + "".join(messages)}
    )
    return [
        (problem.message_id, problem.message)
        for problem in lint_workspace(load(root), select=("ask-budget",))
        if problem.code == "D208"
    ]


def test_without_a_budget_nothing_may_ask(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "never", GIFT, ASK) == [("m1", "no message may ask")]


@pytest.mark.parametrize(
    ("asks", "extras", "over"),
    [
        ("1 in 4", (GIFT, GIFT, GIFT, ASK), []),
        ("1 in 4", (GIFT, GIFT, ASK), ["m2"]),
        ("1 in 4", (ASK, GIFT, GIFT, ASK, GIFT, GIFT, GIFT), ["m3"]),
        ("1 in 4", (ASK, GIFT, GIFT, GIFT, ASK, GIFT, GIFT, GIFT), []),
        ("1 in 1", (ASK,), []),
    ],
)
def test_as_many_may_ask_as_the_budget_allows(write, asks: str, extras: tuple[str, ...], over: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert [message_id for message_id, _ in told(write, asks, *extras)] == over


def test_a_budget_says_what_it_allows(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "1 in 8", GIFT, ASK) == [("m1", 'over the budget: at "1 in 8" none of 2 messages may ask')]
    assert told(write, "1 in 2", GIFT, ASK, GIFT, ASK, GIFT, ASK, ASK) == [
        ("m6", 'over the budget: at "1 in 2" 3 of 7 messages may ask')
    ]


def test_two_asks_in_a_row_are_one_too_many_within_the_budget(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "1 in 2", GIFT, ASK, ASK, GIFT) == [("m2", 'a second ask in a row, right after "m1"')]


def test_asks_to_different_readers_are_not_in_a_row(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "1 in 2", GIFT, ASK + TO_BUYERS, ASK + TO_OTHERS, GIFT) == []


def test_a_gift_that_a_reader_does_not_get_is_none_between_two_asks(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "1 in 2", GIFT, ASK, TO_BUYERS, ASK) == [("m3", 'a second ask in a row, right after "m1"')]


def test_a_budget_that_is_none_is_told_by_the_settings_alone(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, "sometimes", ASK) == []
