from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lsp.cursor import Place, cursor_at

CASES = [
    ("|", Place.KEY, (), (), ""),
    ("ev|", Place.KEY, (), (), "ev"),
    ("every = |", Place.VALUE, (), ("every",), ""),
    ("every =|", Place.VALUE, (), ("every",), ""),
    ('every = "2 |weeks"\nat = 1', Place.TEXT, (), ("every",), "2 weeks"),
    ('every = "2 |weeks\nat = 1', Place.TEXT, (), ("every",), "2 weeks"),
    ("on = [|", Place.VALUE, (), ("on",), ""),
    ('on = ["mon", |]\nat = 1', Place.VALUE, (), ("on",), ""),
    ("on = [\n  |\n]\n", Place.VALUE, (), ("on",), ""),
    ('[[message]]\nsub|\ntext = "a"\n', Place.KEY, ("message",), (), "sub"),
    ('[[message]]\ntext = """hi\n{{ contact.|', Place.TEXT, ("message",), ("text",), "hi\n{{ contact."),
    ("[[message]]\ntext = '''a|'''\nid = 1", Place.TEXT, ("message",), ("text",), "a"),
    ("smtp = { |", Place.KEY, ("smtp",), (), ""),
    ('smtp = { host = "a", po|\n[x]', Place.KEY, ("smtp",), (), "po"),
    ("[mailbox.dana]\nsmtp = { password = { | } }", Place.KEY, ("mailbox", "dana", "smtp", "password"), (), ""),
    ("[mes|", Place.HEADER, ("mes",), (), "[mes"),
    ("[[|]]", Place.HEADER, ("",), (), "[[]]"),
    ("[[message]] |", Place.NOTHING, ("message",), (), " "),
    ("at = 1 # c|", Place.NOTHING, (), ("at",), "# c"),
    ("at |= 1", Place.NOTHING, ("at",), (), ""),
    ("at = 1 |", Place.NOTHING, (), ("at",), ""),
    ("only.ro|", Place.KEY, ("only",), (), "ro"),
    ('lint = { ignore = ["D1|"] }', Place.TEXT, ("lint",), ("ignore",), "D1"),
    ("[[metric]]\nbenchmark = { values = [1], | }", Place.KEY, ("metric", "benchmark"), (), ""),
    ("'q|' = 1", Place.KEY, (), (), "q"),
    # What was left open further up is not held against the line below.
    ('on = [\n"tue"\n[[message]]\nte|', Place.KEY, ("message",), (), "te"),
    ('on = ["tue"\nev|ery = 1', Place.KEY, (), (), "every"),
    ("smtp = { host = \nev|", Place.KEY, (), (), "ev"),
    ('x = "never closed\nev|', Place.KEY, (), (), "ev"),
    ("= = ] }\r\nev|", Place.KEY, (), (), "ev"),
]


@pytest.mark.parametrize(("marked", "place", "table", "key", "typed"), CASES, ids=[repr(case[0]) for case in CASES])
def test_the_cursor_is_found(
    marked: str, place: Place, table: tuple[str, ...], key: tuple[str, ...], typed: str
) -> None:
    offset, text = marked.index("|"), marked.replace("|", "", 1)
    cursor = cursor_at(text, offset)
    assert (cursor.place, text[cursor.start : cursor.end]) == (place, typed)
    assert (cursor.table, cursor.key) == (table, key)


def test_the_keys_of_the_table_are_those_above_and_below_but_not_of_others() -> None:
    text = "id = 1\n[[message]]\nsubject = 1\n\ntext = { a = 1 }\n[[message]]\ngift = 1\n"
    assert cursor_at(text, text.index("\ntext")).keys == {"subject", "text"}
    assert cursor_at(text, len(text)).keys == {"gift"}
    assert cursor_at(text, 0).keys == set()


TOML = st.text(alphabet="ab=.,[]{}\"'#\\\r\n \t\U0001f600", max_size=40)


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_a_header_may_be_indented(offset: int) -> None:
    assert 0 <= cursor_at(" [", offset).start <= 2


@given(text=TOML, data=st.data())
def test_whatever_stands_there_the_cursor_is_somewhere(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    cursor = cursor_at(text, offset)
    assert 0 <= cursor.start <= cursor.end <= len(text)


@pytest.mark.parametrize("piece", ["[", "{", '"', "'", '"""', "a.", "a = [", "a = {", "\\", "#", "\r", '"""\\'])
def test_a_hostile_text_takes_no_longer_than_a_long_one(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert cursor_at(text, len(text)).end <= len(text)
