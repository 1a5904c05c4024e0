from __future__ import annotations

from decimal import Decimal

import pytest

from dripper.problem import Problem
from dripper.workspace.faults import Fault
from dripper.workspace.toml import Document


def parsed(text: str) -> Document:
    document = Document.parse("file.toml", text)
    assert isinstance(document, Document)
    return document


def at(span: object) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"  # type: ignore[attr-defined]


TEXT = '''\
name = "é"   # ß
list = [1, "two"]

[[message]]
text = """
One \\
    two
three \\u00e9!"""

[[message]]
only = { role = 'VP' }
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param(("name",), "1:8-1:11", id="behind a letter of two bytes"),
        pytest.param(("list", 1), "2:12-2:17", id="an item of a list"),
        pytest.param(("message", 0), "4:1-4:12", id="a table is its header"),
        pytest.param(("message", 1, "only", "role"), "11:17-11:21", id="inside braces"),
        pytest.param(("message", 1, "none"), "10:1-10:12", id="what is not there is its table"),
        pytest.param(("none", 3), "1:1-1:1", id="what is nowhere is the file's start"),
    ],
)
def test_a_path_leads_to_the_place_of_its_value(path: tuple[str | int, ...], place: str) -> None:
    assert at(parsed(TEXT).value_span(path)) == place


@pytest.mark.parametrize(
    ("word", "place"),
    [
        pytest.param("One", "6:1-6:4", id="the line break after the quotes is no text"),
        pytest.param("One two", "6:1-7:8", id="over the swallowed line end"),
        pytest.param("three", "8:1-8:6", id="after a line end that counts"),
        pytest.param("é", "8:7-8:13", id="an escape is as wide as it is written"),
        pytest.param("!", "8:13-8:14", id="behind an escape"),
    ],
)
def test_a_word_in_a_text_of_several_lines_has_its_own_place(word: str, place: str) -> None:
    passage = parsed(TEXT).passage(("message", 0, "text"))

    start = passage.text.index(word)
    assert at(passage.locate(start, start + len(word))) == place


def test_a_place_behind_the_text_is_its_end() -> None:
    passage = parsed('a = "xy"').passage(("a",))

    assert at(passage.locate(2, 2)) == "1:8-1:8"
    assert at(passage.locate(9, 12)) == "1:8-1:8"


def test_an_empty_text_is_placed_at_its_quotes() -> None:
    assert at(parsed('a = ""').passage(("a",)).locate(0, 0)) == "1:5-1:7"


def test_a_byte_order_mark_is_no_column() -> None:
    assert at(parsed('\ufeffa = "x"').value_span(("a",))) == "1:5-1:8"


def test_numbers_stay_exact() -> None:
    assert parsed("a = 0.1").data == {"a": Decimal("0.1")}


def test_a_sharp_within_quotes_is_no_comment() -> None:
    document = parsed('a = "# no"  # yes\n# and\n[t] # three\nb = [ # four\n1]')

    assert [(comment.text, comment.line) for comment in document.comments] == [
        ("# yes", 1),
        ("# and", 2),
        ("# three", 3),
        ("# four", 4),
    ]


def test_a_comment_ends_before_the_line_end() -> None:
    (comment,) = parsed("a = 1 # é\r\nb = 2\r\n").comments

    assert (comment.text, at(comment.span)) == ("# é", "1:7-1:10")


def test_the_second_table_of_an_array_holds_its_own_tables() -> None:
    document = parsed("[[m]]\n[m.t]\na = 1\n[[m]]\n[m.t]\na = 2")

    assert at(document.value_span(("m", 1, "t", "a"))) == "6:5-6:6"
    assert document.first_header_below(()) == 1
    assert document.first_header_below(("m", 1)) == 5
    assert document.first_header_below(("m", 1, "t")) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('a = "x\nb = 1', "1:7 this is no TOML: the quotes are not closed on this line", id="open quotes"),
        pytest.param('a = """x', "1:9 this is no TOML: the quotes are never closed", id="three open quotes"),
        pytest.param("a = x", "1:5 this is no TOML: this is no value", id="a bare word"),
        pytest.param("a = 'it's'", "1:9 this is no TOML: more stands on this line than a key and its value", id="more"),
        pytest.param("é = 1", "1:1 this is no TOML: this is neither a key nor a table", id="a bare key of ours only"),
        pytest.param("a = 1\na = 2", "2:6 this is no TOML: this key stands there already", id="twice"),
        pytest.param("[a]\n[a]", "2:3 this is no TOML: this table stands there already", id="a table twice"),
        pytest.param("a", "1:2 this is no TOML: a key needs = and a value", id="no value"),
        pytest.param("[a", "1:3 this is no TOML: the brackets are not closed", id="an open bracket"),
        pytest.param("a = [1", "1:7 this is no TOML: the list is never closed", id="an open list"),
        pytest.param("a = 2026-02-30", "1:5 this is no TOML: this day or hour does not exist", id="no such day"),
        pytest.param('a = "\\q"', "1:8 this is no TOML: this backslash begins nothing known", id="a stray backslash"),
        pytest.param('a = "\\uD800"', "1:12 this is no TOML: this is the number of no character", id="a surrogate"),
        pytest.param("a = 1\rb = 2", "1:6 this is no TOML: more stands on this line than a key and its value", id="CR"),
        pytest.param("# \x00", "1:3 this is no TOML: a control character stands here", id="NUL"),
        pytest.param("a = " + "[" * 9999, "1:1 this is no TOML: lists or tables nest too deep", id="too deep"),
        pytest.param("a = " + "9" * 9999, "1:1 this is no TOML: a number is too long to be read", id="too long"),
        pytest.param("a = 1e" + "9" * 30, "1:1 this is no TOML: a number is too long to be read", id="too large"),
    ],
)
def test_what_is_no_toml_is_told_at_its_place_in_plain_words(text: str, says: str) -> None:
    problem = Document.parse("file.toml", text)

    assert isinstance(problem, Problem)
    assert f"{problem.span.line}:{problem.span.column} {problem.message}" == says
    assert (problem.code, problem.name) == ("D501", "syntax")
    assert problem.cure


def test_nesting_as_deep_as_the_parser_allows_has_places() -> None:
    document = parsed("a = " + "{a=" * 390 + "1" + "}" * 390)
    path = ("a",) * 391

    assert document.source(path) == "1"


def test_a_key_of_many_parts_has_a_place() -> None:
    assert parsed(".".join("a" * 900) + " = 1").source(("a",) * 900) == "1"


def test_what_only_newer_toml_knows_is_read_and_placed_at_its_table() -> None:
    document = parsed('a = {\n  b = 1,\n  c = "\\e",\n}\n[t]\nd = "x"')

    assert document.data["a"] == {"b": 1, "c": "\x1b"}
    assert at(document.value_span(("t", "d"))) == "6:5-6:8"


def test_a_message_that_quotes_a_long_text_is_cut() -> None:
    problem = parsed("a = 1").problem(Fault.WRONG_VALUE, ("a",), "x" * 5000, "shorten it")

    assert len(problem.message) == 300


@pytest.mark.parametrize(
    ("line", "first"),
    [(1, 1), (2, 2), (3, 2), (4, 2), (5, 5), (6, 6), (7, 7), (8, 8), (9, 8), (10, 8), (99, 99)],
)
def test_a_line_within_a_value_leads_to_that_of_its_key(line: int, first: int) -> None:
    text = 'a = 1\nb = """\none\ntwo"""\n\n[[c]]\nd = { e = 1 }\nf = [\n  1,\n]\n'
    document = Document.parse("a.toml", text)
    assert isinstance(document, Document)
    assert document.first_line_of(line) == first
