from __future__ import annotations

import gc
import tracemalloc
from itertools import product

import pytest
from fakes.effort import spent
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.phrasebook import Phrasebook, apart
from dripper.text.words import token_words


def found(entry: str, text: str) -> list[tuple[str, str]]:
    words = token_words(text)
    matches = apart(Phrasebook({"t": [entry]}).matches(words))
    return [(" ".join(words[match.first : match.last + 1]), match.value) for match in matches]


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
        pytest.param("just? a note", "just a note", [("just a note", "")], id="with and without"),
        pytest.param(
            "a good/great/a_very_good one", "a a very good one", [("a a very good one", "")], id="three words"
        ),
        pytest.param("hi/dear you? $", "dear you, hi", [("dear you", ""), ("hi", "")], id="left out at the end"),
        pytest.param("?", "why ?", [("?", "")], id="a mark"),
        pytest.param("and / or -> or", "and/or", [("and / or", "or")], id="a stroke"),
    ],
)
def test_an_entry_stands_where_its_words_do(entry: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(entry, text) == expected


def test_of_two_that_begin_alike_the_longest_comes_first() -> None:
    book = Phrasebook({"t": ["we -> us", "we all -> all"]})

    assert [match.value for match in book.matches(["we", "all"])] == ["all", "us"]


def test_of_two_that_overlap_the_first_and_longest_counts() -> None:
    book = Phrasebook({"t": ["the fact -> a", "due to the fact that -> because", "due -> owed", "that is"]})

    assert [match.value for match in apart(book.matches(["due", "to", "the", "fact", "that", "is"]))] == ["because"]


def test_tables_are_read_together_and_told_apart() -> None:
    book = Phrasebook({"one": ["in order"], "two": ["order now -> buy"]})

    assert [(match.table, match.first, match.value) for match in book.matches(["in", "order", "now"])] == [
        ("one", 0, ""),
        ("two", 1, "buy"),
    ]


def test_a_text_without_a_cue_has_no_phrase() -> None:
    book = Phrasebook({"t": ["in order to", "i/we? hope"]})

    assert book.cues == {"in", "i", "we", "hope"}


ENTRIES = ["a b", "a * c", "b? c/d", "^ a", "c $", "a_b/b d"]


def stands(entry: str, words: list[str]) -> bool:
    """Whether `words` as a whole are a phrase of `entry`, found out by trying every way to write it."""
    ways: list[list[str]] = [[]]
    for part in (part for part in entry.split() if part not in "^$"):
        if part == "*":
            gaps = [[*gap] for count in range(3) for gap in product("abcde", repeat=count)]
        else:
            gaps = [choice.split("_") for choice in part.removesuffix("?").split("/")] + [[]] * part.endswith("?")
        ways = [way + gap for way in ways for gap in gaps]
    return words in ways


@given(st.lists(st.sampled_from(["a", "b", "c", "d", ",", "e"]), max_size=7))
def test_what_is_met_word_by_word_is_what_is_written(words: list[str]) -> None:
    found = {
        (match.table, match.first, match.last)
        for match in Phrasebook({entry: [entry] for entry in ENTRIES}).matches(words)
    }

    assert found == {
        (entry, first, last)
        for entry in ENTRIES
        for first in range(len(words))
        for last in range(first, len(words))
        if stands(entry, words[first : last + 1])
        and not ("^" in entry and first and words[first - 1] != ",")
        and not ("$" in entry and words[last + 1 : last + 2] not in ([], [","]))
    }


def test_a_long_text_takes_time_for_its_length_only() -> None:
    words = ["a", "order"] * 50_000
    book = Phrasebook({"t": ["in order to", "order * order * order"]})

    assert any(book.matches(words))
    assert spent(lambda: list(book.matches(words))) < 5


@pytest.mark.no_cover
def test_words_that_nobody_knows_leave_no_trace_without_end() -> None:
    book = Phrasebook({"t": ["in order * to"]})

    gc.collect()
    tracemalloc.start()
    for number in range(200_000):
        book.matches(["in", "order", f"w{number}"])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 20_000_000
