"""Asks the DNS for texts; whether there is none and whether nobody could be asked are two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import dns.resolver

_WAIT_S = 4.0


class UnaskedError(Exception):
    """The DNS could not be asked, which says nothing of what was asked for."""


class Resolver:
    """The machine's name servers, or another one."""

    def __init__(self, server: str | None = None, *, wait_s: float = _WAIT_S) -> None:
        """Take `server` as `ADDRESS` or `ADDRESS:PORT` (IPv6 in brackets); default: those of the machine."""
        self._server = server
        self._wait_s = wait_s

    def txt(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of `name`, each in one piece; `UnaskedError` where nobody answered."""
        import dns.exception
        import dns.resolver

        try:
            answer = self._asking().resolve(name, "TXT", lifetime=self._wait_s)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise UnaskedError(str(error).partition("\n")[0] or type(error).__name__) from error
        return tuple(b"".join(one.strings).decode("utf-8", "replace") for one in answer)

    def _asking(self) -> dns.resolver.Resolver:
        import dns.resolver

        if self._server is None:
            return dns.resolver.Resolver()
        asking = dns.resolver.Resolver(configure=False)
        address, port = _parts(self._server)
        asking.nameservers, asking.port = [address], port
        return asking


def _parts(server: str) -> tuple[str, int]:
    """Return address and port; `ValueError` where it is neither."""
    if server.startswith("["):
        address, _, port = server[1:].partition("]")
        return address, int(port.removeprefix(":") or 53)
    if server.count(":") > 1:
        return server, 53
    address, _, port = server.partition(":")
    return address, int(port or 53)
