"""What of a mail is its message: what stands round it is not counted, and nothing that may ask is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.mail import read_mail
from dripper.lint.mail_shell import Names, message_within, words_of

TEXT = "Carts fill after nine."
HEAD = "From: Mira Holt <mira@north.example>\nTo: =?utf-8?q?Ana_M=C3=BCller?= <ana@acme.example>\nSubject: Carts\n\n"
FRAME = frozenset({"Notes from North", "Greetings from Munich, North", "Your friends", "at North"})


def message(body: str, frame: frozenset[str] = frozenset()) -> str:
    return read_mail(HEAD + body, frame).text.text


@pytest.mark.parametrize(
    "greeting",
    [
        *(
            "Hello Ana,",
            "Hi there!",
            "Hello,",
            "Dear Dr. Müller:",
            "Ana,",
            "Guten Morgen, Frau Müller,",
            "Bonjour Ana,",
        ),
        *("Good morning, Ana,", "Dear Ana and Ben,", "Sehr geehrte Frau Müller,", "こんにちは Ana,"),
    ],
)
def test_a_greeting_is_not_the_message(greeting: str) -> None:
    assert message(f"{greeting}\n\n{TEXT}\n") == TEXT
    assert message(f"{greeting}\n{TEXT}\n") == TEXT


@pytest.mark.parametrize(
    "closing",
    [
        *("Mira", "Mira Holt", "Mira Holt\nNorth GmbH\n+49 89 1234", "Best regards,\nMira", "Best,\n\nMira Holt"),
        *(
            "-- \nMira, north.example",
            "--\nMira",
            "Mira\n\n-- \nNorth GmbH, Munich. Answer 'stop' and these notes end.",
        ),
        "Mira\n\n-- \nOne line.\n\nAnd one more, at north.example.",
    ],
)
def test_a_signature_is_not_the_message(closing: str) -> None:
    assert message(f"{TEXT}\n\n{closing}\n") == TEXT
    assert message(f"Hello Ana,\n\n{TEXT}\n\nIt is so.\n\n{closing}\n") == f"{TEXT}\n\nIt is so."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Ana, carts fill after nine.", id="a sentence that calls the reader"),
        pytest.param("Hello Ana, could you call me,\n\nCarts fill.", id="an ask behind a greeting"),
        pytest.param("Hi, call me!\n\nCarts fill.", id="a short ask"),
        pytest.param("Good shops wait\n\nCarts fill.", id="a heading"),
        pytest.param("After nine,\n\nCarts fill.", id="no salutation, no name"),
        pytest.param("Carts fill.\n\nMira asks: could you call?", id="an ask that the sender's name begins"),
        pytest.param("Carts fill.\n\nMira found it.", id="a sentence about the sender"),
        pytest.param("Carts fill.\n\nMira\nDo you know why?", id="an ask below the name"),
        pytest.param("Carts fill.\n\nMira\nhttps://north.example/call", id="a link below the name"),
        pytest.param("Carts fill.\n\nBen", id="another name"),
        pytest.param("Hello Ana,", id="nothing but a greeting"),
        pytest.param("Mira", id="nothing but a signature"),
    ],
)
def test_what_is_more_than_a_greeting_or_a_signature_is_the_message(body: str) -> None:
    assert message(f"{body}\n") == body


def test_what_the_shells_of_the_workspace_say_is_not_the_message() -> None:
    body = f"Notes from North\n\nHello Ana,\n\n{TEXT}\n\nGreetings from Munich, North\n\nYour friends\nat North\n"

    assert message(body, FRAME) == TEXT
    assert message(body) != TEXT


def test_a_sender_without_a_name_is_known_by_the_address() -> None:
    assert read_mail(f"From: mira.holt@north.example\n\n{TEXT}\n\nMira\n").text.text == TEXT


def test_the_message_stands_where_it_is_written() -> None:
    reading = read_mail(f"{HEAD}Hello Ana,\n\n{TEXT}\n\nMira\n").text

    assert tuple(reading.passage.locate(0, len(TEXT))) == (7, 1, 7, len(TEXT) + 1)


@given(st.text("Hello Ana,Mira-\n .!?", max_size=80))
def test_the_message_lies_within_the_text(text: str) -> None:
    names = Names(words_of(["Mira Holt"]), words_of(["Ana"]))
    start, end = message_within(text, names, FRAME)

    assert 0 <= start <= end <= len(text)
    assert bool(text[start:end].strip()) == bool(text.strip())


@given(st.text('Ana <@>,=?utf-8bQ"\\;: ', max_size=60))
def test_no_address_stops_the_reading(value: str) -> None:
    assert read_mail(f"From: {value}\nTo: {value}\n\n{TEXT}\n").text.text == TEXT
