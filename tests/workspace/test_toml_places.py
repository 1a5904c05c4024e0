"""Every value of a TOML text has its place, and every character of a string has its own; over generated documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tomli
from hypothesis import given
from hypothesis import strategies as st

from dripper.problem import Lines, Span
from dripper.workspace.toml import Document

PLAIN = "aZ9 é ß 😀 漢 . = [ # ]"
ESCAPES = st.sampled_from([r"\n", r"\t", r"\"", r"\\", r"\u00e9", r"\U0001F600", r"\u2028"])
characters = st.sampled_from(PLAIN.replace(" ", "") + " ")


def joined(*pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*pieces), max_size=12).map("".join)


def strings(end: str) -> st.SearchStrategy[str]:
    """Strings in TOML's four spellings, for a document whose lines end in `end`."""
    fold = st.sampled_from(["\\" + end, "\\" + end + "  " + end + "\t", "\\  " + end])
    return st.one_of(
        joined(characters, ESCAPES, st.just("'")).map('"{}"'.format),
        joined(characters, st.just('"'), st.just("\\")).map("'{}'".format),
        joined(characters, ESCAPES, st.just(end), fold, st.just("'"), st.just('"a')).map(f'"""{end}{{}}"""'.format),
        joined(characters, ESCAPES, st.just(end), fold).map('"""{}"""'.format),
        joined(characters, st.just(end), st.just('"'), st.just("\\")).map("'''{}'''".format),
        joined(characters, st.just(end)).map(f"'''{end}{{}}'''".format),
        st.just('"""the quote stands ""inside"""""'),
    )


def values(end: str) -> st.SearchStrategy[str]:
    scalars = strings(end) | st.sampled_from(["1", "-0x1F".removeprefix("-"), "1.50", "true", "2026-12-01", "09:30:00"])
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: f"[{end} # é{end} {', '.join(items)} ]"),
            st.lists(inner, max_size=3).map(
                lambda items: "{ " + ", ".join(f"k{number}.x = {item}" for number, item in enumerate(items)) + " }"
            ),
        ),
        max_leaves=5,
    )


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A TOML text with dotted and quoted keys, tables, arrays of tables, comments and either line end."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    keys = ["a{}", '"é {}"', "'q.{}'", "d.e{}", '"\\u00e9".f{}']
    headers = ["", "[t{}]", "[[many]]", "[[many.inner]]", '[ "é{}" . x ]', "[t{}.u.v]"]
    lines: list[str] = []
    opened = False
    for number in range(draw(st.integers(1, 4))):
        header = draw(st.sampled_from(headers)) if number else ""
        header = "[[many]]" if header == "[[many.inner]]" and not opened else header
        opened = opened or header == "[[many]]"
        if number and not header:
            continue
        lines.append(header.format(number))
        for place in range(draw(st.integers(0, 3))):
            key = draw(st.sampled_from(keys)).format(f"{number}{place}")
            lines.append(f"{key} = {draw(values(end))} {draw(st.sampled_from(['', '# n😀te']))}")
    return end.join(lines) + draw(st.sampled_from(["", end]))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, step))
    elif path:
        yield path, value


def source(text: str, span: Span) -> str:
    starts = Lines(text)._starts
    return text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


def parsed(text: str) -> Document:
    document = Document.parse("file.toml", text)
    assert isinstance(document, Document), (text, document)
    return document


@given(documents())
def test_the_place_of_a_value_reads_as_that_value(text: str) -> None:
    document = parsed(text)

    for path, value in leaves(document.data):
        written = source(text, document.value_span(path))
        assert parsed(f"x = {written}").data["x"] == value


@given(documents())
def test_the_place_of_a_key_reads_as_that_key(text: str) -> None:
    document = parsed(text)

    for path, _ in leaves(document.data):
        if isinstance(path[-1], str):
            assert tomli.loads(f"{source(text, document.key_span(path))} = 0") == {path[-1]: 0}


@given(documents())
def test_every_character_of_a_string_has_the_place_that_it_was_written_at(text: str) -> None:
    document = parsed(text)

    for path, value in leaves(document.data):
        if isinstance(value, str):
            passage = document.passage(path)
            assert passage.text == value
            for index, character in enumerate(value):
                written = source(text, passage.locate(index, index + 1))
                told = tomli.loads(f'x = "{written}"')["x"] if written[0] == "\\" and written != "\\" else written
                assert told.replace("\r\n", "\n") == character


@given(documents(), st.data())
def test_no_place_lies_outside_the_text(text: str, data: st.DataObject) -> None:
    document = parsed(text)
    last = Lines(text).position(len(text))

    for path, value in leaves(document.data):
        spans = [document.key_span(path), document.value_span(path), document.value_span((*path, "none"))]
        if isinstance(value, str):
            start = data.draw(st.integers(0, len(value) + 2))
            spans.append(document.passage(path).locate(start, start + data.draw(st.integers(0, 5))))
        for span in spans:
            assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column) <= last


@given(documents())
def test_every_comment_is_found_and_nothing_else(text: str) -> None:
    document = parsed(text)

    assert all(comment.text in ("# é", "# n😀te") for comment in document.comments)
    assert all(source(text, comment.span) == comment.text for comment in document.comments)
    assert sum(comment.text == "# n😀te" for comment in document.comments) == text.count("# n😀te")


@given(st.text(alphabet="ab=.[]{}\"'\\#\n\r\t, 1é\x00\ufeff😀", max_size=60))
def test_any_text_is_a_document_or_a_problem_within_it(text: str) -> None:
    found = Document.parse("file.toml", text)

    if isinstance(found, Document):
        for path, _ in leaves(found.data):
            assert found.key_span(path).line <= text.count("\n") + text.count("\r") + 1
    else:
        assert found.code == "D501"
        assert found.span.line <= Lines(text).position(len(text))[0]
