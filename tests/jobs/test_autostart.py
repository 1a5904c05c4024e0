from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import SETTINGS, write

from dripper.errors import UsageError
from dripper.jobs.autostart import Keeper, Service, keeper_of, remove, service_of
from dripper.jobs.autostart import write as put

PROGRAM = (sys.executable, "-m", "dripper")
STRANGE = 'we ird %h $HOME "it\'s" & <b>'


def service(keeper: Keeper, root: Path, **environment: str) -> Service:
    return service_of(keeper, root, PROGRAM, lambda name: environment.get(name, ""))


@pytest.mark.parametrize(("platform", "keeper"), [("darwin", Keeper.LAUNCHD), ("freebsd14", Keeper.CRON)])
def test_a_machine_has_its_own_keeper(platform: str, keeper: Keeper) -> None:
    assert keeper_of(platform) is keeper


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd to ask")
@pytest.mark.parametrize("name", ["agency", STRANGE])
def test_systemd_reads_the_unit_as_it_is_meant(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    root.mkdir()
    unit = service(Keeper.SYSTEMD, root, HOME=str(tmp_path))
    put(unit)

    assert unit.path is not None
    broken = unit.path.with_name("broken.service")
    broken.write_text(unit.text.replace("ExecStart=", "ExecStart=elsewhere/"), encoding="utf-8")
    if "broken" not in _verified(broken, tmp_path):
        pytest.skip("systemd does not look at units here")
    assert unit.name not in _verified(unit.path, tmp_path)
    assert unit.path.parent == tmp_path / ".config/systemd/user"


def _verified(unit: Path, runtime: Path) -> str:
    """Return what systemd finds in a unit."""
    call = ["systemd-analyze", "verify", "--user", "--man=no", str(unit)]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime)}
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment).stderr


@pytest.mark.parametrize("name", ["agency", STRANGE])
def test_an_agent_of_launchd_says_what_to_run(tmp_path: Path, name: str) -> None:
    agent = service(Keeper.LAUNCHD, tmp_path / name, HOME="/home/dana")

    keys = plistlib.loads(agent.text.encode())
    assert keys["ProgramArguments"] == [*PROGRAM, "-C", str(tmp_path / name), "run"]
    assert (keys["Label"], keys["KeepAlive"]) == (agent.name, True)


@pytest.mark.parametrize("name", ["agency", STRANGE])
def test_a_line_of_cron_sends_what_is_due(tmp_path: Path, name: str) -> None:
    line = service(Keeper.CRON, tmp_path / name).text

    *when, command = line.split(" ", 5)
    # Cron itself takes the stroke before a per cent sign away.
    assert shlex.split(command.replace("\\%", "%")) == [*PROGRAM, "-C", str(tmp_path / name), "send"]
    assert when == ["*/5", "*", "*", "*", "*"]
    assert "%" not in command.replace("\\%", "")


def test_two_workspaces_of_one_name_are_two_services(tmp_path: Path) -> None:
    names = {service(Keeper.SYSTEMD, tmp_path / folder / "agency", HOME="/h").name for folder in ("a", "b")}

    assert len(names) == 2


def test_a_folder_of_settings_counts(tmp_path: Path) -> None:
    unit = service(Keeper.SYSTEMD, tmp_path, HOME="/home/dana", XDG_CONFIG_HOME="/settings")

    assert unit.path is not None
    assert unit.path.parent == Path("/settings/systemd/user")


def test_what_is_written_twice_is_written_once_and_removed_once(tmp_path: Path) -> None:
    unit = service(Keeper.SYSTEMD, tmp_path / "agency", HOME=str(tmp_path))

    assert [put(unit), put(unit)] == [True, False]
    assert [remove(unit), remove(unit)] == [True, False]


@pytest.mark.parametrize("keeper", [Keeper.SYSTEMD, Keeper.LAUNCHD])
def test_without_a_home_there_is_no_place_for_it(tmp_path: Path, keeper: Keeper) -> None:
    with pytest.raises(UsageError, match="HOME is not set"):
        service(keeper, tmp_path)


def test_a_line_break_in_a_folder_cannot_begin_a_key_of_the_unit(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="such characters"):
        service(Keeper.SYSTEMD, tmp_path / "a\nExecStartPre=b", HOME="/h")


def test_the_command_writes_it_and_says_what_switches_it_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "dripper.toml", SETTINGS)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    done = dripper("autostart", "--as", "systemd", cwd=tmp_path)

    unit = Path(done.stdout.strip())
    assert f'"-C" "{tmp_path}" "run"' in unit.read_text(encoding="utf-8")
    assert f"systemctl --user enable --now {unit.stem}" in done.stderr
    assert dripper("autostart", "--as", "systemd", "--remove", cwd=tmp_path).returncode == 0
    assert not unit.exists()
