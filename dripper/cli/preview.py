"""The command `preview`: every message as each contact will get it."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size

import click

from dripper.cli.app import App, json_option, pass_app, print_json, talk
from dripper.cli.rehearsal import tell_of_later_records


@click.command
@click.argument("campaign")
@click.option("--contact", metavar="EMAIL", help="Only what this contact gets.")
@click.option(
    "--eml",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the exact bytes of each message into DIR.",
)
@json_option
@pass_app
def preview(app: App, campaign: str, contact: str | None, folder: Path | None, as_json: bool) -> int:
    """Show every message of CAMPAIGN as each contact will get it, with its length and slot."""
    from dripper.jobs.preview import preview as preview_of
    from dripper.jobs.preview import write_eml
    from dripper.jobs.standing import archived_of, standing_of
    from dripper.pages.preview import preview_json, preview_text

    wiring = app.wiring
    tell_of_later_records(app)
    store = wiring.store_to_read
    shown = preview_of(
        wiring.workspace,
        standing_of(store, suppressed=wiring.suppressed),
        campaign=campaign,
        contact=contact,
        now=wiring.clock.now(),
        archived=lambda to: archived_of(store, campaign, to.key),
        secret=wiring.token_secret,
    )
    if as_json:
        print_json(preview_json(campaign, shown))
    elif folder is None:
        click.echo(preview_text(shown, width=get_terminal_size((100, 24)).columns))
    if folder is not None:
        written = write_eml(shown, app.directory / folder)
        talk(f"Wrote {len(written)} message{'' if len(written) == 1 else 's'} into {folder}.")
    faults = [each for each in shown if each.is_fault]
    if as_json or folder is not None:
        for each in faults:
            talk(f"dripper: {each.message_id}, {each.recipient.email}: {each.note}")
    return 1 if faults else 0
