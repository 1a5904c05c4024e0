"""Keyrings for tests: one that keeps its secrets in a file, and one that only pretends to keep them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

FILE = "FAKE_KEYRING"


def environment(file: Path, kind: str = "FileKeyring") -> dict[str, str]:
    """Return what makes a process use a keyring of this module, with its secrets in `file`."""
    folder = Path(__file__).resolve().parent.parent
    path = os.pathsep.join([str(folder / "shut"), str(folder)])
    return {"PYTHON_KEYRING_BACKEND": f"fakes.keyrings.{kind}", FILE: str(file), "PYTHONPATH": path}


class FileKeyring(KeyringBackend):
    """Keeps everything in one JSON file."""

    # Never chosen by itself.
    priority = -1  # type: ignore[assignment]
    name = "the file keyring"

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        Path(os.environ[FILE]).write_text(json.dumps({**self._all(), f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError

    def _all(self) -> dict[str, str]:
        file = Path(os.environ[FILE])
        found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return found


class Forgetful(FileKeyring):
    """Takes a secret and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass
