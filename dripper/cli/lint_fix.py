"""`dripper lint --fix` and `--diff`: puts the safe fixes in or shows them, and says how many and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.cli.lint_report import Report
    from dripper.jobs.fix import FixedFile
    from dripper.jobs.lint import Request

_NO_LINE_END = "\\ No newline at end of file\n"


def fixed(app: App, request: Request, report: Report, *, only_diff: bool) -> int:
    """Fix what can be fixed safely, and return the exit code: 1 where a problem that counts is left.

    With `only_diff` nothing is written, and it is 1 where there is anything to fix. Of stdin the fixed text goes to
    stdout, and the talk to stderr.
    """
    from dripper.jobs.fix import fix, write
    from dripper.jobs.lint_draft import STDIN

    done = fix(request, app.directory)
    if only_diff:
        for file in done.files:
            click.echo("".join(_diff(file)).encode("utf-8", "surrogateescape"), nl=False)
        talk(f"{done.count} to fix, {len(done.left)} would be left")
        return 1 if done.count else 0
    is_stdin = STDIN in request.paths
    if is_stdin:
        click.echo(done.files[0].after, nl=False)
    else:
        write(done.files, app.directory)
    code = report.show(done.left, app.directory, on_stderr=is_stdin)
    talk(f"{done.count} fixed, {len(done.left)} left")
    return code


def _diff(file: FixedFile) -> Iterator[str]:
    """Yield the lines of a unified diff, as `git apply` and `patch` read it."""
    from difflib import unified_diff

    before, after = (content.decode("utf-8", "surrogateescape") for content in (file.before, file.after))
    for line in unified_diff(_lines(before), _lines(after), file.name, file.name):
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"


def _lines(text: str) -> list[str]:
    """Return the lines as a diff counts them: only a line feed ends one."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [lines[-1]] * bool(lines[-1])
