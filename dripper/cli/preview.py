"""The command `preview`: every message as each contact will get it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_pieces, talk
from dripper.cli.page import deliver_page, open_option, output_option
from dripper.cli.rehearsal import tell_of_later_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.drip.shown import Shown
    from dripper.jobs.preview import Preview


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
    found = preview_of(
        wiring.workspace,
        standing_of(store, suppressed=wiring.suppressed),
        campaign=campaign,
        contact=contact,
        now=wiring.clock.now(),
        archived=lambda to: archived_of(store, campaign, to.key),
        secret=wiring.token_secret,
    )
    faults = _Faults()
    if output is not None or show:
        _show_page(app, campaign, found, faults, output, show=show)
    elif as_json:
        from dripper.pages.preview import preview_json

        print_pieces(preview_json(campaign, faults.among(found)))
    elif folder is None:
        _print(found, faults)
    if folder is not None:
        _write_bytes(app, faults.among(found), folder)
    if as_json or folder is not None or output is not None or show:
        faults.tell()
    return 1 if faults.found else 0


class _Faults:
    """Those of the messages that were looked at, each once."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], str] = {}

    def among(self, shown: Iterable[Shown]) -> Iterator[Shown]:
        """Yield the same messages, and keep what is wrong with them."""
        for each in shown:
            if each.is_fault:
                self.found[each.message_id, each.recipient.email] = each.note
            yield each

    def tell(self) -> None:
        """Say them."""
        for (message_id, email), note in self.found.items():
            talk(f"dripper: {message_id}, {email}: {note}")


def _show_page(app: App, campaign: str, found: Preview, faults: _Faults, output: Path | None, *, show: bool) -> None:
    from dripper.pages.phones import MOST_READERS, phones_page

    shown = [*faults.among(found.first(MOST_READERS))]
    text = phones_page(campaign, shown, more=max(0, found.readers - MOST_READERS))
    deliver_page(app, text, output, name=f"{campaign}.html", show=show)


def _print(found: Preview, faults: _Faults) -> None:
    from dripper.pages.preview import preview_text
    from dripper.pages.season import FIRST_PEOPLE, MOST_PEOPLE

    most = found.readers if found.readers <= MOST_PEOPLE else FIRST_PEOPLE
    shown = [*faults.among(found.first(most))]
    width = page_width()
    click.echo(preview_text(shown, more=found.readers - most, width=width))


def _write_bytes(app: App, shown: Iterable[Shown], folder: Path) -> None:
    from dripper.jobs.preview import write_eml

    written = write_eml(shown, app.directory / folder)
    talk(f"Wrote {written:,} message{'' if written == 1 else 's'} into {folder}.")
