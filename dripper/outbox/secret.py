"""Fetches a secret from where the settings say it is kept; it is never in a file of the workspace, nor in a message."""

from __future__ import annotations

import os
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from dripper.errors import MailboxError, SecretError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dripper.workspace.model.settings import Secret

_COMMAND_S = 30
# What `dripper login` puts into the keyring.
_ASKED_FOR = ("password", "refresh token")


def fetch(
    secret: Secret,
    *,
    mailbox: str,
    user: str,
    root: Path,
    environment: Mapping[str, str],
    what: str = "password",
    is_whole: bool = False,
) -> str:
    """Return a secret of a mailbox; raise `MailboxError` with the cure where it cannot be had. See `read_secret`."""
    fill = f"`dripper login {mailbox}`" if what in _ASKED_FOR else ""
    try:
        return read_secret(
            secret, user=user, root=root, environment=environment, what=what, is_whole=is_whole, fill=fill
        )
    except SecretError as error:
        raise MailboxError(mailbox, str(error), cure=error.cure) from error


def read_secret(
    secret: Secret,
    *,
    user: str,
    root: Path,
    environment: Mapping[str, str],
    what: str,
    is_whole: bool = False,
    fill: str = "",
) -> str:
    """Return the secret; raise `SecretError` with the cure where it cannot be had.

    `user` is the name the secret belongs to in a keyring; `root` is where a relative file or a command starts; `what`
    it is, for people. Of a command's output the first line counts, or, with `is_whole`, all of it. `fill` is the
    command that puts it into the keyring.
    """
    if secret.env is not None:
        return _from_environment(secret.env, environment)
    if secret.file_ is not None:
        return _from_file(root / secret.file_, what)
    if secret.command is not None:
        return _from_command(secret.command, root, what, is_whole=is_whole)
    return _from_keyring(secret.keyring or "dripper", user, what, fill)


def put_back(secret: Secret, text: str, *, user: str, root: Path) -> bool:
    """Put a new secret in the place of the old one; `False` where it is no place that can be written to.

    Raises `SecretError` where it was not kept.
    """
    if secret.keyring is not None:
        from dripper.outbox.keychain import keep

        keep(secret.keyring, user, text)
    elif secret.file_ is not None:
        _into_file(root / secret.file_, text)
    return secret.keyring is not None or secret.file_ is not None


def _into_file(path: Path, text: str) -> None:
    """Write the file whole, or leave the old one; only its owner may read it."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise SecretError(f"{path} cannot be written: {error.strerror}", cure="let dripper write there") from error


def _from_environment(name: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise SecretError(f"the environment variable {name} is not set", cure=f"export {name}=…")
    return environment[name]


def _from_file(path: Path, what: str) -> str:
    try:
        found = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise SecretError(f"{path} cannot be read: {why}", cure=f"write the {what} into it") from error
    if not found:
        raise SecretError(f"{path} is empty", cure=f"write the {what} into it")
    return found


def _from_command(command: str, root: Path, what: str, *, is_whole: bool) -> str:
    """Run the user's own command line from the user's own settings, and take what it prints."""
    try:
        ended = subprocess.run(  # noqa: S602 - a shell line is what the setting is for
            command, shell=True, cwd=root, capture_output=True, text=True, timeout=_COMMAND_S, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise SecretError(
            f"`{command}` did not end within {_COMMAND_S} s", cure="run it yourself; it must not ask"
        ) from error
    except (subprocess.CalledProcessError, OSError, UnicodeDecodeError) as error:
        code = f" with {error.returncode}" if isinstance(error, subprocess.CalledProcessError) else ""
        raise SecretError(f"`{command}` failed{code}", cure="run it yourself to see why") from error
    found = ended.stdout.strip("\r\n") if is_whole else ended.stdout.partition("\n")[0].strip("\r")
    if not found:
        raise SecretError(f"`{command}` printed nothing", cure=f"it must print the {what}")
    return found


def _from_keyring(service: str, user: str, what: str, fill: str) -> str:
    try:
        keyring = import_module("keyring")
    except ImportError as error:
        key = what.replace(" ", "_")
        raise SecretError(
            f"the {what} is in the keyring, and the package keyring is not installed",
            cure=f"`python -m pip install 'dripper[keyring]'`, or name another place: {key} = {{ env = … }}",
        ) from error
    try:
        found = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        cure = f"unlock it, or name another place: {what.replace(' ', '_')} = {{ env = … }}"
        raise SecretError(f"the keyring cannot be used: {error}", cure=cure) from error
    if not found:
        cure = fill or f"`python -m keyring set {service} {user}`"
        raise SecretError(f"the keyring knows no {what} of {user} under {service}", cure=cure)
    return str(found)
