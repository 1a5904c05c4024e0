"""`dripper lint --watch`: a fresh screen whenever a file changes, until Ctrl-C."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, show_problems, talk
from dripper.errors import DripperError, ProblemsError

if TYPE_CHECKING:
    from dripper.cli.lint_report import Report
    from dripper.jobs.lint import Request
    from dripper.jobs.watch import Watched

# Quick enough for a person who looks up from the editor.
_LOOK_S = 0.3


def watched(app: App, request: Request, report: Report) -> int:
    """Lint at once and after each change; return 0 when the user stops it.

    What cannot be linted at first ends it; what breaks later is told, and looked at again after the next change.
    """
    from dripper.jobs.watch import Watched

    try:
        files = Watched(request.paths, app.directory)
        _lint(app, request, report)
        while True:
            _wait(files)
            try:
                _lint(app, request, report)
            except (DripperError, OSError) as error:
                _tell(error)
    except KeyboardInterrupt:
        return 0


def _lint(app: App, request: Request, report: Report) -> None:
    from dripper.jobs.lint import lint

    found = list(lint(request, app.directory))
    if sys.stdout.isatty():
        click.clear()
    report.show(found, app.directory)
    talk("Watching; Ctrl-C ends it.")


def _wait(files: Watched) -> None:
    """Return when something has changed and nothing changes any more: many files may be saved at once."""
    while not files.changed():
        time.sleep(_LOOK_S)
    time.sleep(_LOOK_S)
    while files.changed():
        time.sleep(_LOOK_S)


def _tell(error: DripperError | OSError) -> None:
    if sys.stdout.isatty():
        click.clear()
    if isinstance(error, ProblemsError):
        show_problems(error.problems)
    talk(f"dripper: {error}")
    if isinstance(error, DripperError) and error.cure:
        talk(f"  {error.cure}")
    talk("Watching; Ctrl-C ends it.")
