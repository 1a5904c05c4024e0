"""Shut the network, but for the loopback: an audit hook sees every connection and look-up of the process."""

from __future__ import annotations

import socket
import sys
from ipaddress import ip_address

# Names that never exist (RFC 2606, RFC 6761): looking one up fails as it would on a machine without a network.
_RESERVED = (".example", ".invalid", ".test", ".example.com", ".example.org", ".example.net")
_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_installed = False


class NetworkShutError(RuntimeError):
    """A test reached for a machine other than this one."""


def shut() -> None:
    """Refuse every connection and look-up that leaves this machine, for the life of the process."""
    global _installed  # noqa: PLW0603 - an audit hook can be added, never removed
    if not _installed:
        sys.addaudithook(_watch)
        _installed = True


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        _refuse_lookup(arguments[0])
    elif event in _EVENTS:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise NetworkShutError(f"the network is shut in tests; {event} to {address}")


def _refuse_lookup(host: object) -> None:
    if _is_here(host):
        return
    if isinstance(host, str) and f".{host}".lower().rstrip(".").endswith(_RESERVED):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    raise NetworkShutError(f"the network is shut in tests; look-up of {host!r}")


def _is_here(host: object) -> bool:
    if host is None or host in ("", b"", "localhost", b"localhost"):
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False
