"""Prints what lint found in the format that was asked for, and says what the command ends with."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dripper.lint.report.formats import Format, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from dripper.lint.report.shown import Shown
    from dripper.problem import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How to print the problems, and from which weight on the command ends with 1."""

    form: Format
    # Whether they are only counted.
    statistics: bool
    threshold: Severity

    @property
    def is_text(self) -> bool:
        """Whether it is for people."""
        return self.form is Format.TEXT

    @property
    def is_plain(self) -> bool:
        """Whether it is what is printed where nothing else was asked for."""
        return self.is_text and not self.statistics

    def show(self, found: Iterable[Shown], directory: Path, *, on_stderr: bool = False) -> int:
        """Print `found`, named as seen from `directory`, as it comes, and return the exit code."""
        from dripper.wiring.terminal import wants_colour

        worst = Worst()
        stream = sys.stderr if on_stderr else sys.stdout
        colour = self.is_text and wants_colour(stream)
        for line in self._lines(worst.watching(found), directory, colour=colour, width=terminal_width(stream)):
            click.echo(_encodable(line), color=colour, err=on_stderr)
        return 1 if worst.reached(self.threshold) else 0

    def _lines(self, found: Iterable[Shown], directory: Path, *, colour: bool, width: int | None) -> Iterator[str]:
        if self.statistics:
            from dripper.lint.report.statistics import counted, statistics_json, statistics_text

            counts = counted(found)
            return statistics_text(counts) if self.is_text else statistics_json(counts)
        if self.form.is_for_checkout:
            from dripper.jobs.checkout import seen_from_checkout

            found = seen_from_checkout(found, directory)
        return report(self.form, found, colour=colour, width=width)


class Worst:
    """Watches problems pass by, to know at the end how bad the worst of them was."""

    def __init__(self) -> None:
        self._seen: set[Severity] = set()

    def watching(self, found: Iterable[Shown]) -> Iterator[Shown]:
        """Pass `found` on, one by one."""
        for each in found:
            self._seen.add(each.problem.severity)
            yield each

    def reached(self, threshold: Severity) -> bool:
        """Whether a problem weighed as much as `threshold`."""
        return any(severity.reaches(threshold) for severity in self._seen)


def report_of(form: str | None, *, as_json: bool, statistics: bool, threshold: Severity) -> Report:
    """Return the report that the options ask for together; `UsageError` where they contradict each other."""
    if as_json and form not in (None, Format.JSON):
        raise click.UsageError(f"--json and --format {form} contradict each other")
    chosen = Format.JSON if as_json else Format(form or Format.TEXT)
    if statistics and chosen not in (Format.TEXT, Format.JSON):
        raise click.UsageError(f"--statistics is printed as text or as JSON, not as {chosen}")
    return Report(form=chosen, statistics=statistics, threshold=threshold)


def terminal_width(stream: TextIO) -> int | None:
    """Return how many cells a line of the terminal has; `None` where there is none to fit into."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def _encodable(line: str) -> str:
    """Return `line` with what is no text (a byte in the name of a file) as an escape, which is also JSON's own."""
    return line if line.isascii() else line.encode("utf-8", "backslashreplace").decode()
