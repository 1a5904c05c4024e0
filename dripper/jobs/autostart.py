"""What keeps `dripper run` alive on this machine: a systemd user unit, a launchd agent, or a line for cron.

Only a file is written; what switches it on is shown, because it changes what the machine does by itself.
"""

from __future__ import annotations

import hashlib
import plistlib
import re
import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Only where systemd is what started the machine (sd_booted(3)).
_BOOTED_BY_SYSTEMD = Path("/run/systemd/system")
# After a stop the last message may wait ten minutes for the server's answer (RFC 5321 §4.5.3.2.6).
_STOP_S = 660
_AGAIN_S = 30
_CRON_MINUTES = 5


class Keeper(StrEnum):
    """Who starts programs on a machine."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    CRON = "cron"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A workspace as a keeper knows it."""

    keeper: Keeper
    name: str
    # Where `text` belongs; `None` where a person puts it.
    path: Path | None
    text: str
    # The commands that switch it on, and off.
    on: tuple[str, ...]
    off: tuple[str, ...]


def keeper_of(platform: str) -> Keeper:
    """Return who starts programs on a machine of this `sys.platform`."""
    if platform == "darwin":
        return Keeper.LAUNCHD
    return Keeper.SYSTEMD if platform == "linux" and _BOOTED_BY_SYSTEMD.is_dir() else Keeper.CRON


def service_of(keeper: Keeper, root: Path, program: Sequence[str], setting: Callable[[str], str]) -> Service:
    """Return the service that works on the workspace at `root`; `setting` looks into the environment.

    Raises `UsageError` where there is no home to put it into, or the path cannot stand in such a file.
    """
    if not str(root).isprintable():
        raise UsageError("a service cannot name a folder with such characters", cure="give the folder a plain name")
    name = _name(root)
    call = [*program, "-C", str(root)]
    if keeper is Keeper.CRON:
        return Service(keeper=keeper, name=name, path=None, text=_line(call), on=("crontab -e",), off=("crontab -e",))
    home = setting("HOME")
    if not home:
        raise UsageError("HOME is not set, so there is no place for it", cure="set HOME, or say --as cron")
    if keeper is Keeper.LAUNCHD:
        path = Path(home, "Library/LaunchAgents", f"{name}.plist")
        logs = Path(home, "Library/Logs", f"{name}.log")
        where = shlex.quote(str(path))
        text = _agent(name, [*call, "run"], logs)
        start, stop = f"launchctl bootstrap gui/$(id -u) {where}", f"launchctl bootout gui/$(id -u) {where}"
        return Service(keeper=keeper, name=name, path=path, text=text, on=(start,), off=(stop,))
    path = Path(setting("XDG_CONFIG_HOME") or f"{home}/.config", "systemd/user", f"{name}.service")
    on = (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {name}",
        "loginctl enable-linger    # so that it also runs while you are not logged in",
    )
    off = (f"systemctl --user disable --now {name}",)
    return Service(keeper=keeper, name=name, path=path, text=_unit(root, [*call, "run"]), on=on, off=off)


def write(service: Service) -> bool:
    """Write the file of `service`; return whether it was new or changed."""
    assert service.path is not None
    try:
        if service.path.is_file() and service.path.read_text(encoding="utf-8") == service.text:
            return False
        service.path.parent.mkdir(parents=True, exist_ok=True)
        service.path.write_text(service.text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{service.path} could not be written: {error}", cure="or say --print, and put it there"
        ) from None
    return True


def remove(service: Service) -> bool:
    """Take the file of `service` away; return whether there was one."""
    assert service.path is not None
    try:
        service.path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UsageError(f"{service.path} could not be removed: {error}") from None
    return True


def _name(root: Path) -> str:
    """Return a name that no other workspace of the machine has."""
    plain = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-") or "workspace"
    return f"dripper-{plain}-{hashlib.sha256(str(root).encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def _unit(root: Path, call: Sequence[str]) -> str:
    """Return a unit of systemd (systemd.service(5)); in it `%` and `$` begin what systemd fills in."""
    return f"""\
[Unit]
Description=dripper run in {str(root).replace("%", "%%")}
After=network-online.target
Wants=network-online.target

[Service]
ExecStart={" ".join(map(_quoted, call))}
Restart=always
RestartSec={_AGAIN_S}
TimeoutStopSec={_STOP_S}

[Install]
WantedBy=default.target
"""


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _agent(name: str, call: Sequence[str], logs: Path) -> str:
    """Return an agent of launchd (launchd.plist(5))."""
    keys = {
        "Label": name,
        "ProgramArguments": list(call),
        "RunAtLoad": True,
        "KeepAlive": True,
        "ThrottleInterval": _AGAIN_S,
        "ExitTimeOut": _STOP_S,
        "StandardOutPath": str(logs),
        "StandardErrorPath": str(logs),
    }
    return plistlib.dumps(keys, sort_keys=False).decode()


def _line(call: Sequence[str]) -> str:
    """Return a line of a crontab (crontab(5)), where `%` ends the command: every few minutes what is due."""
    command = shlex.join([*call, "send"]).replace("%", "\\%")
    return f"*/{_CRON_MINUTES} * * * * {command}\n"
