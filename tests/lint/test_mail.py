from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.mail import has_mail_header, read_mail
from dripper.lint.mail_lines import quoted_printable_lines

QP = "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n"


def place(content: str, words: str) -> tuple[int, int, int, int]:
    reading = read_mail(content).text
    start = reading.text.index(words)
    return tuple(reading.passage.locate(start, start + len(words)))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("head", "body", "words", "expected"),
    [
        pytest.param("", "Hello Ana,\n\nCarts fill.", "Carts fill", (5, 1, 5, 11), id="plain"),
        pytest.param("", "Carts – come back.\nJoin us.", "come", (3, 9, 3, 13), id="UTF-8 that nobody announced"),
        pytest.param(QP, "Hello,\n\nCaf=C3=A9s open. Join us.", "Join us", (7, 18, 7, 25), id="behind an accent"),
        pytest.param(QP, "Hello,\n\nCaf=C3=A9s open.", "és", (7, 4, 7, 11), id="the accent itself"),
        pytest.param(QP, "Carts fill after=\n nine. Join us.", "nine. Join", (6, 2, 6, 12), id="behind a soft break"),
        pytest.param(QP, "=F0=9F=98=80 Join us.", "Join", (5, 14, 5, 18), id="behind an emoji"),
        pytest.param(
            "Content-Transfer-Encoding: base64\n", "Sm9pbiB1cy4=", "Join us", (3, 1, 3, 1), id="base64 has no places"
        ),
        pytest.param("", "Carts fill.\n> Can you?\nIt is noon.", "It is", (5, 1, 5, 6), id="behind a quotation"),
    ],
)
def test_words_stand_where_they_are_written(head: str, body: str, words: str, expected: tuple[int, ...]) -> None:
    content = f"Subject: Carts\n{head}\n{body}\n"
    shift = 1 if "base64" in head else 0

    assert place(content, words) == (expected[0] + shift, expected[1], expected[2] + shift, expected[3])


def test_what_a_mail_quotes_is_not_its_own() -> None:
    assert read_mail("Subject: a\n\nCarts fill.\n> Can you?\n").text.text == "Carts fill."


def test_a_mail_in_html_alone_is_read_as_it_is_seen() -> None:
    html = (
        "<html><head><title>x</title><style>p {}</style></head><body><p>At&nbsp;nine</p>"
        "<p>Your <b>carts</b>\n fill&#33;</p><script>call()</script></body></html>"
    )

    assert read_mail(f"Subject: a\nContent-Type: text/html\n\n{html}\n").text.text == "At nine\nYour carts fill!"


def test_the_plain_part_of_a_mail_goes_before_its_html() -> None:
    part = "--b\nContent-Type: text/{}\n\n{}\n"
    content = (
        "Subject: a\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"{part.format('plain', 'Carts fill.')}{part.format('html', '<p>No</p>')}--b--\n"
    )

    assert read_mail(content).text.text == "Carts fill."


@given(st.text(alphabet="a é=😀\u00a0b. ", min_size=1, max_size=120))
def test_quoted_printable_is_read_as_the_package_writes_it(text: str) -> None:
    from quopri import encodestring

    written = encodestring(text.encode()).decode("ascii").split("\n")
    lines = [*quoted_printable_lines(written, 0, "utf-8")]

    assert "\n".join(line.text for line in lines).rstrip() == text.rstrip()
    assert all(len(line.places) == len(line.text) + 1 for line in lines)
    assert all(1 <= column <= len(written[number - 1]) + 1 for line in lines for number, column in line.places)


@pytest.mark.parametrize(
    ("content", "is_mail"),
    [
        pytest.param("From: a@b.example\r\nTo: c@d.example\r\n\r\nCarts fill.", True, id="a mail"),
        pytest.param("Received: by b\n\tfor c\nDate: Tue\nFROM: a@b.example\n\nCarts fill.", True, id="as it came"),
        pytest.param("Subject: Carts\n\nCarts fill.", False, id="a draft with a subject"),
        pytest.param("From: nine to ten\nTo: all\nCarts fill.\n\nIt is so.", False, id="lines of a text"),
        pytest.param("From: nine\nTo: ten", False, id="nothing behind"),
        pytest.param("\n\nFrom: a\nTo: b\n\nCarts fill.", False, id="behind a blank line"),
    ],
)
def test_a_mail_that_is_piped_in_is_known_by_its_header(content: str, is_mail: bool) -> None:
    assert has_mail_header(content) is is_mail
