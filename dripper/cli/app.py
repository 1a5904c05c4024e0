"""What every command is handed: where to work and when it is, and the parts that are wired on first use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TextIO

    from dripper.problem import Problem
    from dripper.wiring.parts import Wiring


class App:
    """The options before the command's name; the wiring is made when a command first asks for it."""

    def __init__(self, *, directory: Path, now: str | None) -> None:
        self.directory = directory
        self.now = now
        self._wiring: Wiring | None = None

    @property
    def wiring(self) -> Wiring:
        """Return the parts, wired to the nearest workspace (`NoWorkspaceError` where there is none)."""
        if self._wiring is None:
            from dripper.wiring.parts import Wiring

            self._wiring = Wiring.of(self.directory, now=self.now)
        return self._wiring


# Wider lines are hard to read, however wide the terminal is.
WIDEST = 100

pass_app = click.make_pass_decorator(App)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, in the documented shape.")


def print_json(value: Any) -> None:
    """Print one JSON document on stdout."""
    click.echo(as_text(value), nl=False)


def print_pieces(pieces: Iterable[str]) -> None:
    """Print a long text on stdout piece by piece."""
    sys.stdout.writelines(pieces)


def as_text(value: Any) -> str:
    """Return a JSON document as text; non-ASCII stays readable."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def print_json_line(value: Any) -> None:
    """Print one JSON object on a line of its own, at once."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()


def page_width(widest: int = WIDEST) -> int:
    """Return how many columns a page on stdout has: those of the terminal, but no more than `widest`."""
    from dripper.wiring.terminal import width_of

    return min(width_of(sys.stdout) or widest, widest)


def print_page(page: str) -> None:
    """Print a page for people on stdout; what is wider than the terminal goes on below."""
    click.echo(_fitted(page, sys.stdout))


def talk(text: str) -> None:
    """Say something to the person; stdout is for data. Only a terminal breaks the lines: others may look for them."""
    click.echo(_fitted(text, sys.stderr) if sys.stderr.isatty() else text, err=True)


def talk_below(text: str) -> None:
    """Say something below a page, within its width."""
    click.echo(_fitted(text, sys.stderr), err=True)


def _fitted(text: str, stream: TextIO) -> str:
    from dripper.wiring.terminal import width_of

    width = width_of(stream)
    if width is None or max(map(len, text.split("\n"))) * 2 <= width:
        return text
    from dripper.pages.width import fitted

    return fitted(text, width)


def show_problems(problems: Iterable[Problem]) -> None:
    """Say each problem with its cure."""
    for problem in problems:
        talk(str(problem))
        if problem.cure:
            talk(f"  {problem.cure}")
