"""Log in: ask for a mailbox's password, try it, and keep it in the keyring."""

from __future__ import annotations

import sys
from functools import partial

import click

from dripper.cli.app import App, pass_app

# Longer is no password, but a file that was piped in by mistake.
_MOST_OCTETS = 4096


@click.command()
@click.argument("mailbox")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read it from stdin, one line, and ask nothing.")
@pass_app
def login(app: App, mailbox: str, *, from_stdin: bool) -> int:
    """Ask for the password of MAILBOX, log in with it at its server, and keep it in this machine's keyring.

    Of a mailbox with `oauth` it is the refresh token. Nothing is sent. It is kept only when it works, under the name
    that `{ keyring = … }` in dripper.toml gives; a mailbox that was stopped for its log-in is used again.
    """
    from dripper.jobs import login as job

    wiring = app.wiring
    door = job.door_of(wiring.workspace, wiring.loaded, mailbox)
    keys = wiring.instruments()
    ask = _read if from_stdin else partial(_ask, f"{door.what.capitalize()} of {door.user} at {door.smtp.host}")
    job.login(keys, door, ask)
    click.echo(
        f"{door.smtp.host} takes it. It is kept in {keys.keyring_in_use()}, under {door.service}, for {door.user}."
    )
    again = job.use_again(lambda: wiring.store_to_read, mailbox, now=wiring.clock.now())
    if again:
        click.echo(again)
    return 0


def _ask(prompt: str) -> str:
    from dripper.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("nobody is there to ask", cure="pipe it in, and say --stdin")
    found: str = click.prompt(prompt, hide_input=True, err=True, default="", show_default=False)
    return found


def _read() -> str:
    from dripper.errors import UsageError

    line = sys.stdin.buffer.readline(_MOST_OCTETS + 1)
    try:
        found = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise UsageError("what came in on stdin is no UTF-8 text", cure="type the password yourself") from None
    if len(line) > _MOST_OCTETS:
        raise UsageError("what came in on stdin is too long for a password or a token", cure="pipe in one line")
    return found
