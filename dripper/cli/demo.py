"""The demo: the commands that a person would type, run one after another on a copy of the sample workspace.

Nothing is shown that a command did not print; a command that ends otherwise than expected ends the demo.
"""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from dripper.errors import DripperError
from dripper.jobs.demo import copy_sample, first_morning, rehearse_only
from dripper.outbox.postbox import HOST, Postbox

# How much of an output is shown; the rest lies in a file.
_LINES = 12


class Stage:
    """Runs commands in the copy and shows them as a transcript."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now: datetime | None = None
        self._count = 0

    def say(self, text: str) -> None:
        """Say what comes next."""
        click.echo(f"\n{text}")

    def run(self, *arguments: str, code: int = 0, lines: int = _LINES) -> None:
        """Run a command and show it with what it printed; raise where it does not end with `code`."""
        arguments = (*self._clock(), *arguments)
        command = shlex.join(["dripper", *arguments])
        click.echo(f"\n  $ {command}")
        printed = io.StringIO()
        ended = _run(arguments, out=printed, talk=printed)
        self._show(command, printed.getvalue(), lines)
        if ended != code:
            raise DripperError(
                f"`{command}` ended with {ended} instead of {code}", cure=f"run it yourself in {self.root}"
            )

    def ask(self, *arguments: str) -> Any:
        """Return what a command says with `--json`, without showing it."""
        printed = io.StringIO()
        _run((*self._clock(), *arguments, "--json"), out=printed, talk=io.StringIO())
        return json.loads(printed.getvalue())

    def _clock(self) -> tuple[str, ...]:
        return ("--now", self.now.isoformat(timespec="minutes")) if self.now else ()

    def _show(self, command: str, text: str, most: int) -> None:
        """Show the first lines and the last one; a longer text lies whole in a file."""
        self._count += 1
        lines = text.rstrip().splitlines()
        if len(lines) > most + 2:
            file = self.root / "output" / f"{self._count:02}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"$ {command}\n{text}", encoding="utf-8")
            more = f"… {len(lines) - most - 1} more lines in {file.relative_to(self.root)}"
            lines = [*lines[:most], more, lines[-1]]
        self.show(lines)

    def show(self, lines: Iterable[str]) -> None:
        """Show what came out, set in."""
        for line in lines:
            click.echo(f"    {line}".rstrip())


def _run(arguments: tuple[str, ...], *, out: io.StringIO, talk: io.StringIO) -> int:
    from dripper.cli.group import run

    with redirect_stdout(out), redirect_stderr(talk):
        return run(list(arguments))


@contextmanager
def _stage(directory: Path | None) -> Iterator[Stage]:
    root = copy_sample(directory)
    with Postbox(root / "mail") as box, chdir(root):
        rehearse_only(root, host=HOST, port=box.port)
        click.echo(f"This is a copy of the sample workspace, in {root}")
        click.echo("Its mailbox only rehearses: it delivers to a mail server that this demo runs on this machine.")
        yield Stage(root)


def demonstrate(directory: Path | None) -> None:
    """Lint, plan, approve, deliver, hear an answer, go on, and prepare the negotiation."""
    with _stage(directory) as stage:
        _write(stage)
        slots = _approve(stage)
        _deliver(stage, slots)
        _prepare(stage)
    _where(stage.root)


def _write(stage: Stage) -> None:
    stage.say("1. A draft that should not go out is refused, with the place and the cure.")
    stage.run("lint", "draft.txt", code=1)
    stage.say("   The messages of the workspace pass.")
    stage.run("lint")


def _approve(stage: Stage) -> list[dict[str, Any]]:
    from dripper.wiring.parts import Wiring

    stage.now = first_morning(Wiring.of(stage.root).workspace)
    stage.say("2. The season: on each person's own clock, round their holidays, never two at once.")
    stage.run("plan", lines=19)
    slots: list[dict[str, Any]] = stage.ask("plan")["slots"]
    stage.say("3. Approved as it stands; from now on it may go out.")
    stage.run("schedule", "--yes", lines=0)
    return slots


def _deliver(stage: Stage, slots: list[dict[str, Any]]) -> None:
    first, last = (datetime.fromisoformat(slots[place]["utc"]) for place in (0, -1))
    answers = slots[0]["contact"]
    assert stage.now is not None
    stage.say("4. The rehearsal clock runs through the first days; every message goes over SMTP.")
    stage.now = _go_on(stage, until=first + timedelta(days=2))
    mail = min((stage.root / "mail").iterdir())
    stage.say(f"   One of them, as the server took it ({mail.relative_to(stage.root)}):")
    stage.show(mail.read_text(encoding="utf-8").splitlines())
    stage.say(f"5. {answers} answers: what was still to come for this person stops.")
    stage.run("replied", answers, "Thank you, that helped us")
    stage.now = _go_on(stage, until=last + timedelta(days=1))
    stage.run("why", answers)
    stage.say("6. Asked to send again, there is nothing to send: nobody gets a message twice.")
    stage.run("send")
    stage.run("ledger")


def _go_on(stage: Stage, *, until: datetime) -> datetime:
    assert stage.now is not None
    end = until.astimezone(stage.now.tzinfo)
    stage.run("run", "--until", end.isoformat(timespec="minutes"))
    return end


def _prepare(stage: Stage) -> None:
    stage.say("7. The homework before a negotiation: where it is not done, the call is better moved.")
    stage.run("prep", "minato", "--check", code=1)
    stage.say("   Where it is done, the brief is carried into the room.")
    stage.run("prep", "brook", "--check")
    stage.run("prep", "brook", "-o", "brief.html")


def _where(root: Path) -> None:
    mails = len(list((root / "mail").glob("*.eml")))
    click.echo(f"\nEverything lies in {root}")
    click.echo(f"  mail/        the {mails} messages as they were delivered, one file each")
    click.echo("  brief.html   the brief; open it in a browser and print it")
    click.echo("  campaigns/   the texts; change one and run the demo again")
    click.echo("\nThe mail server of the demo has stopped. Your own workspace: dripper init")
