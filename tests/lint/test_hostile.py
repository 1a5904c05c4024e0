from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.draft import Draft, read_draft, read_line
from dripper.lint.mail import read_mail
from dripper.lint.options import Options
from dripper.lint.rule import Rule, Writing
from dripper.lint.rules import RULES
from dripper.lint.runner import lint_draft
from dripper.problem import Problem

PROSE = [rule for rule in RULES if rule.on_message and rule.drafts]
PIECES = [
    "a", "a ", ".", "a.", ".a", "a.b.", "?", "?\n", "'", '"', "@", "@a", "#", "#1", "#a", "://", "http://", "www.", "-",
    "a-", "please ", "would be ", "could you, ", ", ", "if, ", "call ", "Call ", "go- ", "1.", "1,", "\n", "\r", "\t",
    "[A", "{a", "<!--", "-->",
    "é", "e\u0301", "👩‍👧", "\u202e", "\x00", "\u2028", "“",
]  # fmt: skip
IN_LINE = [piece for piece in PIECES if "\n" not in piece and "\r" not in piece]


@pytest.mark.parametrize("rule", PROSE, ids=lambda rule: rule.code)
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_hundred_kilobytes_of_anything_take_no_rule_long(rule: Rule, piece: str) -> None:
    draft = read_draft(piece * (100_000 // len(piece.encode())) + "x")
    began = time.perf_counter()

    for _ in zip(range(1000), rule.on_message(Writing(subject=None, text=draft.text, chars=140)) or (), strict=False):  # type: ignore[misc]
        pass

    assert time.perf_counter() - began < 5


def check(draft: Draft) -> list[Problem]:
    return lint_draft(draft, "x", Options(), tuple(rule for rule in RULES if rule.drafts))


def inside(problem: Problem, lines: list[str]) -> bool:
    span = problem.span
    return (
        (span.line, span.column) <= (span.end_line, span.end_column)
        and 1 <= span.line <= span.end_line <= len(lines)
        and span.column <= len(lines[span.line - 1]) + 1
        and span.end_column <= len(lines[span.end_line - 1]) + 1
    )


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_place_lies_in_the_draft(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    assert all(inside(problem, lines) for problem in check(read_draft(text)))


@given(
    st.lists(st.sampled_from([each for each in PIECES if "\n" not in each and "\r" not in each]), max_size=60).map(
        "".join
    )
)
def test_every_place_lies_in_its_line(text: str) -> None:
    lines = ["", "", text]

    assert all(inside(problem, lines) and problem.span.line == 3 for problem in check(read_line(text, 3)))


@given(st.text(max_size=300))
def test_no_mail_crashes_the_linter(text: str) -> None:
    check(read_mail(text))
    check(read_mail(f"Subject: a\nContent-Type: text/plain; charset={text[:9]!r}\n\n{text}"))
