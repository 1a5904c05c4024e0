"""The files of one workspace as they are read, one after the other: their documents, and the problems that came up."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

from dripper.problem import Problem, Severity, Span
from dripper.workspace.contact_list import Listed, read_contact_list
from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.metrics import Readings, read_metrics
from dripper.workspace.model.account import Account
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.table import Table
from dripper.workspace.packaged import packaged_shells
from dripper.workspace.reading import Read
from dripper.workspace.recipients import folder_of
from dripper.workspace.rows import shown
from dripper.workspace.signals import SIGNALS, Mentions, read_csv_signals
from dripper.workspace.toml import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dripper.workspace.folder import Folder
    from dripper.workspace.model.signal import Signal
    from dripper.workspace.model.workspace import Series
    from dripper.workspace.roll import Roll

# A list of this size or more is kept in a roll: some ten thousand people, who take twenty times as much in memory.
LEAST_BYTES = 1_000_000
TEXT_SHELL, HTML_SHELL = ".txt.j2", ".html.j2"

S = TypeVar("S", bound=Table)
T = TypeVar("T", Account, Campaign, Negotiation)


class Reader(Protocol[T]):
    """Reads one kind of file."""

    def __call__(self, document: Document, *, default_id: str) -> Read[T]:
        """Return what the file says, its id filled in."""
        ...


class Sources:
    """The files below one folder; `documents` and `problems` grow as they are read."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._lists: dict[str, tuple[Listed, ...] | Roll] = {}
        self.root = folder.root
        # The files below campaigns/, relative to the workspace.
        self.names = folder.names_below("campaigns")
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        # By name: the files of the shells that the package does not have so.
        self.shell_files: dict[str, str] = {}
        # The names of the files that have an error; what they say must not be used.
        self.faulty: set[str] = set()

    def read(self, name: str, reader: Callable[[Document], Read[S]]) -> Read[S] | None:
        """Read the TOML file called `name`, and keep what came up with it; `None` where it is no TOML."""
        read = self._folder.made(name, Read, lambda: self._read(name, reader))
        if isinstance(read, Problem):
            self.tell(name, [read])
            return None
        self.documents[name] = read.document
        self.tell(name, read.problems)
        return read

    def _read(self, name: str, reader: Callable[[Document], Read[S]]) -> Read[S] | Problem:
        text = self._folder.text(name)
        document = text if isinstance(text, Problem) else Document.parse(name, text)
        return document if isinstance(document, Problem) else reader(document)

    def values(self, names: Iterable[str], reader: Reader[T], default_id: Callable[[str], str]) -> dict[str, T]:
        """Read files of one kind; those with an error are in it where something can be made of them."""
        values: dict[str, T] = {}
        for name in names:
            read = self.read(name, partial(reader, default_id=default_id(name)))
            if read is not None and (value := read.mended) is not None:
                other = values.setdefault(value.id.casefold(), value)
                if other is not value:
                    message = f'the id "{value.id}" is already that of {other.file}'
                    cure = 'write another: id = "…"'
                    self.tell(name, [read.document.problem(Fault.DUPLICATE_ID, ("id",), message, cure)])
        return {value.id: value for value in values.values()}

    def sound(self, values: Mapping[str, T]) -> dict[str, T]:
        """Return those of `values` whose files have no error."""
        return {key: value for key, value in values.items() if value.file not in self.faulty}

    def faulty_of(self, values: Mapping[str, T]) -> dict[str, T]:
        """Return those of `values` whose files have an error."""
        return {key: value for key, value in values.items() if value.file in self.faulty}

    def tell(self, name: str, problems: Iterable[Problem]) -> None:
        """Keep the problems that came up with the file called `name`."""
        for problem in problems:
            self.problems.append(problem)
            if problem.severity is Severity.ERROR:
                self.faulty.add(name)

    def shells(self, ending: str) -> dict[str, str]:
        """Return the source of each shell by name, the workspace's own before the packaged ones."""
        shells = dict(packaged_shells(ending))
        for name in self._folder.names_in("templates", ending):
            text = self._folder.text(name)
            if isinstance(text, Problem):
                self.problems.append(text)
            else:
                shell = PurePosixPath(name).name.removesuffix(ending)
                if text != shells.get(shell) and ending == TEXT_SHELL:
                    self.shell_files[shell] = name
                shells[shell] = text
        return shells

    def listed(self, campaign: Campaign) -> tuple[Listed, ...] | Roll:
        """Return the people of the campaign's contact list; its file is read once for all campaigns that name it.

        Those of a long list are in a roll.
        """
        name = self.list_of(campaign)
        if name is None:
            return ()
        if name not in self._lists:
            self._lists[name], problems = self._contact_list(name, campaign)
            for problem in problems:
                self.tell(problem.file, [problem])
        return self._lists[name]

    def list_of(self, campaign: Campaign) -> str | None:
        """Return the name of the campaign's contact list; `None` where it has none, or does not say it rightly."""
        if not campaign.contact_list or not self.documents[campaign.file].is_own(("contacts",)):
            return None
        return str(PurePosixPath(campaign.file).parent / campaign.contact_list)

    def _contact_list(self, name: str, campaign: Campaign) -> tuple[tuple[Listed, ...] | Roll, list[Problem]]:
        document, path = self.documents[campaign.file], ("contacts",)
        if PurePosixPath(campaign.contact_list).is_absolute() or ".." in PurePosixPath(name).parts:
            message = f'"{campaign.contact_list}" does not lie beside the campaign'
            return (), [document.problem(Fault.WRONG_VALUE, path, message, "move it there and write its bare name")]
        if not self._folder.holds(name):
            message, cure = f"there is no file {name}", "put it there, or correct the name"
            return (), [document.problem(Fault.UNKNOWN_REFERENCE, path, message, cure)]
        return self._folder.made(name, Listed, lambda: self._people(name))

    def _people(self, name: str) -> tuple[tuple[Listed, ...] | Roll, list[Problem]]:
        if self._folder.size(name) >= LEAST_BYTES:
            return self._roll(name)
        text = self._folder.text(name, limit=4 * LEAST_BYTES)
        if isinstance(text, Problem):
            return (), [text]
        return read_contact_list(text, file=name)

    def _roll(self, name: str) -> tuple[tuple[Listed, ...] | Roll, list[Problem]]:
        from dripper.workspace.roll import roll_of

        lines = self._folder.lines(name)
        if isinstance(lines, Problem):
            return (), [lines]
        lines.close()
        kept = self._folder.root / ".dripper/lists"
        roll = roll_of(partial(self._lines, name), file=name, state=self._folder.state(name), folder=kept)
        return roll, roll.problems

    def _lines(self, name: str) -> Iterator[str]:
        lines = self._folder.lines(name)
        if not isinstance(lines, Problem):
            with lines:
                yield from lines

    def series(self, folders: Mapping[str, str]) -> dict[str, dict[str, Series]]:
        """Return the series by account and metric; `folders` gives the account of each folder."""
        readings, known = Readings(), frozenset(folders.values())
        here = ["metrics.csv"] if self._folder.holds("metrics.csv") else []
        for name in [*here, *(name for name in self.names if name.endswith("/metrics.csv"))]:
            folder = folder_of(name)
            account = folders.get(folder, folder) or None
            found = self._folder.made(name, (Readings, account), partial(self._readings, name, account))
            readings.add(found, file=name)
            strangers = {stranger for stranger, _ in found.series} - known - {account}
            self.problems += [_stranger(name, stranger, folders) for stranger in sorted(strangers)]
        self.problems += readings.problems
        series: dict[str, dict[str, Series]] = {}
        for (account_id, metric), one in readings.series.items():
            series.setdefault(account_id, {})[metric] = one
        return series

    def signals(self) -> tuple[Signal, ...]:
        """Return the mentions that the workspace keeps; rows that cannot be used are told."""
        if not self._folder.holds(SIGNALS):
            return ()
        found = self._folder.made(SIGNALS, Mentions, self._mentions)
        self.problems += found.told
        return tuple(found.signals)

    def _mentions(self) -> Mentions:
        lines = self._folder.lines(SIGNALS)
        if isinstance(lines, Problem):
            return Mentions(problems=[lines])
        with lines:
            return read_csv_signals(lines, file=SIGNALS)

    def _readings(self, name: str, account: str | None) -> Readings:
        return read_metrics(self._folder.lines(name), name=name, account=account)


def _stranger(name: str, account: str, folders: Mapping[str, str]) -> Problem:
    return Fault.UNKNOWN_REFERENCE.problem(
        file=name,
        span=Span(line=1, column=1, end_line=1, end_column=1),
        message=f'there is no account "{shown(account)}", so nobody will see its metrics',
        cure=nearest(account, sorted(folders.values())),
        severity=Severity.WARNING,
    )
