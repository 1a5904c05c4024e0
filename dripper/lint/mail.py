"""A draft in mail form (`.eml`): its subject and its text part are linted, each at its line of the file.

All of its text is sent, so a header field `Comments:` is where it says `dripper: allow …`; nothing in it is ever fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.allow import read_allow
from dripper.lint.draft import Draft
from dripper.lint.reading import Reading
from dripper.problem import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from dripper.lint.allow import Allow

# How far a line of the text is looked for; further away it stands by chance.
_NEAR_LINES = 200


def read_mail(content: str) -> Draft:
    """Return the draft that a mail's `content` holds; without a text part its text is empty.

    A part may be encoded, so a place is found by its line: the line of the file that says the same, else the part's
    first. Columns count on the line as it is written where it is not encoded.
    """
    from email import message_from_string
    from email.policy import default

    mail = message_from_string(content, policy=default)
    lines = content.splitlines()
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    subject = mail["subject"]
    return Draft(
        subject=_found(str(subject), lines, _header_line(lines[:blank], "subject:")) if subject is not None else None,
        text=_found(_text_of(mail).strip(), lines, blank + 1),
        allows=tuple(_allows(lines[:blank])),
    )


def _allows(header: list[str]) -> Iterator[Allow]:
    """Yield the exceptions of the `Comments` fields, which a mail has for remarks (RFC 5322 §3.6.5), one field each."""
    number = 0
    while number < len(header):
        first, number = number, number + 1
        while number < len(header) and header[number][:1] in (" ", "\t"):
            number += 1
        if header[first].lower().startswith("comments:"):
            field = " ".join(line.strip() for line in header[first:number])
            span = Span(line=first + 1, column=1, end_line=number, end_column=len(header[number - 1]) + 1)
            if allow := read_allow(field, span):
                yield allow


def _text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    if part is None:
        return ""
    try:
        text = part.get_content()
    except (LookupError, ValueError, KeyError):
        # An unknown charset or a broken encoding: what is there is read as it stands.
        text = part.get_payload()
    return text.replace("\r\n", "\n") if isinstance(text, str) else ""


def _header_line(lines: list[str], name: str) -> int:
    return next((number for number, line in enumerate(lines) if line.lower().startswith(name)), 0)


def _found(text: str, lines: list[str], first: int) -> Reading:
    """Return `text` with the places of its lines among `lines` of the file, from the line `first` (0-based) on."""
    places: list[tuple[int, int, int]] = []
    start, searched = 0, first
    for line in text.split("\n"):
        near = range(searched, min(searched + _NEAR_LINES, len(lines)))
        number = next((at for at in near if line and line in lines[at]), None)
        if number is not None:
            searched = number
        at, column = (number, lines[number].index(line)) if number is not None else (min(first, len(lines) - 1), 0)
        places.append((start, at + 1, column + 1))
        start += len(line) + 1

    def position(offset: int) -> tuple[int, int]:
        begin, line, column = next(place for place in reversed(places) if place[0] <= offset)
        return line, column + offset - begin

    def locate(start: int, end: int) -> Span:
        (line, column), (end_line, end_column) = position(start), position(max(start, end))
        return Span(line=max(1, line), column=column, end_line=max(1, line, end_line), end_column=end_column)

    return Reading(Passage(text, locate))
