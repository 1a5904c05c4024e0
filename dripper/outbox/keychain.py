"""The system's keyring, where `dripper login` puts a password; `secret` reads it from there when something is sent."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dripper.errors import SecretError

ELSEWHERE = (
    "keep it elsewhere: password = { env = … }, { file = … } or { command = … } in dripper.toml, which no log-in fills"
)
# What the package falls back to where a machine has nothing that keeps a secret.
_NOWHERE = frozenset({"keyring.backends.fail", "keyring.backends.null"})


def keyring_in_use() -> str:
    """Return the name of this machine's keyring; raise `SecretError` where it has none that keeps anything."""
    backend = _backend(_library())
    if type(backend).__module__ in _NOWHERE:
        raise SecretError("this machine has no keyring that is unlocked (a server often has none)", cure=ELSEWHERE)
    return str(getattr(backend, "name", type(backend).__name__))


def keep(service: str, user: str, secret: str) -> None:
    """Put a secret into the keyring and see that it is there; raise `SecretError` where it is not."""
    keyring = _library()
    keyring_in_use()
    try:
        keyring.set_password(service, user, secret)
        is_kept = keyring.get_password(service, user) == secret
    except keyring.errors.KeyringError as error:
        raise SecretError(f"the keyring did not take it: {error}", cure=f"unlock it, or {ELSEWHERE}") from error
    if not is_kept:
        raise SecretError("the keyring did not keep it", cure=ELSEWHERE)


def _library() -> Any:
    try:
        return import_module("keyring")
    except ImportError as error:
        cure = f"`python -m pip install 'dripper[keyring]'`, or {ELSEWHERE}"
        raise SecretError("the package keyring is not installed", cure=cure) from error


def _backend(keyring: Any) -> Any:
    try:
        return keyring.get_keyring()
    except (ImportError, AttributeError, RuntimeError, ValueError, OSError, keyring.errors.KeyringError) as error:
        raise SecretError(f"the keyring cannot be used: {error}", cure=ELSEWHERE) from error
