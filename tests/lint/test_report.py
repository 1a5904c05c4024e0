from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.report.columns import cells, folded, underlined, visible
from dripper.lint.report.formats import Format, report
from dripper.lint.report.json import json_report, problem_data
from dripper.lint.report.jsonl import jsonl_report
from dripper.lint.report.shown import Shown
from dripper.lint.report.statistics import counted, statistics_json, statistics_text
from dripper.lint.report.text import text_report
from dripper.problem import Problem, Severity, Span

PROBLEM = Problem(
    file="a.txt",
    span=Span(line=1, column=5, end_line=1, end_column=9),
    code="D301",
    name="link",
    severity=Severity.ERROR,
    message="a link: b.co",
    cure="leave it out",
)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("plain", 5),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("ｆｕｌｌ", 8),
        ("a\u200bb", 2),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🇩🇪🇫🇷", 4),
        ("\u1112\u1161\u11ab", 2),
        ("co\u00adop", 5),
    ],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("line", "word", "below"),
    [
        ("see acme.com now", "acme.com", "    ^^^^^^^^"),
        ("日本 acme.com", "acme.com", "     ^^^^^^^^"),
        ("e\u0301e\u0301 acme.com", "acme.com", "   ^^^^^^^^"),
        ("👩‍👩‍👧 acme.com", "acme.com", "   ^^^^^^^^"),
        ("\ta\tacme.com", "acme.com", "\t \t^^^^^^^^"),
        ("at 日本", "日本", "   ^^^^"),
    ],
)
def test_the_marks_stand_below_the_words(line: str, word: str, below: str) -> None:
    start = line.index(word)
    shown, blanks, marks = underlined(line, start, start + len(word))

    assert (shown, blanks + marks) == (line, below)


def test_of_a_long_line_the_part_round_the_words_is_shown() -> None:
    line = "x" * 5000 + "acme.com" + "y" * 5000
    shown, blanks, marks = underlined(line, 5000, 5008)

    assert len(shown) < 200
    assert shown[len(blanks) : len(blanks) + len(marks)] == "acme.com"


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_line_can_be_underlined(line: str, start: int, end: int) -> None:
    shown, _, marks = underlined(line, start, end)

    assert marks
    assert "\x1b" not in shown


def ends_of_marks(line: str, word: str, width: int) -> tuple[str, str]:
    """Return what stands above the marks, and the whole line above them."""
    start = line.index(word)
    shown, blanks, marks = underlined(line, start, start + len(word), width)
    at = [cells(shown[:number]) for number in range(len(shown) + 1)]
    return shown[at.index(cells(blanks)) : len(at) - 1 - at[::-1].index(cells(blanks + marks))], shown


@pytest.mark.parametrize("width", [20, 37, 76, 116])
@pytest.mark.parametrize("before", ["", "to ", "plain words " * 9, "日本の店 " * 9, "👩‍👩‍👧❤️🇩🇪e\u0301 " * 9])
@pytest.mark.parametrize("after", ["", " ok", " plain words" * 9, " 日本の店" * 9, " 👩‍👩‍👧❤️🇩🇪e\u0301" * 9])
@pytest.mark.parametrize("word", ["acme.com", "日本語", "👍🏽❤️"])
def test_in_a_narrow_terminal_the_marks_stand_below_the_words(before: str, word: str, after: str, width: int) -> None:
    line = before + word + after
    marked, shown = ends_of_marks(line, word, width)

    assert marked == word
    assert cells(shown) <= width
    assert shown.strip("…") in line
    assert (shown.startswith("…"), shown.endswith("…")) == (
        not line.startswith(shown.strip("…")),
        not line.endswith(shown.strip("…")),
    )


