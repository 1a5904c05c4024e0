"""The commands `signals` and `signals import`: what is said in public, and who hears it."""

from __future__ import annotations

from pathlib import Path

import click

from dripper.cli.app import (
    App,
    json_option,
    page_width,
    pass_app,
    print_json,
    print_page,
    show_problems,
    talk,
    talk_below,
)


class _Signals(click.Group):
    """A group whose name alone, or with an account, shows the mentions."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the hidden command `of` before what is no command of its own."""
        first = args[0] if args else ""
        if first not in self.commands and first not in ctx.help_option_names:
            args = ["of", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Signals, subcommand_metavar="[ACCOUNT] | import FILE")
def signals() -> None:
    """Show public mentions, the widest reach first, one for each author, joined to accounts; or take some in.

    `dripper signals` shows all, `dripper signals ACCOUNT` those that concern it. They stand in
    campaigns/signals.csv; an angle may rest on a row that has a kind (such as market) and a side (for: us or them).
    """


@signals.command("of", hidden=True)
@click.argument("account", required=False)
@json_option
@pass_app
def show(app: App, account: str | None, *, as_json: bool) -> int:
    """Show the mentions of ACCOUNT, or all."""
    from dripper.jobs.signals import signals as job
    from dripper.pages.signals import signals_json, signals_text
    from dripper.workspace.signals import SIGNALS

    found = job(app.wiring.workspace, account)
    problems = [problem for problem in app.wiring.loaded.problems if problem.file == SIGNALS]
    if as_json:
        print_json(signals_json(found))
    elif found:
        print_page(signals_text(found, width=page_width()))
    else:
        talk_below(f"Nobody speaks of {account} yet." if account else "No mentions yet.")
        talk_below("  `dripper signals import FILE` takes them from a CSV or from JSON lines.")
    show_problems(problems)
    return 1 if problems else 0


@signals.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@pass_app
def take(app: App, file: Path, *, as_json: bool) -> int:
    """Take the mentions of FILE, a CSV or JSON lines, into campaigns/signals.csv, each once however often it is run.

    The headers that people use are understood: author, followers, text, date, url, account, names. Rows that cannot be
    used are told with line and cause and left out; the others are taken.
    """
    from dripper.jobs.signals import import_signals
    from dripper.workspace.signals import SIGNALS

    taken = import_signals(app.directory / file, app.wiring.root, shown=str(file))
    show_problems(taken.problems)
    if as_json:
        print_json({"version": 1, "added": len(taken.fresh), "known": taken.known, "left_out": taken.left_out})
    known = f", {taken.known} known before" if taken.known else ""
    talk(f"{SIGNALS}: {len(taken.fresh)} {'mention' if len(taken.fresh) == 1 else 'mentions'} added{known}.")
    talk("Next: `dripper signals` shows who speaks of whom.")
    return 1 if taken.problems else 0
