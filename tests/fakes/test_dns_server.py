import dns.resolver
import pytest

from fakes.dns_server import FAILS, NameServer

LONG = "v=DKIM1; p=" + "a" * 600


def test_it_answers_as_it_was_told() -> None:
    with NameServer({"a.example": ["one", LONG], "b.example": [], "c.example": FAILS}) as server:
        asking = dns.resolver.Resolver(configure=False)
        asking.nameservers, asking.port = [server.address.partition(":")[0]], int(server.address.partition(":")[2])

        found = {b"".join(one.strings).decode() for one in asking.resolve("a.example", "TXT")}
        with pytest.raises(dns.resolver.NoAnswer):
            asking.resolve("b.example", "TXT")
        with pytest.raises(dns.resolver.NoNameservers):
            asking.resolve("c.example", "TXT")
        with pytest.raises(dns.resolver.NXDOMAIN):
            asking.resolve("d.example", "TXT")

    assert found == {"one", LONG}
