"""The key of the tokens in links and in addresses of bounces: the user's own, or one made when it is first needed."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from dripper.errors import SecretError
from dripper.outbox.secret import read_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dripper.workspace.model.settings import Settings

NAME = ".dripper/secret"
_OCTETS = 32
_LEAST_CHARS = 16


def token_secret(
    settings: Settings, *, root: Path, environment: Mapping[str, str], chance: Callable[[int], bytes]
) -> bytes | None:
    """Return the key; `None` where no setting asks for tokens. Raises `SecretError`.

    `chance` returns so many octets that nobody can guess.
    """
    if settings.optout.url is None and not any(mailbox.verp for mailbox in settings.mailboxes.values()):
        return None
    if settings.optout.secret is None:
        return _kept(root / NAME, chance)
    found = read_secret(settings.optout.secret, user="optout", root=root, environment=environment, what="secret")
    if len(found) < _LEAST_CHARS:
        cure = f"take at least {_LEAST_CHARS}: `python -c 'import secrets; print(secrets.token_hex())'`"
        raise SecretError(f"the secret of [optout] has {len(found)} characters, and could be guessed", cure=cure)
    return found.encode()


def _kept(path: Path, chance: Callable[[int], bytes]) -> bytes:
    """Return what the file holds; make it where there is none."""
    try:
        if not path.exists():
            _make(path, chance(_OCTETS).hex())
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text of ours"
        raise SecretError(f"{NAME} cannot be used: {why}", cure="put it back, or let dripper write there") from error
    if len(found) < _LEAST_CHARS:
        cure = "put it back, or delete it: links that were sent then end"
        raise SecretError(f"{NAME} is no secret of ours", cure=cure)
    return found.encode()


def _make(path: Path, text: str) -> None:
    """Write the file whole and readable by its owner alone; of two processes the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        part.unlink()
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()
