"""Where a page goes: on stdout, into a file, into the browser."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import click

from dripper.cli.app import talk
from dripper.jobs.writing import writing

if TYPE_CHECKING:
    from dripper.cli.app import App

open_option = click.option("--open", "show", is_flag=True, help="Write it as an HTML page and open it in the browser.")

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the HTML page there; - is stdout.",
)


def deliver_page(app: App, page: str | bytes, output: Path | None, *, name: str, show: bool) -> None:
    """Write a page into `output`, or into a new folder as `name` where it is only to be opened; then open it.

    An `output` of `-` is the same as none: stdout, where it is not to be opened.
    """
    output = None if output == Path("-") else output
    if output is None and not show:
        click.echo(page, nl=False)
        return
    path = app.directory / output if output else Path(mkdtemp(prefix="dripper-")) / name.replace("/", "-")
    with writing(path, cure="name a file in a folder that exists and that you may write to, or `-o -` to print it"):
        path.write_bytes(page.encode() if isinstance(page, str) else page)
    talk(f"It is in {path}.")
    if show and not app.wiring.browse(path):
        talk("No browser could be opened here: open that file in one.")
