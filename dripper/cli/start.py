"""Start: today at a glance, a demo, a new workspace, a new file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dripper.cli.app import App, page_width, pass_app, print_json, print_page, talk
from dripper.cli.rehearsal import tell_of_later_records


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def today(ctx: click.Context, *, as_json: bool) -> None:
    """Show what went out yesterday, what goes out today, what is held, and the negotiation that is near."""
    from zoneinfo import ZoneInfo

    from dripper.errors import NoWorkspaceError
    from dripper.jobs.today import today as job
    from dripper.pages.today import today_json, today_text

    app = ctx.ensure_object(App)
    try:
        wiring = app.wiring
    except NoWorkspaceError:
        click.echo(ctx.find_root().get_help())
        talk("\nHere is no workspace yet: `dripper demo` shows one at work, `dripper init DIR` starts one.")
        return
    tell_of_later_records(app)
    found = job(
        wiring.store_to_read,
        wiring.loaded,
        wiring.workspace,
        now=wiring.clock.now(),
        rehearsal=wiring.rehearsal,
        suppressed=wiring.suppressed,
    )
    if as_json:
        print_json(today_json(found))
    else:
        zone = ZoneInfo(wiring.workspace.settings.workspace.timezone)
        print_page(today_text(found, zone, width=page_width()))


@click.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@pass_app
def demo(app: App, directory: Path | None) -> None:
    """Show the whole main job on a copy of the sample workspace, in DIR or a temporary folder.

    Lints, plans, approves, delivers to a mail server on this machine, records a reply and builds a brief. It asks
    nothing, sends nothing out and leaves nothing running.
    """
    from dripper.cli.demo import demonstrate

    demonstrate(app.directory / directory if directory else None)


@click.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The workspace's name; default: the folder's.")
@click.option("--timezone", help="For contacts without one, such as Europe/Berlin; default: this machine's.")
@pass_app
def init(app: App, directory: Path | None, name: str | None, timezone: str | None) -> None:
    """Start a workspace in DIR (default: here). No file that exists is changed.

    It comes with one account and one campaign, and with a mailbox that only rehearses.
    """
    from dripper.jobs.init import init as start
    from dripper.wiring.clock import local_zone, today_here

    folder = (app.directory / (directory or ".")).resolve()
    started = start(
        folder,
        name=name or folder.name.replace("-", " ").title() or "My agency",
        timezone=timezone or local_zone(),
        today=today_here(app.now),
    )
    for file in started:
        talk(f"{'wrote' if file.written else 'kept '} {file.path.relative_to(folder)}")
    elsewhere = f"`cd {directory}`, then " if folder != Path.cwd() else ""
    talk(f"Next: {elsewhere}`dripper lint` and `dripper plan`.")


@click.command()
@click.argument("kind", type=click.Choice(["account", "campaign", "negotiation"]))
@click.argument("name")
@click.option("--no-input", is_flag=True, help="Ask nothing: fill in what is known, and leave the rest as comments.")
@pass_app
def new(app: App, kind: str, name: str, *, no_input: bool) -> None:
    """Start an account, a campaign or a negotiation in a commented file, filled in from what the workspace knows.

    NAME is acme for an account, acme/insights for a campaign (trends for one to many accounts), acme/renewal for a
    negotiation. A negotiation begins with ten questions: Enter takes the guess in brackets and marks it as one, `-`
    leaves a question open, and Ctrl-C keeps what was answered.
    """
    from dripper.jobs import new as start

    workspace = app.wiring.workspace
    root, on = app.wiring.root, app.wiring.today()
    match kind:
        case "account":
            path = start.new_account(root, name, workspace=workspace)
        case "campaign":
            path = start.new_campaign(root, name, workspace=workspace, today=on)
        case _:
            from dripper.cli.interview import negotiate

            path = negotiate(app, name, ask=not no_input and sys.stdin.isatty())
    talk(f"wrote {path.relative_to(root)}")
    talk(_NEXT[kind].format(name=name, account=name.partition("/")[0]))


_NEXT = {
    "account": "Next: name its people in it, then `dripper new campaign {name}/insights`.",
    "campaign": "Next: write your own messages into it, then `dripper lint` and `dripper preview {name}`.",
    "negotiation": "Next: fill in what you know, then `dripper prep {account}`.",
}
