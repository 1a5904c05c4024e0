"""The command `plan`: the season ahead, and what changed since it was scheduled."""

from __future__ import annotations

from functools import partial
from shutil import get_terminal_size

import click

from dripper.cli.app import App, json_option, pass_app, print_json, show_problems, talk
from dripper.cli.rehearsal import tell_of_later_records


@click.command
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@json_option
@pass_app
def plan(app: App, campaigns: tuple[str, ...], as_json: bool) -> int:
    """Show every future message with its slot in local and UTC time, its reason, and what changed.

    It is the season as it will be once the campaigns are scheduled as they stand now. Writes nothing.
    """
    from dripper.jobs.plan import plan as plan_of
    from dripper.jobs.plan import why_refused
    from dripper.jobs.standing import archived_of, standing_of
    from dripper.pages.season import season_json, season_text

    wiring = app.wiring
    tell_of_later_records(app)
    store = wiring.store_to_read
    found = plan_of(
        wiring.workspace,
        standing_of(store, suppressed=wiring.suppressed),
        now=wiring.clock.now(),
        names=campaigns,
        archived=partial(archived_of, store),
    )
    if as_json:
        print_json(season_json(found))
    else:
        click.echo(season_text(found, width=min(get_terminal_size((100, 24)).columns, 120)))
    show_problems(wiring.loaded.problems)
    refusal = why_refused(wiring.loaded, campaigns)
    if refusal:
        talk(f"dripper: {refusal}")
    for fault in found.faults:
        talk(f"dripper: {fault}")
        if fault.cure:
            talk(f"  {fault.cure}")
    return 1 if wiring.loaded.problems or refusal or found.faults else 0
