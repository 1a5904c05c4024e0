"""The signature of a mailbox: its DKIM key is fetched and tried before anything leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.addresses import ascii_domain
from dripper.errors import DripperError, MailboxError
from dripper.outbox.secret import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dripper.drip.signing import Signer
    from dripper.workspace.model.settings import Mailbox


def signer_of(name: str, mailbox: Mailbox, *, root: Path, environment: Mapping[str, str]) -> Signer | None:
    """Return what signs for a mailbox; `None` where it has no key. Raises `MailboxError` where the key cannot sign."""
    dkim = mailbox.dkim
    if dkim is None:
        return None
    domain = ascii_domain(dkim.domain or mailbox.from_.address.rpartition("@")[2])
    user = f"{dkim.selector}._domainkey.{domain}"
    key = fetch(dkim.key, mailbox=name, user=user, root=root, environment=environment, what="key", is_whole=True)
    try:
        from dripper.drip.signing import Signer
    except ImportError as error:
        cure = "`python -m pip install 'dripper[dkim]'`, or let the server sign: leave out dkim"
        raise MailboxError(name, "DKIM needs the package dkimpy, which is not installed", cure=cure) from error
    try:
        return Signer(key, selector=dkim.selector, domain=domain)
    except DripperError as error:
        raise MailboxError(name, f"its DKIM key: {error}", cure=error.cure) from error
