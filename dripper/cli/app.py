"""What every command is handed: where to work and when it is, and the parts that are wired on first use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


def talk(text: str) -> None:
    """Say something to the person; stdout is for data."""
    click.echo(text, err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """Say each problem with its cure."""
    for problem in problems:
        talk(str(problem))
        if problem.cure:
            talk(f"  {problem.cure}")
