"""What is known of the open texts: whose file each is, what its workspace says, and its problems.

One thread at a time asks. Every question comes with what is open at that moment; what was found out is kept until that
changes, and of the files of a workspace whatever did not change is kept longer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from dripper.jobs.lint import DRAFT_SUFFIXES
from dripper.jobs.lint_draft import draft_options, lint_draft_text, root_above
from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.disk import TEXT_LIMIT_BYTES, too_large
from dripper.workspace.files import SETTINGS, load_folder, table_of
from dripper.workspace.folder import Folder

if TYPE_CHECKING:
    from dripper.lint.options import Options
    from dripper.lsp.buffers import Buffer, Open
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.table import Table
    from dripper.workspace.model.workspace import Workspace

_DRAFT_LANGUAGES = {"plaintext", "markdown", "text", "mail"}
_SHELLS = (".txt.j2", ".html.j2")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Home:
    """The workspace that a file belongs to, by its folder, and the file's name in it."""

    root: Path
    name: str

    @property
    def table(self) -> type[Table] | None:
        """Return what the file holds; `None` for one that is no TOML."""
        return table_of(self.name)


class Desk:
    """Answers questions about open texts."""

    def __init__(self, today: Callable[[], date] | None = None) -> None:
        """Take what tells the date on this machine; without it no value of a metric is dated too late."""
        self._today = today
        self._open: Open = MappingProxyType({})
        self._folders: dict[Path, Folder] = {}
        self._known: dict[object, object] = {}

    def turn_to(self, now: Open) -> None:
        """Let what is open now count from here on."""
        if now is not self._open:
            self._open = now
            self._known.clear()

    def is_draft(self, buffer: Buffer) -> bool:
        """Whether a text is a message of its own."""
        if buffer.place is None:
            return buffer.language in _DRAFT_LANGUAGES
        return buffer.place.suffix in DRAFT_SUFFIXES

    def home(self, buffer: Buffer) -> Home | None:
        """Return where a text belongs as a file of a workspace; `None` where it does not."""
        place = buffer.place
        if place is None or self.is_draft(buffer):
            return None
        above = place.parent if place.name == SETTINGS else root_above(place.parent)
        if above is None:
            return None
        home = Home(above.resolve(), place.relative_to(above).as_posix())
        is_part = home.table is not None or _is_part(home.name)
        return home if is_part else None

    def loaded(self, root: Path) -> Loaded:
        """Return what the workspace at `root` says, unsaved texts included."""
        return self._once(root, lambda: self._load(root))

    def campaign(self, home: Home) -> tuple[Workspace, Campaign] | None:
        """Return the campaign that a file holds, with its workspace, as far as something can be made of it."""
        loaded = self.loaded(home.root)
        for workspace in (loaded.workspace, loaded.left_out):
            for campaign in workspace.campaigns.values() if workspace else ():
                if workspace and campaign.file == home.name:
                    return workspace, campaign
        return None

    def problems(self, buffer: Buffer) -> tuple[Problem, ...] | None:
        """Return the problems of a text; `None` where it is neither a draft nor a file of a workspace."""
        return self._once(("problems", buffer.uri), lambda: self._problems(buffer))

    def options(self, buffer: Buffer) -> Options:
        """Return the settings for a draft: those of the workspace round it."""
        settings = (other for other in self._open.values() if other.place and other.place.name == SETTINGS)
        unsaved = {other.place.resolve(): other.sheet.text for other in settings if other.place}
        start = buffer.place.parent if buffer.place else Path("/")
        return draft_options(start, select=(), ignore=(), unsaved=unsaved)

    def _problems(self, buffer: Buffer) -> tuple[Problem, ...] | None:
        if self.is_draft(buffer):
            return tuple(self._draft_problems(buffer))
        home = self.home(buffer)
        if home is None:
            return None
        found = lint_workspace(self.loaded(home.root), wanted=lambda file: file == home.name)
        return tuple(problem for problem in found if problem.file == home.name)

    def _draft_problems(self, buffer: Buffer) -> list[Problem]:
        name, text = buffer.place.name if buffer.place else "draft", buffer.sheet.text
        if not text.strip():
            return []
        large = len(text) > TEXT_LIMIT_BYTES or len(text.encode()) > TEXT_LIMIT_BYTES
        content = too_large(name, TEXT_LIMIT_BYTES) if large else text
        folder = buffer.place.parent if buffer.place else None
        return [shown.problem for shown in lint_draft_text(content, name, self.options(buffer), folder=folder)]

    def _load(self, root: Path) -> Loaded:
        folder = self._folders.setdefault(root, Folder(root))
        homes = ((self.home(buffer), buffer) for buffer in self._open.values())
        folder.unsaved = {home.name: buffer.sheet.text for home, buffer in homes if home and home.root == root}
        today = self._today
        return load_folder(folder, today_in=None if today is None else lambda _zone: today())

    def _once(self, question: object, answer: Callable[[], T]) -> T:
        if question not in self._known:
            self._known[question] = answer()
        known: T = self._known[question]  # type: ignore[assignment]
        return known


def _is_part(name: str) -> bool:
    """Whether a file that is no TOML is read as a part of its workspace."""
    if name.startswith("campaigns/"):
        return name.endswith(".csv")
    return name == "metrics.csv" or (name.startswith("templates/") and name.endswith(_SHELLS))
