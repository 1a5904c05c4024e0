"""The command `preview`: every message as each contact will get it."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, pass_app, print_json, talk
from dripper.cli.page import deliver_page, open_option, output_option
from dripper.cli.rehearsal import tell_of_later_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.shown import Shown


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
@output_option
@open_option
@json_option
@pass_app
def preview(
    app: App,
    campaign: str,
    *,
    contact: str | None,
    folder: Path | None,
    output: Path | None,
    show: bool,
    as_json: bool,
) -> int:
    """Show every message of CAMPAIGN as each contact will get it, with its length and slot."""
    from dripper.jobs.preview import preview as preview_of
    from dripper.jobs.standing import archived_of, standing_of

    if as_json and (show or output):
        raise click.UsageError("--json is no page: leave out --open and -o")
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
    if output is not None or show:
        from dripper.pages.phones import phones_page

        deliver_page(app, phones_page(campaign, shown), output, name=f"{campaign}.html", show=show)
    elif as_json or folder is None:
        _print(campaign, shown, as_json=as_json)
    if folder is not None:
        _write_bytes(app, shown, folder)
    faults = [each for each in shown if each.is_fault]
    if as_json or folder is not None or output is not None or show:
        for each in faults:
            talk(f"dripper: {each.message_id}, {each.recipient.email}: {each.note}")
    return 1 if faults else 0


def _print(campaign: str, shown: Sequence[Shown], *, as_json: bool) -> None:
    from dripper.pages.preview import preview_json, preview_text

    if as_json:
        print_json(preview_json(campaign, shown))
    else:
        click.echo(preview_text(shown, width=get_terminal_size((100, 24)).columns))


def _write_bytes(app: App, shown: Sequence[Shown], folder: Path) -> None:
    from dripper.jobs.preview import write_eml

    written = write_eml(shown, app.directory / folder)
    talk(f"Wrote {len(written)} message{'' if len(written) == 1 else 's'} into {folder}.")
