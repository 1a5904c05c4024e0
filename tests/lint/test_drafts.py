from __future__ import annotations

from email.message import EmailMessage

import pytest

from dripper.lint.draft import read_draft, read_line
from dripper.lint.mail import read_mail
from dripper.problem import Span


def excerpt(text: str, span: Span) -> str:
    """Return what a span covers on its one line."""
    return text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


def test_the_whole_text_is_the_message_without_space_round_it() -> None:
    draft = read_draft("\n  Carts start late.\nReally.  \n\n")

    assert draft.subject is None
    assert draft.text.text == "Carts start late.\nReally."


@pytest.mark.parametrize("line", ["Subject: Your carts", "subject:Your carts", "\n\nSUBJECT:   Your carts"])
def test_a_first_line_may_be_the_subject(line: str) -> None:
    draft = read_draft(f"{line}\r\n\r\nThey start late.")

    assert draft.subject is not None
    assert (draft.subject.text, draft.text.text) == ("Your carts", "They start late.")


def test_a_later_line_is_no_subject() -> None:
    assert read_draft("Carts.\nSubject: no").subject is None


def test_comments_are_not_sent_and_do_not_shift_places() -> None:
    content = "Carts <!-- a\nb -->start late at acme.com."
    draft = read_draft(content)
    start = draft.text.text.index("acme")

    assert draft.text.text == "Carts start late at acme.com."
    assert excerpt(content, draft.text.passage.locate(start, start + 8)) == "acme.com"


def test_an_open_comment_is_text() -> None:
    assert read_draft("Carts <!-- start").text.text == "Carts <!-- start"


def test_a_comment_states_an_exception() -> None:
    (allow,) = read_draft("<!-- dripper: allow link, D101 because they are called so -->\nx").allows

    assert (allow.words, allow.reason, allow.span.line) == (("link", "D101"), "they are called so", 1)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param("👩‍👩‍👧 naïve e\u0301 word.", "word", id="emoji and accents"),
        pytest.param("a\tb\tword", "word", id="tabs"),
        pytest.param("first\r\nsecond word", "word", id="CRLF"),
        pytest.param("first\rsecond word", "word", id="CR"),
        pytest.param("\ufeffword first", "word", id="byte order mark"),
    ],
)
def test_places_count_code_points(content: str, word: str) -> None:
    passage = read_draft(content).text.passage
    start = passage.text.index(word)

    assert excerpt(content, passage.locate(start, start + len(word))) == word


def test_a_line_of_many_is_a_draft_with_its_number() -> None:
    content = "  Carts start <!-- dripper: allow link because so --> at acme.com "
    draft = read_line(content, 7)
    start, column = draft.text.text.index("acme"), content.index("acme") + 1

    assert draft.text.passage.locate(start, start + 8) == Span(line=7, column=column, end_line=7, end_column=column + 8)
    assert draft.allows[0].span.line == 7


def test_a_mail_gives_its_subject_and_its_text_with_places() -> None:
    content = "From: a@b.example\nSubject: Your carts\nTo: c@d.example\n\nThey start late.\nAt acme.com.\n"
    draft = read_mail(content)
    assert draft.subject is not None
    start = draft.text.text.index("acme")

    assert excerpt(content, draft.subject.passage.locate(0, 10)) == "Your carts"
    assert excerpt(content, draft.text.passage.locate(start, start + 8)) == "acme.com"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_an_encoded_mail_is_read_as_its_reader_sees_it(charset: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Zürich"
    mail.set_content("Körbe ab 21 Uhr.\n", charset=charset, cte="base64")
    mail.add_alternative("<p>Körbe</p>", subtype="html")
    draft = read_mail(mail.as_string())

    assert draft.subject is not None
    assert (draft.subject.text, draft.text.text) == ("Zürich", "Körbe ab 21 Uhr.")
    assert draft.text.passage.locate(0, 5).line > 1


def test_a_mail_without_text_is_an_empty_draft() -> None:
    assert read_mail("Subject: x\nContent-Type: application/pdf\n\nx").text.text == ""


def test_a_mail_without_text_is_told(lint_draft) -> None:  # type: ignore[no-untyped-def]
    (shown,) = lint_draft("Subject: x\nContent-Type: application/pdf\n\nx", "draft.eml")

    assert shown.problem.message == "the draft has no text"


def test_a_mail_is_told_to_allow_in_its_header(lint_draft) -> None:  # type: ignore[no-untyped-def]
    (shown,) = lint_draft("Subject: Carts\n\nPlease send the list.", "draft.eml")

    assert shown.problem.cure.endswith("Comments: dripper: allow D202 because …")


def test_a_line_that_quotes_somebody_asks_nothing(lint_draft) -> None:  # type: ignore[no-untyped-def]
    assert lint_draft("Most carts fill after nine.\n> Can you send it?\n", "draft.md") == []
