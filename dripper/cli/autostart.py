"""Autostart: keep `dripper run` alive without anybody at the terminal."""

from __future__ import annotations

import sys

import click

from dripper.cli.app import App, pass_app, talk


@click.command()
@click.option(
    "--as",
    "keeper",
    type=click.Choice(["systemd", "launchd", "cron"]),
    help="Who keeps it alive; without it whichever of them this machine has.",
)
@click.option("--print", "only_print", is_flag=True, help="Print it, and write nothing.")
@click.option("--remove", is_flag=True, help="Take it away again.")
@pass_app
def autostart(app: App, keeper: str | None, *, only_print: bool, remove: bool) -> int:
    """Write what keeps `dripper run` alive on this machine: a systemd user unit, or a launchd agent.

    For cron it is a line that sends what is due every five minutes. Nothing is switched on by this: the commands that
    do so are shown.
    """
    from dripper.jobs import autostart as job

    wiring = app.wiring
    chosen = job.Keeper(keeper) if keeper else job.keeper_of(sys.platform)
    program = [sys.executable, "-m", "dripper"]
    service = job.service_of(chosen, wiring.root, program, wiring.instruments().setting)
    if only_print or (service.path is None and not remove):
        click.echo(service.text, nl=False)
        if service.path is None and not only_print:
            talk("Put this line into your crontab: crontab -e")
        return 0
    if service.path is None:
        talk(f"Take the line that names {wiring.root} out of your crontab: crontab -e")
        return 0
    if remove:
        there = job.remove(service)
        talk(f"{service.path} was removed." if there else f"There is no {service.path}.")
        talk("To stop what may still be running:")
    else:
        job.write(service)
        click.echo(str(service.path))
        talk("Written. To start it, now and from now on:")
    for command in service.off if remove else service.on:
        talk(f"  {command}")
    return 0
