"""A mail server behind TLS that a process trusts, with a workspace that sends through it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import trustme

from fakes.smtp_server import HOST, Sink
from fakes.workspaces import SETTINGS, small_workspace, write

USER, RIGHT = "dana@north.example", "r1ght •ÿ pass"
KEYRING = '{ keyring = "dripper" }'


@contextmanager
def protected_sink(folder: Path, *, ends_at: datetime | None = None, name: str = HOST) -> Iterator[tuple[Sink, Path]]:
    """Run a server with STARTTLS and one user, and return it with the file of its authority (`SSL_CERT_FILE`)."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name, not_after=ends_at).configure_cert(context)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    with Sink(tls=context, login=(USER, RIGHT)) as sink:
        yield sink, folder / "authority.pem"


def protected_workspace(root: Path, port: int, *, password: str | None = KEYRING, extra: str = "") -> Path:
    """Write a workspace whose mailbox logs in there."""
    small_workspace(root)
    place = "" if password is None else f", password = {password}"
    smtp = f'smtp = {{ host = "{HOST}", port = {port}, user = "{USER}"{place} }}'
    write(root, "dripper.toml", SETTINGS.replace(SETTINGS.strip().splitlines()[-1], smtp) + extra)
    return root
