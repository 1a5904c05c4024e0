"""The table of wordy phrases: enough of them, each no longer than what it replaces, and each at home in a sentence."""

from __future__ import annotations

import pytest

from dripper.lint.phrasebook import apart, phrasebook
from dripper.lint.reading import Reading
from dripper.lint.rules import d104_wordy_phrase
from dripper.lint.wordlists import entries
from dripper.lint.wordy import wordy_in
from dripper.problem import Passage

TABLE = "en/wordy"


def shorter(text: str) -> list[tuple[str, str, bool]]:
    return [
        (text[start:end], instead, is_safe) for start, end, instead, is_safe in wordy_in(Reading(Passage.of_file(text)))
    ]


def test_there_are_more_than_enough_entries() -> None:
    assert len(entries(TABLE)) >= 350
    assert len(set(entries(TABLE))) == len(entries(TABLE))


def ways(entry: str) -> list[tuple[list[str], str]]:
    """Return each way in which `entry` may be written, without what its gaps may be, and with its value."""
    phrase, _, value = entry.partition("->")
    found: list[tuple[list[str], str]] = [([], value.strip())]
    for part in (part for part in phrase.split() if part not in "^$*"):
        is_optional = len(part) > 1 and part.endswith("?")
        choices = part.removesuffix("?").split("/") if len(part) > 1 else [part]
        found = [
            ([*words, *choice.split("_")], said if is_optional or len(choices) == 1 else one_of(said, number))
            for words, said in found
            for number, choice in enumerate(choices)
        ] + (found if is_optional else [])
    return found


def one_of(value: str, number: int) -> str:
    """Return `value` with the choice `number` of its first word that has choices."""
    words = value.split(" ")
    at = next((index for index, word in enumerate(words) if "/" in word), None)
    if at is None:
        return value
    unsure = "?" * value.endswith("?")
    return " ".join([*words[:at], words[at].removesuffix("?").split("/")[number] + unsure, *words[at + 1 :]])


@pytest.mark.parametrize("entry", entries(TABLE))
def test_what_is_put_there_without_a_look_is_no_longer_and_plain(entry: str) -> None:
    for words, value in ways(entry):
        if not value.endswith("?"):
            assert len(value) <= len(" ".join(words))
            assert not phrasebook(TABLE).matches(value.lower().split())


@pytest.mark.parametrize("entry", entries(TABLE))
def test_no_entry_stands_in_the_way_of_another(entry: str) -> None:
    for words, value in ways(entry):
        (match,) = apart(phrasebook(TABLE).matches(words))
        assert match.value == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("in order to win", [("in order to", "to", True)], id="small letters"),
        pytest.param("In order to win", [("In order to", "To", True)], id="a capital in front"),
        pytest.param("IN ORDER TO WIN", [("IN ORDER TO", "TO", True)], id="capitals"),
        pytest.param("it is my opinion that", [("it is my opinion that", "I think that", True)], id="a capital I"),
        pytest.param("in the month of May", [("in the month of May", "in May", True)], id="a name"),
        pytest.param("for the purpose of rest", [("for the purpose of", "for or to", False)], id="for a person"),
        pytest.param("needless to say", [("needless to say", "", False)], id="nothing"),
        pytest.param("a completely unique one", [("completely unique", "unique", False)], id="an article"),
        pytest.param(
            "an absolutely essential one", [("absolutely essential", "essential", True)], id="fits the article"
        ),
        pytest.param("gran utilises it", [("utilises", "uses", True)], id="no article"),
        pytest.param('they typed "in order to" there', [], id="quoted"),
        pytest.param('the "box", in order to win', [("in order to", "to", True)], id="behind a quote"),
    ],
)
def test_the_few_words_are_written_like_the_many(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert shorter(text) == expected


def test_what_is_put_there_makes_the_text_right(lint_draft) -> None:  # type: ignore[no-untyped-def]
    text = "In order to win, they made use of it prior to May."
    for shown in reversed(list(lint_draft(text, select=(d104_wordy_phrase.RULE.code,)))):
        problem = shown.problem
        assert problem.replacement is not None
        text = text[: problem.span.column - 1] + problem.replacement + text[problem.span.end_column - 1 :]

    assert text == "To win, they used it before May."
