"""The last look at the bytes of a message before they leave."""

from __future__ import annotations

import re

from dripper.drip.headers import LINE_OCTETS, ComposeError

_ENCODED_STRUCTURE = re.compile(
    rb"^(?:Message-ID|In-Reply-To|References|List-Unsubscribe(?:-Post)?|Date|MIME-Version):[^\r]*(?:\r\n [^\r]*)*=\?",
    re.MULTILINE,
)


def check_wire(data: bytes) -> None:
    """Raise `ComposeError` where the final bytes break what `compose` promises of them."""
    breaks = data.count(b"\r\n")
    if not breaks == data.count(b"\r") == data.count(b"\n") or b"\0" in data:
        raise ComposeError("", "the message holds a bare line break or a NUL", cure="remove it from the text")
    if b"=?" in data and _ENCODED_STRUCTURE.search(data[: data.find(b"\r\n\r\n") + 2]):
        raise ComposeError("", "an id or a link was encoded", cure="write to the authors of dripper")
    if _has_a_long_line(data):
        raise ComposeError("", f"a line is longer than {LINE_OCTETS} octets", cure="break it")


def _has_a_long_line(data: bytes) -> bool:
    """Go through in steps of as many whole lines as one line may have octets; where none fits, it is too long."""
    start = 0
    while len(data) - start > LINE_OCTETS:
        end = data.rfind(b"\r\n", start, start + LINE_OCTETS + len(b"\r\n"))
        if end < 0:
            return True
        start = end + len(b"\r\n")
    return False
