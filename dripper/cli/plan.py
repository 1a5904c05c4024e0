"""The command `plan`: the season ahead, and what changed since it was scheduled."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_page, print_pieces, show_problems, talk
from dripper.cli.page import deliver_page, open_option, output_option
from dripper.cli.rehearsal import tell_of_later_records

if TYPE_CHECKING:
    from dripper.drip.coming import Plan


@click.command
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@click.option(
    "--ics",
    "calendar",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write it as an iCalendar file, for a calendar to import; - is stdout.",
)
@output_option
@open_option
@json_option
@pass_app
def plan(
    app: App,
    campaigns: tuple[str, ...],
    *,
    calendar: Path | None,
    output: Path | None,
    show: bool,
    as_json: bool,
) -> int:
    """Show every future message with its slot in local and UTC time, its reason, and what changed.

    It is the season as it will be once the campaigns are scheduled as they stand now. Writes nothing.
    """
    if as_json and calendar == Path("-"):
        raise click.UsageError("--json and --ics - cannot both be stdout")
    if as_json and (show or output):
        raise click.UsageError("--json is no page: leave out --open and -o")
    from dripper.jobs.plan import plan as plan_of
    from dripper.jobs.plan import why_refused
    from dripper.jobs.standing import archived_of, standing_of

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
    if calendar is not None:
        _write_calendar(app, found, calendar)
    if output is not None or show:
        _show_page(app, found, output, show=show)
    elif as_json or calendar is None:
        _print(found, as_json=as_json)
    show_problems(wiring.loaded.problems)
    refusal = why_refused(wiring.loaded, campaigns)
    if refusal:
        talk(f"dripper: {refusal}")
    for fault in found.faults:
        talk(f"dripper: {fault}")
        if fault.cure:
            talk(f"  {fault.cure}")
    return 1 if wiring.loaded.problems or refusal or found.faults else 0


def _print(found: Plan, *, as_json: bool) -> None:
    from dripper.pages.season import season_json, season_text

    if as_json:
        print_pieces(season_json(found))
    else:
        print_page(season_text(found, width=page_width()))


def _show_page(app: App, found: Plan, output: Path | None, *, show: bool) -> None:
    from dripper.pages.season_page import season_page

    text = season_page(found, workspace=app.wiring.workspace.settings.workspace.name)
    deliver_page(app, text, output, name="season.html", show=show)


def _write_calendar(app: App, found: Plan, calendar: Path) -> None:
    from dripper.jobs.writing import writing
    from dripper.pages.icalendar import icalendar
    from dripper.pages.season import summary

    lines = icalendar(found, workspace=app.wiring.workspace.settings.workspace.name)
    if calendar == Path("-"):
        sys.stdout.buffer.writelines(lines)
        return
    cure = "name a file in a folder that exists and that you may write to: --ics FILE"
    with writing(calendar, cure=cure), (app.directory / calendar).open("wb") as file:
        file.writelines(lines)
    talk(f"It is in {calendar}: {summary(found)}")
