from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.text.unveil import unveiled


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("b\u200book a call", "book a call", id="a zero-width space within a word"),
        pytest.param("b\u00ado\u2060o\ufeffk", "book", id="soft hyphen, word joiner, byte order mark"),
        pytest.param("b\u043e\u043ek", "book", id="Cyrillic letters beside Latin ones"),
        pytest.param("ｂｏｏｋ 𝐚 𝑐all", "book a call", id="full-width and mathematical letters"),
        pytest.param("\u202ebook\u202c", "book", id="marks of direction"),
        pytest.param("книга и сок", "книга и сок", id="a Cyrillic text is what it is"),
        pytest.param("Ελένη said", "Ελένη said", id="a Greek name"),
        pytest.param("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم", id="joiners that the script needs"),
        pytest.param("plain – Zürich", "plain – Zürich", id="nothing hidden"),
    ],
)
def test_a_text_is_read_as_it_is_seen(text: str, seen: str) -> None:
    assert unveiled(text)[0] == seen


def test_the_places_are_those_of_the_text_as_written() -> None:
    plain, places = unveiled("x b\u200book")

    assert plain == "x book"
    assert places == (0, 1, 2, 4, 5, 6, 7)


@given(st.text(alphabet=st.sampled_from("ab \u200b\u200d\u0430\u03bfж👩ｂ\u00ad𝐚"), max_size=30))
def test_each_character_seen_stands_where_it_is_said_to_stand(text: str) -> None:
    plain, places = unveiled(text)

    assert len(plain) <= len(text)
    assert places is None or (len(places) == len(plain) + 1 and list(places) == sorted(set(places)))
    assert unveiled(plain)[0] == plain
