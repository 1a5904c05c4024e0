"""The annotations for GitHub: read back as its runner reads them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.report.github import github_report
from dripper.lint.report.shown import Shown
from dripper.problem import Problem, Severity, Span

COMMAND = re.compile(r"::(\w+) ([^\r\n]*?)::([^\r\n]*)")


def shown(line: str = "see b.co now", start: int = 5, end: int = 9, **changed: object) -> Shown:
    given: dict[str, object] = {
        "file": "a.toml",
        "span": Span(line=3, column=start, end_line=3, end_column=end),
        "code": "D301",
        "name": "link",
        "severity": Severity.ERROR,
        "message": "a link: b.co",
        "cure": "leave it out",
    }
    return Shown(Problem(**{**given, **changed}), line)  # type: ignore[arg-type]


def read(each: Shown) -> tuple[str, dict[str, str], str]:
    """Return command, properties and message as the runner understands them."""
    (line,) = github_report([each])
    match = COMMAND.fullmatch(line)
    assert match is not None
    pairs = (pair.split("=", 1) for pair in match[2].split(","))
    return match[1], {key: plain(value) for key, value in pairs}, plain(match[3])


def plain(value: str) -> str:
    for coded, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(coded, character)
    return value


def test_a_problem_is_a_command_of_one_line() -> None:
    assert list(github_report([shown()])) == [
        "::error file=a.toml,line=3,endLine=3,col=5,endColumn=8,title=D301 link::a link: b.co%0Aleave it out"
    ]


def test_without_problems_there_is_nothing_to_say() -> None:
    assert list(github_report([])) == []


@pytest.mark.parametrize(("severity", "command"), [*zip(Severity, ["error", "warning", "notice"], strict=True)])
def test_each_weight_has_its_command(severity: Severity, command: str) -> None:
    assert read(shown(severity=severity))[0] == command


def test_columns_stand_on_one_line_only() -> None:
    over = Span(line=3, column=5, end_line=4, end_column=2)
    _, properties, _ = read(shown(span=over))

    assert properties == {"file": "a.toml", "line": "3", "endLine": "4", "title": "D301 link"}


@pytest.mark.parametrize(
    ("line", "start", "end", "columns"),
    [
        pytest.param("see b.co", 5, 9, ("5", "8"), id="the last character is within"),
        pytest.param("👍 b.co", 3, 7, ("4", "7"), id="an emoji is two"),
        pytest.param("see", 2, 2, ("2", "2"), id="nothing wide is one wide"),
    ],
)
def test_columns_are_as_github_takes_them(line: str, start: int, end: int, columns: tuple[str, str]) -> None:
    _, properties, _ = read(shown(line, start, end))

    assert (properties["col"], properties["endColumn"]) == columns


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_said_comes_out_as_it_went_in(file: str, message: str) -> None:
    _, properties, said = read(shown(file=file, message=message, cure=""))

    assert (properties["file"], said) == (file, message)
