"""Keeps rehearsals and the real thing apart: a mailbox serves one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.errors import MailboxError

if TYPE_CHECKING:
    from dripper.workspace.model.settings import Mailbox


def check_rehearsal(name: str, mailbox: Mailbox, *, rehearsal: bool) -> None:
    """Raise `MailboxError` where a rehearsal would send for real, or real sending would go to a rehearsal's mailbox."""
    if rehearsal and not mailbox.rehearsal:
        raise MailboxError(
            name,
            "is a real one, and a rehearsal (`--now`) must not send through it",
            cure="write `rehearsal = true` into a mailbox that points at a test server, or leave out --now",
        )
    if mailbox.rehearsal and not rehearsal:
        raise MailboxError(
            name,
            "is marked `rehearsal = true`, and real messages must not get lost in it",
            cure="take the mark away once it points at the real server, or rehearse with `dripper --now TIME`",
        )
