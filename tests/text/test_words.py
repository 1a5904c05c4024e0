from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dripper.text.words import grapheme_offset, graphemes, place, places, sentences, words, written_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("plain", 5, id="ascii"),
        pytest.param("Zürich – 5 €", 12, id="Latin with a dash and a currency"),
        pytest.param("e\u0301te\u0301", 3, id="combining accents"),
        pytest.param("👩‍👩‍👧 ok", 4, id="a family is one character"),
        pytest.param("🇩🇪🇫🇷", 2, id="two flags"),
        pytest.param("a\r\nb", 3, id="CR LF is one"),
        pytest.param("\u1100\u1161\u11a8", 1, id="a syllable of three letters"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_characters_are_counted_as_a_reader_sees_them(text: str, count: int) -> None:
    assert graphemes(text) == count


@given(st.text(max_size=60))
def test_the_short_way_of_counting_agrees_with_the_long_one(text: str) -> None:
    import regex

    assert graphemes(text) == len(regex.findall(r"\X", text))


@given(st.text(max_size=40), st.integers(min_value=0, max_value=45))
def test_an_offset_splits_the_text_after_so_many_characters(text: str, count: int) -> None:
    assert graphemes(text[: grapheme_offset(text, count)]) == min(count, graphemes(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rose 3.5% in May. Then it fell.", ["It rose 3.5% in May.", "Then it fell."], id="decimal"),
        pytest.param("Shops in the U.S. sell more.", ["Shops in the U.S. sell more."], id="initials inside"),
        pytest.param("We sell in the U.S. They do not.", ["We sell in the U.S.", "They do not."], id="initials last"),
        pytest.param("Small shops, e.g. Acme, win.", ["Small shops, e.g. Acme, win."], id="for example"),
        pytest.param("It grew in Q3. Returns fell.", ["It grew in Q3.", "Returns fell."], id="a quarter ends it"),
        pytest.param("Mr. Smith of Acme Inc. said so.", ["Mr. Smith of Acme Inc. said so."], id="titles"),
        pytest.param("Closed at 9 p.m. Returns rose.", ["Closed at 9 p.m.", "Returns rose."], id="hour last"),
        pytest.param("We are No. 1. Still!", ["We are No. 1.", "Still!"], id="number"),
        pytest.param("No. Not yet.", ["No.", "Not yet."], id="no as an answer"),
        pytest.param('He said "why?" Nobody knew.', ['He said "why?"', "Nobody knew."], id="mark inside quotes"),
        pytest.param("Wait... what?! Yes…", ["Wait... what?!", "Yes…"], id="runs of marks"),
        pytest.param("First line\nSecond line", ["First line", "Second line"], id="lines"),
        pytest.param("a wrapped\nsentence goes on", ["a wrapped\nsentence goes on"], id="wrapped line"),
        pytest.param("Call J. P. Ruiz. He counts.", ["Call J. P. Ruiz.", "He counts."], id="initials of a name"),
        pytest.param("Acme Inc. sells more. So?", ["Acme Inc. sells more.", "So?"], id="firm inside"),
        pytest.param("Open at 9 a.m. on Mondays.", ["Open at 9 a.m. on Mondays."], id="hour inside"),
        pytest.param("It fell 3.5%. No. 5 rose.", ["It fell 3.5%.", "No. 5 rose."], id="per cent last, number first"),
        pytest.param("Well... it fell. Hm.", ["Well... it fell.", "Hm."], id="dots inside"),
        pytest.param("It ended.\n\nthen it began", ["It ended.", "then it began"], id="empty line"),
        pytest.param("  \n ", [], id="only space"),
    ],
)
def test_a_text_splits_into_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB .!?\n\"'1é…,"), max_size=80))
def test_sentences_lie_in_order_and_lose_nothing_but_space(text: str) -> None:
    spans = sentences(text)

    assert spans == sorted(spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_words_keep_their_apostrophes_hyphens_and_decimals() -> None:
    assert words("Don’t re-send 3.5% at 10:30, O'Neil!") == ["Don’t", "re-send", "3.5%", "at", "10:30", "O'Neil"]


def test_a_word_knows_its_place_and_has_a_straight_apostrophe() -> None:
    text = "İt’s FINE"

    assert [text[start:end] for start, end in places(text, 0, len(text))] == ["İt’s", "FINE"]
    assert written_words(text) == ["İt's", "FINE"]


@given(st.text("aé’'.-7 \n", max_size=20), st.data())
def test_the_place_of_some_words_is_that_of_the_first_and_the_last(text: str, data: st.DataObject) -> None:
    spans = places(text, 0, len(text))
    assume(spans)
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(spans) - 1)] * 2)))

    assert place(text, 0, len(text), first, last) == (spans[first][0], spans[last][1])
    assert [text[start:end].replace("’", "'") for start, end in spans] == written_words(text)


@pytest.mark.parametrize("piece", ["a.", ".'", "'-", "1.", ". \n", "…!", "e.g. "])
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "x"
    began = time.perf_counter()

    sentences(text)
    places(text, 0, len(text))

    assert time.perf_counter() - began < 5
