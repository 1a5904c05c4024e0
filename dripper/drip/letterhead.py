"""What is the same in every mail of a mailbox: the lines of its header, made ready once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from dripper.drip.addresses import wire_address
from dripper.drip.headers import header_line

if TYPE_CHECKING:
    from dripper.workspace.model.address import Sender

# RFC 8058 §3.1
_ONE_CLICK = header_line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Lines of a header, each ended by CRLF, and what they are made of."""

    # The mailbox's own, as it stands on the wire.
    address: str
    # Its domain.
    domain: str
    # Whether the addresses need no SMTPUTF8 (RFC 6531).
    is_ascii: bool
    sender: str
    # Empty: replies go to the sender.
    reply_to: str
    # The link with which the mailbox itself takes the wish (RFC 2369 §3.2, RFC 6068).
    mailto: str
    by_mail: str

    def opting_out(self, url: str | None) -> str:
        """Return the lines for it; the first link is the one that is preferred (RFC 2369 §2)."""
        if url is None:
            return self.by_mail
        return header_line("List-Unsubscribe", f"<{url}>, {self.mailto}") + _ONE_CLICK


@lru_cache(maxsize=64)
def letterhead_of(sender: Sender, reply_to: Sender | None) -> Letterhead:
    """Return the letterhead of a mailbox; raise `ComposeError` where an address cannot stand in a header."""
    own = wire_address("From", sender.name, sender.address)
    back = None if reply_to is None else wire_address("Reply-To", reply_to.name, reply_to.address)
    local, _, domain = own.address.rpartition("@")
    mailto = f"<mailto:{quote(local)}@{domain}?subject=unsubscribe>"
    return Letterhead(
        address=own.address,
        domain=domain,
        is_ascii=own.address.isascii() and (back is None or back.address.isascii()),
        sender=header_line("From", own),
        reply_to="" if back is None else header_line("Reply-To", back),
        mailto=mailto,
        by_mail=header_line("List-Unsubscribe", mailto),
    )
