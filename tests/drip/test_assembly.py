"""What is spliced is what the email package writes, for any value."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dripper.drip.addresses import wire_address
from dripper.drip.assembly import assembled, spliced
from dripper.drip.body import BOUNDARY, Carried, carried
from dripper.drip.headers import ComposeError, Field, Person, header_line

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=200)
ODD = st.lists(st.text('abcü =?_.,"\\<>@()\t', max_size=90), max_size=12).map(" ".join)
LONG = st.lists(st.sampled_from(["cart", "Überraschung", "売上", "x" * 77, "👩‍👩‍👧", "é"]), max_size=40).map(" ".join)
LINE = ANY | ODD | LONG
TEXT = st.lists(
    LINE | st.sampled_from(["", ".", "..", "From me", f"--{BOUNDARY}", "=", "end  ", "\x0b\x85\u2028"])
).map("\n".join)
LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789.é'+_-", min_size=1, max_size=64)
IDS = st.lists(st.integers(0, 10**40 - 1).map(lambda number: f"<{number:040d}@north.example>"), max_size=30)


def written(fields: list[Field], bodies: list[Carried]) -> bytes:
    return spliced("".join(header_line(name, value) for name, value in fields), bodies)


@st.composite
def messages(draw: st.DrawFn) -> tuple[list[Field], list[str]]:
    fields: list[Field] = [
        ("From", Person(" ".join(draw(LINE).split()), "dana@north.example")),
        ("To", wire_address("To", draw(LINE).replace("\t", " "), f"{draw(LOCAL)}@acme.example")),
        ("Subject", draw(LINE)),
        ("Date", "Tue, 01 Dec 2026 08:30:00 +0000"),
        ("Message-ID", "<1@north.example>"),
    ]
    ids = draw(IDS)
    if ids:
        fields += [("In-Reply-To", ids[-1]), ("References", " ".join(ids))]
    fields.append(
        ("List-Unsubscribe", f"<https://x.example/o/{'t' * draw(st.integers(1, 900))}>, <mailto:d@n.example>")
    )
    return fields, draw(st.lists(TEXT, min_size=1, max_size=2))


@given(messages())
@example(([("From", Person("", "a@b.example")), ("Subject", "")], [""]))
@example(([("From", Person("=?utf-8?q?x?=", "a@b.example")), ("Subject", "=?utf-8?q?x?=")], ["", ""]))
@example(([("From", Person("Müller, Anna", "a@b.example")), ("Subject", "x" * 1500)], ["ü" * 1500, "<p>" + "x" * 1500]))
def test_a_skeleton_gives_what_the_library_gives(message: tuple[list[Field], list[str]]) -> None:
    fields, texts = message
    bodies = [carried(text) for text in texts]
    data = written(fields, bodies)
    assert data == assembled(fields, bodies)
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\0", data)
    assert max(map(len, data.split(b"\r\n"))) <= 998


@given(st.lists(TEXT, min_size=2, max_size=2))
def test_both_alternatives_come_back_as_they_were(texts: list[str]) -> None:
    data = written([("Subject", "x")], [carried(text) for text in texts])
    message = BytesParser(policy=default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    parts = list(message.iter_parts())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part, text in zip(parts, texts, strict=True):
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.decode().replace("\r\n", "\n").removesuffix("\n") == text.removesuffix("\n")


@pytest.mark.parametrize("name", ["To", "Subject", "List-Unsubscribe", "References"])
@pytest.mark.parametrize("bad", ["\r", "\n", "\0", "\ud83d"], ids=["CR", "LF", "NUL", "surrogate"])
def test_both_refuse_what_would_break_a_header(name: str, bad: str) -> None:
    for write in (written, assembled):
        with pytest.raises(ComposeError):
            write([(name, f"a{bad}b")], [carried("Text.")])
        with pytest.raises(ComposeError):
            write([(name, Person(f"a{bad}b", "a@b.example"))], [carried("Text.")])


def test_a_text_with_the_boundary_is_encoded_so_that_it_is_none() -> None:
    data = written([("Subject", "x")], [carried(f"--{BOUNDARY}--\nhidden\n"), carried("<p>shown</p>")])
    assert data.count(f"\r\n--{BOUNDARY}--\r\n".encode()) == 1
