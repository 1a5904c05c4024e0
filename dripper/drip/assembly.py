"""Messages put together by the email package, and skeletons of them: the same bytes a hundred times faster.

Building an `EmailMessage` costs several hundred microseconds, nearly all of it for what is the same in every message of
one shape. So one is built of each shape, with marks where mails differ, and cut there; a mail is then spliced together.
"""

from __future__ import annotations

from email.message import EmailMessage
from functools import lru_cache
from typing import TYPE_CHECKING

from dripper.drip.body import BOUNDARY, Carried
from dripper.drip.headers import WIRE, header_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.headers import Field

_SUBTYPES = ("plain", "html")
_MARKS = ("the-first-mark\n", "the-second-mark\n")


def assembled(fields: Sequence[Field], bodies: Sequence[Carried]) -> bytes:
    """Return the message as the email package writes it; `bodies` are the text and, where there is one, its HTML."""
    message = EmailMessage(policy=WIRE)
    for name, value in fields:
        message[name] = value
    if len(bodies) == 1:
        _carry(message, bodies[0], _SUBTYPES[0])
        return message.as_bytes()
    message.make_alternative(boundary=BOUNDARY)
    message["MIME-Version"] = "1.0"
    for body, subtype in zip(bodies, _SUBTYPES, strict=True):
        part = EmailMessage(policy=WIRE)
        _carry(part, body, subtype)
        del part["MIME-Version"]
        message.attach(part)
    return message.as_bytes()


def spliced(head: str, bodies: Sequence[Carried]) -> bytes:
    """Return what `assembled` returns for the fields whose lines are `head`."""
    between = _skeleton(tuple([body.encoding for body in bodies]))
    pieces = [head]
    for number, body in enumerate(bodies):
        pieces += (between[number], body.lines())
    pieces.append(between[-1])
    return "".join(pieces).encode()


def _carry(part: EmailMessage, body: Carried, subtype: str) -> None:
    charset = "us-ascii" if body.encoding == "7bit" else "utf-8"
    part.set_content(body.text, subtype=subtype, charset=charset, cte=body.encoding)


@lru_cache(maxsize=64)
def _skeleton(encodings: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands between the headers and the first body, between the bodies, and after the last."""
    marks = [Carried(mark, encoding) for mark, encoding in zip(_MARKS, encodings, strict=False)]
    rest = assembled([("Subject", "mark")], marks).decode("ascii").removeprefix(header_line("Subject", "mark"))
    pieces: list[str] = []
    for mark in marks:
        before, found, rest = rest.partition(mark.lines())
        assert found
        pieces.append(before)
    return (*pieces, rest)
