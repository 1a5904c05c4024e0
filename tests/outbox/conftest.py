"""Fixtures of the outbox: the store on SQLite and on a real PostgreSQL, and what protects a mail server."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from fakes.office import Office
from fakes.postgres import Postgres
from fakes.smtp_server import HOST

SQLITE = "sqlite:///.dripper/dripper.db"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a server, once in each process of a test run."""
    server = Postgres.start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the URL of an empty store, which every `Office` of the test then works on.

    `usefixtures("store_url")` puts a test, or all of a module, on both engines.
    """
    if request.param == "sqlite":
        yield SQLITE
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.store() as url:
        Office.store_url = url
        yield url
        Office.store_url = None
        Office.close_all()


@pytest.fixture
def begin_anew(store_url: str, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Return what empties the store, for a test with many histories, each in a workspace of its own."""
    if store_url == SQLITE:
        return lambda: None
    server: Postgres = request.getfixturevalue("postgres")

    def empty() -> None:
        Office.close_all()
        server.empty()

    return empty


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return what a server protects itself with, trusted by this process."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context
