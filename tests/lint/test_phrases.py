from __future__ import annotations

import pytest
from fakes.effort import spent

from dripper.lint.phrases import PhraseTable
from dripper.text.words import token_words


def found(entry: str, text: str) -> list[tuple[str, str]]:
    words = token_words(text)
    return [(" ".join(words[first : last + 1]), value) for first, last, value in PhraseTable([entry]).matches(words)]


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        pytest.param("in order to -> to", "In order to grow", [("in order to", "to")], id="words"),
        pytest.param("in order to -> to", "in the order to come", [], id="other words between"),
        pytest.param("in order to -> to", "in order. To grow", [], id="a mark between"),
        pytest.param("prior to -> before", "Prior to May, prior to June", [("prior to", "before")] * 2, id="twice"),
        pytest.param("i'm/i_am here", "I’m here, I am here", [("i'm here", ""), ("i am here", "")], id="choices"),
        pytest.param("use/uses up -> eat/eats", "She uses up", [("uses up", "eats")], id="a value that goes with it"),
        pytest.param("the? fact that", "The fact that, fact that", [("the fact that", ""), ("fact that", "")], id="?"),
        pytest.param("would * help", "it would help", [("would help", "")], id="no word between"),
        pytest.param("would * help", "it would very much help", [("would very much help", "")], id="two between"),
        pytest.param("would * help", "it would, you see, help", [], id="more and marks between"),
        pytest.param("^ happy monday", "Hi Ana, happy Monday", [("happy monday", "")], id="behind a mark"),
        pytest.param("^ happy monday", "What a happy Monday", [], id="not at the beginning"),
        pytest.param("you are well $", "You are well.", [("you are well", "")], id="before a mark"),
        pytest.param("you are well $", "You are well insured", [], id="not at the end"),
        pytest.param("a b", "b a", [], id="too short before"),
        pytest.param("a b", "b a", [], id="too short behind"),
        pytest.param("* a", "is a", [("is a", "")], id="a short word behind any"),
        pytest.param("?", "why ?", [("?", "")], id="a mark"),
        pytest.param("and / or -> or", "and/or", [("and / or", "or")], id="a stroke"),
    ],
)
def test_an_entry_stands_where_its_words_do(entry: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(entry, text) == expected


def test_of_two_that_overlap_the_first_and_longest_counts() -> None:
    table = PhraseTable(["the fact -> a", "due to the fact that -> because", "that is"])

    assert [match.value for match in table.matches(["due", "to", "the", "fact", "that", "is"])] == ["because"]


def test_a_text_without_a_cue_has_no_phrase() -> None:
    table = PhraseTable(["in order to", "i/we? hope"])

    assert table.cues == {"order", "hope"}


def test_a_phrase_is_looked_for_by_words_that_are_not_common() -> None:
    table = PhraseTable(["through the use of", "i'm/i_am at the fair/show"], common=["the", "of", "through", "show"])

    assert table.cues == {"use", "i'm", "am"}
    assert [match.last for match in table.matches(["i", "am", "at", "the", "show"])] == [4]


def test_a_long_text_takes_time_for_its_length_only() -> None:
    words = ["a", "order"] * 50_000
    table = PhraseTable(["in order to", "order * order * order", "* order"])

    assert any(table.matches(words))
    assert spent(lambda: list(table.matches(words))) < 5
