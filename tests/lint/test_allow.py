"""Where an exception may stand, what it covers, and what is left of its comment when a word of it goes."""

from __future__ import annotations

import pytest

from dripper.lint.allow import read_allow
from dripper.lint.report.shown import Shown
from dripper.problem import Span

PLACE = Span(line=1, column=1, end_line=1, end_column=2)
LINK = "allow link because the name of the shop is its address"
MESSAGE = """\
every = "2 weeks"
start = 2026-12-01
shifts = "From media buyer to retail analyst"

[[message]]
subject = "Your carts"
{text}
gift = "When to send the reminder"
"""


def codes(found: list[Shown]) -> list[str]:
    return [shown.problem.code for shown in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'text = "Carts at acme.com stand." # dripper: {LINK}', id="on the line"),
        pytest.param(f'# dripper: {LINK}\ntext = "Carts at acme.com stand."', id="on the line above"),
        pytest.param(f"# dripper: {LINK}\ntext = '''\nCarts at\nacme.com stand.'''", id="above many lines"),
        pytest.param(f'text = """\nCarts at\nacme.com stand.""" # dripper: {LINK}', id="behind many lines"),
        pytest.param(f'text = "Carts at acme.com." # see 4.2; dripper: {LINK}', id="behind another remark"),
        pytest.param('text = "At acme.com." # dripper: allow D301, too-long because x', id="by its code"),
        pytest.param('text = "At acme.com." # dripper: allow D3 because x', id="by its family"),
    ],
)
def test_an_exception_covers_the_key_that_it_stands_at(lint_campaign, text: str) -> None:  # type: ignore[no-untyped-def]
    assert "D301" not in codes(lint_campaign(MESSAGE.format(text=text)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'# dripper: {LINK}\n\ntext = "Carts at acme.com stand."', id="two lines above"),
        pytest.param(f'text = "Carts at acme.com stand."\n# dripper: {LINK}', id="on the line below"),
        pytest.param('text = "At acme.com." # dripper: allow too-long because x', id="of another rule"),
    ],
)
def test_an_exception_elsewhere_covers_nothing_and_is_told(lint_campaign, text: str) -> None:  # type: ignore[no-untyped-def]
    assert set(codes(lint_campaign(MESSAGE.format(text=text)))) == {"D301", "D802"}


def test_an_exception_within_the_text_would_be_sent(lint_campaign) -> None:  # type: ignore[no-untyped-def]
    text = f'text = """\nCarts at acme.com. # dripper: {LINK}"""'

    assert codes(lint_campaign(MESSAGE.format(text=text), select=("D3", "D5"))) == ["D301", "D510"]


def test_in_a_draft_an_exception_is_an_html_comment_anywhere(lint_draft) -> None:  # type: ignore[no-untyped-def]
    assert lint_draft(f"<!-- dripper:\n{LINK} -->\n\nCarts at acme.com stand.") == []


def test_among_lines_an_exception_is_for_its_line(lint_draft) -> None:  # type: ignore[no-untyped-def]
    found = lint_draft(f"Carts at acme.com. <!-- dripper: {LINK} -->\nCarts at acme.com.\n", lines=True)

    assert [(shown.problem.span.line, shown.problem.code) for shown in found] == [(2, "D301")]


@pytest.mark.parametrize("field", [f"Comments: dripper: {LINK}", "Comments: dripper:\n allow link\n because x"])
def test_in_a_mail_an_exception_is_a_header_for_remarks(lint_draft, field: str) -> None:  # type: ignore[no-untyped-def]
    assert lint_draft(f"Subject: Carts\n{field}\nTo: a@b.example\n\nAt acme.com.\n", "draft.eml") == []


def test_in_a_mail_a_comment_in_the_text_is_text(lint_draft) -> None:  # type: ignore[no-untyped-def]
    found = lint_draft(f"Subject: Carts\n\nAt acme.com. <!-- dripper: {LINK} -->\n", "draft.eml")

    assert {"D301", "D510"} <= set(codes(found))


def test_an_unused_header_of_a_mail_is_told_at_its_place_and_never_fixed(lint_draft) -> None:  # type: ignore[no-untyped-def]
    content = "Subject: Carts\nComments: dripper: allow link\n because x\n\nCarts stand.\n"
    (shown,) = lint_draft(content, "draft.eml")

    assert shown.problem.code == "D802"
    assert shown.problem.span == Span(line=2, column=1, end_line=3, end_column=11)
    assert shown.problem.replacement is None


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("# dripper: allow link because x", ""),
        ("# dripper: allow link", ""),
        ("<!-- dripper: allow link because x -->", ""),
        ("# see 4.2; dripper: allow link because x", "# see 4.2;"),
        ("<!-- see 4.2, dripper: allow link because x -->", "<!-- see 4.2, -->"),
        ("# dripper: allow too-long, link because x", "# dripper: allow too-long because x"),
        ("# dripper:  allow link too-long   because of  x", "# dripper:  allow too-long because of  x"),
        ("<!-- dripper: allow link, D4 -->", "<!-- dripper: allow D4 -->"),
    ],
)
def test_of_a_comment_only_the_word_goes_that_allows_nothing(comment: str, left: str) -> None:
    allow = read_allow(comment, PLACE)

    assert allow is not None
    assert allow.without("link") == left


def test_a_misspelled_rule_is_no_safe_fix(lint_draft) -> None:  # type: ignore[no-untyped-def]
    (shown,) = lint_draft("Carts stand. <!-- dripper: allow lnk because x -->")

    assert (shown.problem.code, shown.problem.replacement) == ("D802", None)
