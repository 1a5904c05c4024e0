"""What the rules about length and noise advise, and what of it is put there without a look."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ACCOUNT = """\
name = "Acme Retail"
bucket = "partner"
glossary = ["NEW LOOK", "FREE NOW", "booking.com"]

[[contact]]
name = "Ana Weber"
email = "ana.weber@acme.example"
role = "VP Digital"
"""
LONG = "Bartholomew Featherstonehaugh"
MESSAGE = """\
[[message]]
subject = "What they read at night"
text = "{text}"
gift = "When to send the reminder"
shifts = "From media buyer to retail analyst"
"""
SETTINGS = """\
[workspace]
name = "North Agency"
timezone = "Europe/Berlin"

[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
signature = "{signature}"
smtp = {{ host = "smtp.north.example" }}
"""


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        pytest.param(
            "Shops that write at 8 am in order to win carts back win one in seven of them, and each of them is worth "
            "as much as two new ones are in the month after it.",
            'cut 14 characters: "to" for "in order to" saves 9, or make two messages of it',
            id="a wordy phrase",
        ),
        pytest.param(
            "Shops that write at eight win one cart in seven back. It was read on the train. Each of the carts is "
            "worth as much as two new ones are in the month after.",
            'cut 14 characters: the sentence "It was read on the train." has 26, or make two messages of it',
            id="the shortest sentence that is long enough",
        ),
        pytest.param("a" * 141, "cut 1 character, or make two messages of it", id="nothing to go by"),
        pytest.param("a" * 281, "make 3 messages of it", id="more than two messages"),
    ],
)
def test_a_text_that_is_too_long_says_what_may_go(text: str, cure: str, lint_draft) -> None:  # type: ignore[no-untyped-def]
    (shown,) = lint_draft(text, select=("D101",))

    assert shown.problem.cure == cure


def test_a_full_name_that_is_too_long_may_be_a_first_name(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    text = "{{ contact.name }}, " + "a" * 120

    (shown,) = lint_campaign(MESSAGE.format(text=text), select=("D101",))

    assert shown.problem.cure == (
        "cut 11 characters: contact.first_name for contact.name saves 18, or make two messages of it"
    )


@pytest.mark.parametrize(
    ("joint", "shown"),
    [
        pytest.param("; then", "then b b", id="a semicolon"),
        pytest.param(", and then", "and then b", id="a comma and a joint"),
        pytest.param(" because it", "because it b", id="a joint without a comma"),
        pytest.param(" and they", "and they b", id="a subject behind the joint"),
    ],
)
def test_a_long_sentence_says_where_a_full_stop_fits(joint: str, shown: str, lint_draft) -> None:  # type: ignore[no-untyped-def]
    text = "b " * 6 + "and b " * 4 + "b" + joint + " b" * 12 + "."

    (found,) = lint_draft(text, select=("D102",))

    assert found.problem.cure == f'make two sentences of it: a full stop fits before "{shown}"'


def test_a_link_is_not_where_a_full_stop_fits(lint_draft) -> None:  # type: ignore[no-untyped-def]
    (found,) = lint_draft("b " * 14 + "http://b.example " + "b " * 14, select=("D102",))

    assert found.problem.cure == "cut 4 words, or make two sentences of it"


def test_a_long_sentence_without_a_joint_is_cut(lint_draft) -> None:  # type: ignore[no-untyped-def]
    (found,) = lint_draft("and " + "b " * 26, select=("D102",))

    assert found.problem.cure == "cut 2 words, or make two sentences of it"


@pytest.mark.parametrize(("marks", "instead"), [("!!", "!"), ("!!!!", "!"), ("??", "?"), ("!?!", "?")])
def test_one_mark_is_put_there_for_many(marks: str, instead: str, lint_draft) -> None:  # type: ignore[no-untyped-def]
    (shown,) = lint_draft(f"It came back{marks}", select=("D306",))

    assert shown.problem.replacement == instead


def test_what_the_glossary_has_is_neither_shouted_nor_a_link(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    text = MESSAGE.format(text="FREE NOW, NEW LOOK and Booking.com riders read at night.")

    assert {shown.problem.code for shown in lint_campaign(text, select=("D301", "D306"))} == {"D301", "D306"}
    assert not lint_campaign(text, select=("D301", "D306"), **{"campaigns/acme/account.toml": ACCOUNT})


def test_a_word_that_is_loud_beside_a_name_is_found(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    text = MESSAGE.format(text="NEW LOOK riders LOVE it.")

    (shown,) = lint_campaign(text, select=("D306",), **{"campaigns/acme/account.toml": ACCOUNT})

    assert shown.problem.message == "shouting: LOVE"


@pytest.mark.parametrize(
    ("signature", "found"),
    [
        pytest.param("Dana", [], id="short"),
        pytest.param(
            "D" * 65,
            [f"1: greeting and signature of 82 characters for {LONG}, 2 over 80, of the signature"],
            id="long",
        ),
    ],
)
def test_the_signature_of_the_mailbox_counts(signature: str, found: list[str], lint_campaign) -> None:  # type: ignore[no-untyped-def]
    text = 'greeting = "Dear {{ contact.first_name }},"'

    listed = [
        f"{shown.problem.span.line - 2}: {shown.problem.message}, {shown.problem.cure.partition('rather ')[2]}"
        for shown in lint_campaign(text, select=("D106",), **{"dripper.toml": SETTINGS.format(signature=signature)})
    ]

    assert listed == found


def test_a_long_signature_without_a_greeting_is_told_of_the_file(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    settings = SETTINGS.format(signature="D" * 81)

    (shown,) = lint_campaign("name = 'A'", select=("D106",), **{"dripper.toml": settings})

    assert shown.problem.message == "greeting and signature of 81 characters, 1 over 80"


def test_the_part_of_a_subject_that_is_too_long_is_shown(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    subjects = f'subjects = ["{"a" * 60}"]'
    text = MESSAGE.format(text="Most carts are left at night.").replace('subject = "What they read at night"', subjects)

    (shown,) = lint_campaign(text, select=("D103",))

    assert (shown.problem.span.column, shown.problem.span.end_column) == (64, 74)
    assert shown.problem.message == "a subject of 60 characters, 10 over 50"


WITHOUT = """
import sys
sys.modules["textstat"] = None
from dripper.cli.group import run
sys.exit(run(sys.argv[1:]))
"""


def test_without_textstat_the_rule_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("one two three four five six seven eight nine ten\n", encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT, "lint", "--select", "D105", "draft.txt"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 2
    assert "pip install 'dripper[readability]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_textstat_needs_no_network_and_warns_of_nothing(tmp_path: Path) -> None:
    text = (
        "Harmonisation of interoperability requirements necessitates organisational transformation in most departments."
    )
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-W", "error", "-m", "dripper", "lint", "--select", "D105", "draft.txt"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert 'very hard to read: "interoperability"' in done.stdout
