"""Fetches a secret from where the settings say it is kept; it is never in a file of the workspace, nor in a message."""

from __future__ import annotations

import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from dripper.errors import MailboxError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dripper.workspace.model.settings import Secret

_COMMAND_S = 30


def fetch(secret: Secret, *, mailbox: str, user: str, root: Path, environment: Mapping[str, str]) -> str:
    """Return the secret; raise `MailboxError` with the cure where it cannot be had.

    `user` is the name the secret belongs to in a keyring; `root` is where a relative file or a command starts.
    """
    if secret.env is not None:
        return _from_environment(secret.env, mailbox, environment)
    if secret.file_ is not None:
        return _from_file(root / secret.file_, mailbox)
    if secret.command is not None:
        return _from_command(secret.command, mailbox, root)
    return _from_keyring(secret.keyring or "dripper", mailbox, user)


def _from_environment(name: str, mailbox: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise MailboxError(mailbox, f"the environment variable {name} is not set", cure=f"export {name}=…")
    return environment[name]


def _from_file(path: Path, mailbox: str) -> str:
    try:
        found = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise MailboxError(mailbox, f"{path} cannot be read: {why}", cure="write the password into it") from error
    if not found:
        raise MailboxError(mailbox, f"{path} is empty", cure="write the password into it")
    return found


def _from_command(command: str, mailbox: str, root: Path) -> str:
    """Run the user's own command line from the user's own settings, and take its first line."""
    try:
        ended = subprocess.run(  # noqa: S602 - a shell line is what the setting is for
            command, shell=True, cwd=root, capture_output=True, text=True, timeout=_COMMAND_S, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise MailboxError(
            mailbox, f"`{command}` did not end within {_COMMAND_S} s", cure="run it yourself; it must not ask"
        ) from error
    except (subprocess.CalledProcessError, OSError, UnicodeDecodeError) as error:
        code = f" with {error.returncode}" if isinstance(error, subprocess.CalledProcessError) else ""
        raise MailboxError(mailbox, f"`{command}` failed{code}", cure="run it yourself to see why") from error
    found = ended.stdout.partition("\n")[0].strip("\r")
    if not found:
        raise MailboxError(mailbox, f"`{command}` printed nothing", cure="it must print the password on its first line")
    return found


def _from_keyring(service: str, mailbox: str, user: str) -> str:
    try:
        keyring = import_module("keyring")
    except ImportError as error:
        raise MailboxError(
            mailbox,
            "the password is in the keyring, and the package keyring is not installed",
            cure="`python -m pip install keyring`, or name another place: password = { env = … }",
        ) from error
    try:
        found = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        cure = "unlock it, or name another place: password = { env = … }"
        raise MailboxError(mailbox, f"the keyring cannot be used: {error}", cure=cure) from error
    if not found:
        cure = f"`python -m keyring set {service} {user}`"
        raise MailboxError(mailbox, f"the keyring knows no password of {user} under {service}", cure=cure)
    return str(found)
