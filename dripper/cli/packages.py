"""The command `packages`: every package of a negotiation, scored for both sides."""

from __future__ import annotations

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_json, show_problems


@click.command
@click.argument("negotiation", metavar="NEGOTIATION|FILE")
@json_option
@pass_app
def packages(app: App, negotiation: str, *, as_json: bool) -> int:
    """Score every package of [[option]]s for both sides: what is efficient, fair, worth offering, worth trading.

    NEGOTIATION is one of the workspace, such as acme/renewal; a FILE needs no workspace.
    """
    from dripper.jobs.packages import name_of, read_negotiation_file, score
    from dripper.pages.packages import packages_json, packages_text

    path, name = app.directory / negotiation, negotiation
    if not path.is_file() and path.suffix != ".toml":
        name = name_of(app.wiring.loaded, negotiation)
        path = app.wiring.root / name
    read, problems = read_negotiation_file(path, name)
    found = score(read)
    if as_json:
        print_json(packages_json(found))
    else:
        width = page_width()
        click.echo(packages_text(read, found, width=width))
    show_problems(problems)
    return 0
