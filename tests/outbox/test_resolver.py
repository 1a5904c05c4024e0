from contextlib import suppress

import pytest
from fakes.dns_server import FAILS, MUTE, NameServer

from dripper.outbox.resolver import Resolver, UnaskedError

LONG = "v=DKIM1; k=rsa; p=" + "A" * 400


def test_a_long_text_comes_in_one_piece_and_none_is_an_answer() -> None:
    with NameServer({"x.example": [LONG, "other"], "empty.example": []}) as server:
        resolver = Resolver(server.address, wait_s=2)

        assert sorted(resolver.txt("x.example")) == sorted((LONG, "other"))
        assert resolver.txt("empty.example") == ()
        assert resolver.txt("no.example") == ()


@pytest.mark.parametrize("told", [MUTE, FAILS])
def test_a_server_that_does_not_answer_is_no_answer(told: str) -> None:
    with NameServer({"x.example": told}) as server, pytest.raises(UnaskedError):
        Resolver(server.address, wait_s=0.3).txt("x.example")


@pytest.mark.parametrize("server", ["nonsense", "127.0.0.1:http", "127.0.0.1:1", "[::1]:1", "127.0.0.1:99999999"])
def test_a_server_that_is_none_could_not_be_asked(server: str) -> None:
    with pytest.raises(UnaskedError):
        Resolver(server, wait_s=0.3).txt("x.example")


@pytest.mark.parametrize("name", ["a..b", "x" * 70 + ".example", ""])
def test_a_name_that_is_none_is_no_crash(name: str) -> None:
    with NameServer({}) as server, suppress(UnaskedError):
        assert Resolver(server.address, wait_s=0.3).txt(name) == ()
