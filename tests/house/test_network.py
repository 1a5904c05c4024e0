import socket
import subprocess
import sys

import pytest
from fakes.network import NetworkShutError


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as probe, pytest.raises(NetworkShutError):
        probe.connect(("192.0.2.1", 25))


def test_nothing_is_thrown_at_another_machine() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as probe, pytest.raises(NetworkShutError):
        probe.sendto(b"?", ("192.0.2.1", 53))


def test_a_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkShutError):
        socket.getaddrinfo("python.org", 25)


def test_a_reserved_name_does_not_exist_as_on_a_machine_without_a_network() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("smtp.north.example", 25)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_loopback_is_open(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port), timeout=5) as probe:
            assert probe.getpeername()[1] == port


def test_a_process_that_a_test_starts_is_shut_in_too() -> None:
    probe = "import socket; socket.create_connection(('192.0.2.1', 25), timeout=5)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    assert "NetworkShutError" in done.stderr
