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

# How a body is carried: charset and Content-Transfer-Encoding.
Kind = tuple[str, str]
_SUBTYPES = ("plain", "html")
# The same in every mail of a mailbox.
_OWN = frozenset({"From", "Reply-To"})
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


def spliced(fields: Sequence[Field], bodies: Sequence[Carried]) -> bytes:
    """Return what `assembled` returns."""
    pieces = [_own_line(name, value) if name in _OWN else header_line(name, value) for name, value in fields]
    kinds = tuple((body.charset, body.encoding) for body in bodies)
    for before, body in zip(_skeleton(kinds), bodies, strict=False):
        pieces += [before, body.lines()]
    pieces.append(_skeleton(kinds)[-1])
    return b"".join(pieces)


def _carry(part: EmailMessage, body: Carried, subtype: str) -> None:
    part.set_content(body.text, subtype=subtype, charset=body.charset, cte=body.encoding)


_own_line = lru_cache(maxsize=256)(header_line)


@lru_cache(maxsize=64)
def _skeleton(kinds: tuple[Kind, ...]) -> tuple[bytes, ...]:
    """Return what stands between the headers and the first body, between the bodies, and after the last."""
    marks = [Carried(mark, *kind) for mark, kind in zip(_MARKS, kinds, strict=False)]
    rest = assembled([("Subject", "mark")], marks).removeprefix(header_line("Subject", "mark"))
    pieces: list[bytes] = []
    for mark in marks:
        before, found, rest = rest.partition(mark.lines())
        assert found
        pieces.append(before)
    return (*pieces, rest)
