"""Mentions from CSV and JSON lines: headers, numbers and dates as people export them; bad rows told and left out."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.model.account import Category, Side, Sure
from dripper.workspace.signals import MOST_TOLD, read_csv_signals, read_json_signals

HEADER = "date,author,reach,text,url,account,names,kind,for,sure,worth\n"


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_csv_signals(StringIO(text, newline=""), file="s.csv").problems]


def test_a_whole_row_is_read() -> None:
    row = '2026-10-06,Weekly,48200,"Acme, again",https://w.example/1,acme,Ana; Ben,market,us,likely,12000 EUR\n'
    (signal,) = read_csv_signals(StringIO(HEADER + row), file="s.csv").signals

    assert (signal.on, signal.author, signal.reach, signal.text) == (date(2026, 10, 6), "Weekly", 48200, "Acme, again")
    assert (signal.url, signal.account, signal.names) == ("https://w.example/1", "acme", ("Ana", "Ben"))
    assert (signal.kind, signal.for_, signal.sure) == (Category.MARKET, Side.US, Sure.LIKELY)
    assert str(signal.worth) == "12000 EUR"


@pytest.mark.parametrize(
    "header",
    [
        "date,author,followers,text",
        "Created at;User name;Follower count;Tweet",
        "published\toutlet\tCirculation\tSnippet",
    ],
)
def test_the_headers_that_people_use_are_understood(header: str) -> None:
    mark = max(",;\t", key=header.count)
    row = mark.join(("2026-10-06T08:30:00Z", "@ana", "12.3k", "Fine"))
    (signal,) = read_csv_signals(StringIO(f"{header}\n{row}\n"), file="s.csv").signals

    assert (signal.on, signal.author, signal.reach, signal.text) == (date(2026, 10, 6), "@ana", 12_300, "Fine")


@pytest.mark.parametrize(
    ("written", "reach"),
    [
        ("", None),
        ("0", 0),
        ("48,200", 48_200),
        ("48.200", 48_200),
        ("48 200", 48_200),
        ("1.2M", 1_200_000),
        ("9k", 9000),
    ],
)
def test_reach_is_read_as_platforms_write_it(written: str, reach: int | None) -> None:
    (signal,) = read_csv_signals(
        StringIO(f'date,author,reach,text\n2026-10-06,a,"{written}",x\n'), file="s.csv"
    ).signals
    assert signal.reach == reach


BAD = {
    "no date": (",a,,x,,,,,,,\n", "s.csv:2:1 D515 the date is missing"),
    "an ambiguous date": ("10/12/2026,a,,x,,,,,,,\n", 's.csv:2:1 D515 "10/12/2026" is no date'),
    "no author": ("2026-10-06,,,x,,,,,,,\n", "s.csv:2:12 D515 the author is missing"),
    "no text": ("2026-10-06,a,,,,,,,,,\n", "s.csv:2:15 D515 the text is missing"),
    "no number": ("2026-10-06,a,many,x,,,,,,,\n", 's.csv:2:14 D515 "many" is no number of people'),
    "too many people": ("2026-10-06,a,99999999999,x,,,,,,,\n", "more people than there are"),
    "no kind": ("2026-10-06,a,,x,,,,trend,us,,\n", '"trend" is none of the words'),
    "half an angle": ("2026-10-06,a,,x,,,,market,,,\n", "an angle needs both kind and for"),
    "confirmed": ("2026-10-06,a,,x,,,,market,us,confirmed,\n", "a mention confirms nothing"),
    "no money": ("2026-10-06,a,,x,,,,market,us,,lots\n", "s.csv:2:31 D515"),
    "unprintable": ("2026-10-06,a,,x\x1b[31m,,,,,,,\n", "cannot be printed"),
    "a quote that is never closed": ('2026-10-06,a,,"x,,,,,,,\n', "never closed"),
}


@pytest.mark.parametrize(("row", "said"), BAD.values(), ids=BAD)
def test_a_bad_row_is_told_at_its_cell_and_the_others_are_taken(row: str, said: str) -> None:
    good = "2026-10-07,b,,fine,,,,,,,\n"
    found = read_csv_signals(StringIO(HEADER + row + ("" if "never" in said else good)), file="s.csv")

    assert said in str(found.problems[0])
    assert found.problems[0].cure
    assert [signal.author for signal in found.signals] == ([] if "never" in said else ["b"])


def test_a_file_that_names_no_columns_says_which_are_missing() -> None:
    (said,) = problems("2026-10-06,a,x\n")
    assert "missing: date, author, text" in said


def test_a_first_line_without_end_names_no_columns() -> None:
    (said,) = problems("a" * 200_000)
    assert "missing: date, author, text" in said


def test_so_many_bad_rows_are_told_and_the_rest_counted() -> None:
    found = read_csv_signals(StringIO(HEADER + "never,a,,x,,,,,,,\n" * (MOST_TOLD + 7)), file="s.csv")
    assert (len(found.problems), found.more, found.left_out) == (MOST_TOLD, 7, MOST_TOLD + 7)
    assert found.told[-1].message == "7 more rows of this file cannot be used"


def test_json_lines_may_hold_the_author_as_an_object() -> None:
    line = json.dumps(
        {
            "created_at": "2026-10-06T08:30:00Z",
            "user": {"screen_name": "ana", "followers_count": 99},
            "full_text": "Acme\nrocks",
            "mentions": ["Acme", "Ben"],
        }
    )
    (signal,) = read_json_signals(StringIO(line), file="s.jsonl").signals

    assert (signal.author, signal.reach, signal.text, signal.names) == ("ana", 99, "Acme rocks", ("Acme", "Ben"))


def test_lines_that_are_no_objects_are_told_with_their_lines() -> None:
    found = read_json_signals(StringIO('"a":\n\n[1]\n{"date": "2026-10-06", "author": "a"}\n'), file="s.jsonl")

    said = [str(problem) for problem in found.problems]
    assert [text.split()[0] for text in said] == ["s.jsonl:1:4", "s.jsonl:3:1", "s.jsonl:4:1"]
    assert "text: the text is missing" in said[2]


@given(st.text(max_size=200))
def test_no_text_breaks_a_reader(text: str) -> None:
    for found in (
        read_csv_signals(StringIO(HEADER + text, newline=""), file="s.csv"),
        read_csv_signals(StringIO(text, newline=""), file="s.csv"),
        read_json_signals(StringIO(text, newline=""), file="s.jsonl"),
    ):
        assert all(problem.span.line >= 1 and problem.cure for problem in found.problems)
