"""The options of a command that writes a page: in which format, into which file, or into the browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dripper.cli.app import App, as_text
from dripper.cli.page import deliver_page
from dripper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dripper.pages.layout import Page

FORMATS = ("md", "html", "pdf", "docx", "json")
_FOR_FILES = ("pdf", "docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How a page was asked for."""

    kind: str | None
    as_json: bool
    output: Path | None
    show: bool

    @property
    def is_plain(self) -> bool:
        """Whether nothing was asked for but, perhaps, JSON."""
        return self.kind in (None, "json") and self.output is None and not self.show

    @property
    def format(self) -> str:
        """Return the format: as named, as the file's name says, HTML to look at, else Markdown; `UsageError`."""
        if self.as_json and self.kind not in (None, "json"):
            raise click.UsageError(f"--json contradicts --format {self.kind}")
        if self.as_json or self.kind:
            return "json" if self.as_json else str(self.kind)
        if self.output is None or self.output == Path("-"):
            return "html" if self.show else "md"
        from dripper.jobs.brief_file import kind_of

        return kind_of(self.output.name)

    def check(self, name: str) -> None:
        """Refuse bytes for a terminal; raise `UsageError` there, and wherever `format` does."""
        if self.format in _FOR_FILES and self.output in (None, Path("-")) and not self.show and sys.stdout.isatty():
            cure = f"write it into a file: -o {name}.{self.format}"
            raise UsageError(f"a {self.format.upper()} is not for a terminal", cure=cure)


def paper_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format`, `--json`, `-o` and `--open`, which a `Paper` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--format", "kind", type=click.Choice(FORMATS), help="How it is written; by default as -o's name says, else md."
    ),
    click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        metavar="FILE",
        help="Write it there; - is stdout.",
    ),
    click.option("--open", "show", is_flag=True, help="Write it, as HTML if nothing else is named, and open it."),
)


def deliver(app: App, paper: Paper, page: Callable[[], Page], document: Callable[[], Any], *, name: str) -> None:
    """Write the page, or the JSON document, in the format that was asked for; `name` has no ending."""
    from dripper.jobs.brief_file import page_bytes

    paper.check(name)
    kind = paper.format
    written = (
        as_text(document()) if kind == "json" else page_bytes(page(), kind, on=app.wiring.today(), root=app.wiring.root)
    )
    deliver_page(app, written, paper.output, name=f"{name}.{kind}", show=paper.show)
