from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from dripper.lsp.positions import Sheet
from dripper.problem import Span

ENCODINGS = ["utf-8", "utf-16", "utf-32"]
# An emoji, a combining mark, a tab, every line end and what only looks like one.
TEXTS = st.text(alphabet="aé\u0301\u4e2d\U0001f600\t\r\n\u2028\x0c ", max_size=30)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 6), ("utf-16", 4), ("utf-32", 3)], ids=str)
def test_a_column_is_counted_in_the_units_that_were_agreed_on(encoding: str, column: int) -> None:
    sheet = Sheet("\t\U0001f600ax\n", encoding)
    assert sheet.position(3) == Position(0, column)
    assert sheet.offset(Position(0, column)) == 3


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 18), ("utf-16", 8), ("utf-32", 5)])
def test_an_emoji_of_many_parts_is_as_wide_as_its_parts(encoding: str, width: int) -> None:
    assert Sheet(f"{FAMILY}!", encoding).position(len(FAMILY)) == Position(0, width)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_a_position_leads_back_to_its_offset(encoding: str, text: str, data: st.DataObject) -> None:
    sheet = Sheet(text, encoding)
    offset = data.draw(st.integers(0, len(text)))
    inside_line_end = text[offset - 1 : offset + 1] == "\r\n"
    assert sheet.offset(sheet.position(offset)) == (offset - 1 if inside_line_end else offset)


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        pytest.param(Position(0, 99), 3, id="behind the end of a line"),
        pytest.param(Position(1, 99), 8, id="behind the end of the last line"),
        pytest.param(Position(9, 0), 8, id="below the last line"),
    ],
)
def test_a_position_outside_the_text_is_taken_for_the_nearest(position: Position, offset: int) -> None:
    assert Sheet("one\r\ntwo").offset(position) == offset


def test_a_position_within_a_character_is_taken_for_its_begin() -> None:
    assert Sheet("\U0001f600").offset(Position(0, 1)) == 0


@pytest.mark.parametrize("mark", ["\u2028", "\x0c", "\x85", "\x0b", "\x1e"])
def test_only_line_ends_of_the_protocol_end_a_line(mark: str) -> None:
    sheet = Sheet(f"a{mark}b\nc")
    assert sheet.position(4) == Position(1, 0)
    assert sheet.changed("x", Range(Position(1, 0), Position(1, 1))).text == f"a{mark}b\nx"


def test_a_span_is_where_the_words_are() -> None:
    sheet = Sheet("é\U0001f600 one\r\ntwo")
    assert sheet.offsets(Span(line=1, column=4, end_line=2, end_column=4)) == (3, 11)
    assert sheet.range(3, 11) == Range(Position(0, 4), Position(1, 3))


def test_half_of_a_pair_is_no_character() -> None:
    assert Sheet("a\ud83d").text == "a\ufffd"


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, new=TEXTS, data=st.data())
def test_a_change_replaces_what_its_range_names(encoding: str, text: str, new: str, data: st.DataObject) -> None:
    sheet = Sheet(text, encoding)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    assert sheet.changed(new, sheet.range(start, end)).text == text[:start] + new + text[end:]


def test_a_change_without_a_range_replaces_everything() -> None:
    assert Sheet("one").changed("two", None).text == "two"
