"""A draft in mail form (`.eml`): its subject and the message in its text part are linted, each at its line of the file.

All of its text is sent, so a header field `Comments:` is where it says `dripper: allow …`; nothing in it is ever fixed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from dripper.lint.allow import read_allow
from dripper.lint.draft import Draft
from dripper.lint.mail_lines import plain_lines, quoted_printable_lines
from dripper.lint.mail_shell import Names, message_within, words_of
from dripper.lint.reading import Reading
from dripper.problem import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import MIMEPart

    from dripper.lint.allow import Allow
    from dripper.lint.mail_lines import Line

# A line of a header: a field's name, or the rest of the field before it.
_FIELD = re.compile(r"[!-9;-~]+:|[ \t]")
# How far a line of the text is looked for; further away it stands by chance.
_NEAR_LINES = 200
_REMARK = "Comments: dripper: allow {code} because …"


def read_mail(content: str, frame: frozenset[str] = frozenset()) -> Draft:
    """Return the draft that a mail's `content` holds; without a text its text is empty.

    What the mail quotes of others is left out, and so are greeting and signature, and the lines of the `frame`, which
    a workspace's shells put round every text. A place is that of the same words in the file; a text that is written in
    base64 or as HTML stands at its first line.
    """
    from email import message_from_bytes
    from email.policy import default

    mail = message_from_bytes(content.encode("utf-8", "surrogateescape"), policy=default)
    lines = content.splitlines()
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    subject = mail["subject"]
    part = mail.get_body(("plain", "html"))
    text = "" if part is None else _text_of(part)
    whole = _found(text, () if part is None else _lines_of(part, lines, blank + 1))
    return Draft(
        subject=None if subject is None else Reading(_found(str(subject), _subject_lines(lines[:blank]))),
        text=Reading(_part_of(whole, *message_within(text, _names_of(lines[:blank]), frame))),
        allows=tuple(_allows(lines[:blank])),
        remark=_REMARK,
    )


def _names_of(header: list[str]) -> Names:
    """Return how sender and readers are called; one whose address stands without a name, by the address."""
    from email.utils import getaddresses

    def called(*names: str) -> frozenset[str]:
        stated = getaddresses([value for name, value, _ in _fields(header) if name in names])
        return words_of(_decoded(name) or address.partition("@")[0] for name, address in stated)

    return Names(sender=called("from"), reader=called("to", "cc"))


def _decoded(name: str) -> str:
    """Return a name as it is read, where it stands in an encoded word (RFC 2047)."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name


def _part_of(whole: Passage, start: int, end: int) -> Passage:
    return Passage(whole.text[start:end], lambda first, last: whole.locate(start + first, start + last))


def has_mail_header(content: str) -> bool:
    """Whether a text begins with header fields, `From` and another that a mail has among them (RFC 5322 §3.6)."""
    header, blank, _ = content.replace("\r\n", "\n").partition("\n\n")
    lines = header.split("\n")
    if not blank or not all(_FIELD.match(line) for line in lines):
        return False
    names = {name for name, _, _ in _fields(lines)}
    return "from" in names and not names.isdisjoint(("to", "date", "message-id"))


def _subject_lines(header: list[str]) -> list[Line]:
    number = next((number for number, line in enumerate(header) if line.lower().startswith("subject:")), 0)
    return [*plain_lines(header[: number + 1], number)]


def _lines_of(part: MIMEPart, lines: list[str], first: int) -> list[Line]:
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "quoted-printable":
        return [*quoted_printable_lines(lines, first, _charset(part))]
    return [*plain_lines(lines, first)]


def _allows(header: list[str]) -> Iterator[Allow]:
    """Yield the exceptions of the `Comments` fields, which a mail has for remarks (RFC 5322 §3.6.5), one field each."""
    for name, value, span in _fields(header):
        if name == "comments" and (allow := read_allow(f"{name}: {value}", span)):
            yield allow


def _fields(header: list[str]) -> Iterator[tuple[str, str, Span]]:
    """Yield each field's name in small letters, what it says on one line, and where it stands."""
    number = 0
    while number < len(header):
        first, number = number, number + 1
        while number < len(header) and header[number][:1] in (" ", "\t"):
            number += 1
        name, colon, _ = header[first].partition(":")
        if colon:
            field = " ".join(line.strip() for line in header[first:number])
            span = Span(line=first + 1, column=1, end_line=number, end_column=len(header[number - 1]) + 1)
            yield name.lower(), field[len(name) + 1 :].strip(), span


def _charset(part: MIMEPart) -> str:
    """Return the part's charset; UTF-8 where it names none, or one that nobody knows."""
    import codecs

    charset = part.get_content_charset() or "us-ascii"
    try:
        known = codecs.lookup(charset).name
    except LookupError:
        known = "ascii"
    return "utf-8" if known == "ascii" else known


def _text_of(part: MIMEPart) -> str:
    """Return the words of a part, without those that it quotes from the mail it answers."""
    written = part.get_payload(decode=True)
    text = written.decode(_charset(part), "replace") if isinstance(written, bytes) else ""
    if part.get_content_type() == "text/html":
        from dripper.lint.mail_html import text_of_html

        text = text_of_html(text)
    own = [line for line in text.replace("\r\n", "\n").split("\n") if not line.startswith(">")]
    return "\n".join(own).strip()


def _found(text: str, written: Sequence[Line]) -> Passage:
    """Return `text` with the places of its lines, which are looked for in order among those that are `written`."""
    origin = (written[0].places[0] if written else (1, 1),)
    starts: list[int] = []
    places: list[Sequence[tuple[int, int]]] = []
    start, searched = 0, 0
    for line in text.split("\n"):
        near = range(searched, min(searched + _NEAR_LINES, len(written)))
        number = next((at for at in near if line and line in written[at].text), None)
        if number is not None:
            searched = number
        column = written[number].text.index(line) if number is not None else 0
        starts.append(start)
        places.append(written[number].places[column : column + len(line) + 1] if number is not None else origin)
        start += len(line) + 1

    def position(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset) - 1
        return places[line][min(offset - starts[line], len(places[line]) - 1)]

    def locate(start: int, end: int) -> Span:
        (line, column), (end_line, end_column) = position(start), position(max(start, end))
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)

    return Passage(text, locate)
