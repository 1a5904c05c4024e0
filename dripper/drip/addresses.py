"""Addresses for the wire: checked, with the domain in its ASCII form."""

from __future__ import annotations

import re
from email.headerregistry import Address

from dripper.drip.headers import ComposeError, Person, refuse_breaks

_NO_ADDRESS = re.compile(r"[\s<>,;:]")
_DOT_ATOM = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)


def wire_address(header: str, name: str, address: str) -> Person:
    """Return the person as a `header` names them; raise `ComposeError` where that cannot be written."""
    refuse_breaks(header, name)
    refuse_breaks(header, address)
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or _NO_ADDRESS.search(address):
        raise ComposeError(header, f'"{address}" is no address', cure="write it as ana@acme.example")
    domain = ascii_domain(domain)
    if _DOT_ATOM.fullmatch(local) is None:
        # It may have to be quoted.
        return Person(" ".join(name.split()), Address(username=local, domain=domain).addr_spec)
    return Person(" ".join(name.split()), f"{local}@{domain}")


def ascii_domain(domain: str) -> str:
    """Return a domain in its ASCII form (IDNA 2008, UTS 46)."""
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ComposeError("", f"{domain} is no domain: {error}", cure="correct the address") from error
