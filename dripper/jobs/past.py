"""What contacts got already, read from the archive of what was sent, so that lint finds what would tell it again."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from typing import TYPE_CHECKING

from dripper.lint.past import Delivered, Past

if TYPE_CHECKING:
    from dripper.outbox.store.engine import Store
    from dripper.workspace.files import Loaded

_ENCODING = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)


def past_of(store: Store, loaded: Loaded) -> Past:
    """Return what the recipients of the campaigns were sent, in one consistent view of `store`."""
    from dripper.outbox.store import archive

    with store.read() as connection:
        if archive.is_empty(connection):
            return Past(())
    workspaces = [workspace for workspace in (loaded.workspace, loaded.left_out) if workspace is not None]
    people = {one.key for workspace in workspaces for each in workspace.recipients.values() for one in each}
    with store.read() as connection:
        return Past(
            Delivered(
                campaign=sent.campaign,
                message=sent.message,
                contact=sent.contact,
                on=sent.on,
                text=text_of(sent.content),
            )
            for sent in archive.sent_to(connection, people)
        )


def text_of(content: bytes) -> str:
    """Return the plain text of an archived mail; a hundred times as quick as parsing it as any mail may be.

    dripper's own mails have one part in ASCII or UTF-8; any other is parsed.
    """
    head, _, body = content.partition(b"\r\n\r\n")
    if _MULTIPART.search(head):
        return _parsed(content)
    encoding = _ENCODING.search(head)
    try:
        match encoding[1].lower() if encoding else b"7bit":
            case b"base64":
                body = a2b_base64(body)
            case b"quoted-printable":
                body = a2b_qp(body)
    except Error:
        return _parsed(content)
    return body.decode("utf-8", "replace").replace("\r\n", "\n")


def _parsed(content: bytes) -> str:
    from email import message_from_bytes
    from email.policy import default

    part = message_from_bytes(content, policy=default).get_body(("plain",))
    text = part.get_content() if part is not None else ""
    return text.replace("\r\n", "\n") if isinstance(text, str) else ""