@given(st.text("a日e\u0301👩\u200d️🇩 ", max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(20, 90))
def test_no_line_is_wider_than_the_terminal(line: str, start: int, length: int, width: int) -> None:
    shown, blanks, marks = underlined(line, start, start + length, width)

    assert cells(shown) <= width
    assert len(blanks + marks) <= width


@pytest.mark.parametrize(
    ("text", "first", "lines"),
    [
        ("one two three four", 10, ["one two", "three four"]),
        ("one two three four", 2, ["", "one two", "three four"]),
        ("日本の店 日本の店", 10, ["日本の店", "日本の店"]),
        ("a-word-that-is-too-long for it", 10, ["", "a-word-that-is-too-long", "for it"]),
        ("", 10, [""]),
    ],
)
def test_prose_is_folded_between_words(text: str, first: int, lines: list[str]) -> None:
    assert folded(text, 10, first) == lines


LONG = PROBLEM._replace(message=f"{PROBLEM.message} and " * 6 + "more", cure="leave it out, " * 9 + "or not")


def test_in_a_terminal_message_and_cure_hang_below_their_beginnings() -> None:
    lines = list(text_report([Shown(LONG, "see b.co now, " * 12)], colour=False, width=60))

    assert max(map(cells, lines)) <= 60
    assert lines == [
        "a.txt:1:5 D301 link a link: b.co and a link: b.co and a",
        "    link: b.co and a link: b.co and a link: b.co and a link:",
        "    b.co and more",
        "  | see b.co now, see b.co now, see b.co now, see b.co now,…",
        "  |     ^^^^",
        "  = leave it out, leave it out, leave it out, leave it out,",
        "    leave it out, leave it out, leave it out, leave it out,",
        "    leave it out, or not",
        "1 problem in 1 file",
    ]


def test_where_there_is_no_terminal_a_message_stays_on_its_line() -> None:
    assert len(list(text_report([Shown(LONG, "see b.co now")], colour=False))) == 5


def test_what_could_command_a_terminal_is_not_shown() -> None:
    assert visible("a\x1b[31mb\u202ec\td") == "a\ufffd[31mb\ufffdc\td"


def test_the_text_report_shows_place_words_cure_and_count() -> None:
    assert list(text_report([Shown(PROBLEM, "see b.co now")], colour=False)) == [
        "a.txt:1:5 D301 link a link: b.co",
        "  | see b.co now",
        "  |     ^^^^",
        "  = leave it out",
        "1 problem in 1 file",
    ]


def test_the_text_report_says_that_there_is_nothing() -> None:
    assert list(text_report([], colour=False)) == ["No problems."]


@pytest.mark.parametrize("width", [None, 60])
def test_colour_changes_nothing_but_the_colour(width: int | None) -> None:
    import re

    plain = list(text_report([Shown(LONG, "see b.co now")], colour=False, width=width))
    coloured = list(text_report([Shown(LONG, "see b.co now")], colour=True, width=width))

    assert plain != coloured
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == plain


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_json_report_is_one_document(count: int) -> None:
    document = json.loads("\n".join(json_report([Shown(PROBLEM)] * count)))

    assert document["version"] == 1
    assert len(document["problems"]) == count


def test_a_problem_has_the_documented_keys() -> None:
    (data,) = json.loads("\n".join(json_report([Shown(PROBLEM)])))["problems"]

    assert data == {
        "file": "a.txt",
        "line": 1,
        "column": 5,
        "end_line": 1,
        "end_column": 9,
        "code": "D301",
        "name": "link",
        "severity": "error",
        "message": "a link: b.co",
        "cure": "leave it out",
        "message_id": None,
        "contact": None,
    }


def test_json_lines_have_the_shape_of_the_json_report() -> None:
    lines = list(jsonl_report([Shown(PROBLEM), Shown(PROBLEM)]))

    assert [json.loads(line) for line in lines] == [problem_data(PROBLEM)] * 2
    assert list(jsonl_report([])) == []


def test_the_text_report_tells_how_many_can_be_fixed() -> None:
    fixable = PROBLEM._replace(replacement="!")

    assert (
        list(text_report([Shown(PROBLEM), Shown(fixable)], colour=False))[-1]
        == "2 problems in 1 file, 1 fixable with --fix"
    )


def found(*codes: str, fixable: bool = False) -> list[Shown]:
    return [Shown(PROBLEM._replace(code=code, name=f"n-{code}", replacement="" if fixable else None)) for code in codes]


def test_statistics_count_by_rule_the_most_frequent_first() -> None:
    counts = counted([*found("D302", "D301", "D302", "D101"), *found("D101", fixable=True)])

    assert list(statistics_text(counts)) == [
        "2  D101  n-D101  error    1 fixable with --fix",
        "2  D302  n-D302  error",
        "1  D301  n-D301  error",
        "5 problems of 3 rules",
    ]


def test_statistics_for_machines_say_the_same() -> None:
    (document,) = statistics_json(counted(found("D301", "D301")))

    assert json.loads(document) == {
        "version": 1,
        "statistics": [{"code": "D301", "name": "n-D301", "severity": "error", "count": 2, "fixable": 0}],
    }
    assert list(statistics_text([])) == ["No problems."]


@pytest.mark.parametrize("form", list(Format))
def test_every_format_is_there_and_reads_one_problem_at_a_time(form: Format) -> None:
    read: list[int] = []

    def endless() -> Iterator[Shown]:
        for number in count():
            read.append(number)
            yield Shown(PROBLEM, "see b.co now")

    lines = report(form, endless())
    for _ in range(20):
        next(lines)
    assert len(read) <= 20
