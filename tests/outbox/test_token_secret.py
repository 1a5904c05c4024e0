from __future__ import annotations

import stat
from pathlib import Path

import pytest
from fakes.workspaces import small_workspace

from dripper.errors import SecretError
from dripper.outbox.token_secret import NAME, token_secret
from dripper.workspace.files import load
from dripper.workspace.model.settings import Settings

URL = '\n[optout]\nurl = "https://drip.north.example"\n'
LONG = "correct horse battery staple"


def settings_of(root: Path, added: str = URL) -> Settings:
    small_workspace(root)
    with (root / "dripper.toml").open("a", encoding="utf-8") as file:
        file.write(added)
    workspace = load(root).workspace
    assert workspace is not None
    return workspace.settings


def secret(root: Path, settings: Settings, *, chance: bytes = b"\x01", **environment: str) -> bytes | None:
    return token_secret(settings, root=root, environment=environment, chance=lambda octets: chance * octets)


def test_it_is_made_when_it_is_first_asked_for_and_kept(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    made = secret(tmp_path, settings)
    assert made == b"01" * 32
    assert secret(tmp_path, settings, chance=b"\x02") == made
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / ".dripper").iterdir()] == ["secret"]


def test_who_needs_no_token_has_no_secret(tmp_path: Path) -> None:
    assert secret(tmp_path, settings_of(tmp_path, "")) is None
    assert not (tmp_path / ".dripper").exists()


def test_a_secret_of_ones_own_is_taken_and_none_is_made(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f'{URL}secret = {{ env = "DRIP" }}\n')
    assert secret(tmp_path, settings, DRIP=LONG) == LONG.encode()
    assert not (tmp_path / ".dripper").exists()


def test_what_could_be_guessed_is_refused_and_not_shown(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f'{URL}secret = {{ env = "DRIP" }}\n')
    with pytest.raises(SecretError, match="5 characters") as refused:
        secret(tmp_path, settings, DRIP="abcde")
    assert "abcde" not in f"{refused.value} {refused.value.cure}"


@pytest.mark.parametrize(
    ("content", "said"),
    [pytest.param(b"\n", "no secret", id="empty"), pytest.param(b"\xff" * 40, "no text", id="bytes")],
)
def test_a_file_that_was_spoilt_is_told_and_not_made_anew(tmp_path: Path, content: bytes, said: str) -> None:
    settings = settings_of(tmp_path)
    (tmp_path / ".dripper").mkdir()
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(SecretError, match=said):
        secret(tmp_path, settings)
    assert (tmp_path / NAME).read_bytes() == content


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    (tmp_path / ".dripper").write_text("a file in its way")
    with pytest.raises(SecretError, match="cannot be used") as refused:
        secret(tmp_path, settings)
    assert refused.value.cure
