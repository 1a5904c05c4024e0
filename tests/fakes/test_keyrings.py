from pathlib import Path

import pytest

from fakes.keyrings import FILE, FileKeyring, Forgetful, environment


def test_what_is_put_in_is_found_by_service_and_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE, environment(tmp_path / "kept.json")[FILE])
    FileKeyring().set_password("dripper", "dana", "one")
    FileKeyring().set_password("dripper", "ben", "two")
    Forgetful().set_password("dripper", "dana", "three")

    assert FileKeyring().get_password("dripper", "dana") == "one"
    assert FileKeyring().get_password("other", "dana") is None
