"""A workspace that was read once, and the problems of the files that the user names in it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dripper.jobs.lint_workspace import lint_workspace
from dripper.lint.report.shown import Shown, lines_of, shown_in
from dripper.workspace.disk import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, tzinfo

    from dripper.lint.past import Past
    from dripper.outbox.store.engine import Store
    from dripper.problem import Problem
    from dripper.workspace.lake import Fetch
    from dripper.workspace.model.campaign import Campaign

_SETTINGS, _METRICS, _SIGNALS = "dripper.toml", "metrics.csv", "campaigns/signals.csv"


class WorkspaceLint:
    """One workspace, loaded once, whose problems are shown with names as seen from `directory`."""

    def __init__(
        self,
        start: Path,
        directory: Path,
        *,
        select: Sequence[str],
        ignore: Sequence[str],
        negotiation: bool,
        unsaved: Mapping[str, str],
        store_of: Callable[[Path], Store] | None,
        fetch: Fetch | None = None,
        today_in: Callable[[tzinfo], date] | None = None,
    ) -> None:
        """Load the workspace above `start`; raise `NoWorkspaceError`.

        Texts that are `unsaved`, by their names as seen from `directory`, count instead of the files. With `store_of`,
        which opens the store of the workspace in a folder, messages are compared with what was delivered, too. `fetch`
        gets the password of a database that a text takes metrics from; `today_in` tells the date in a zone.
        """
        from dripper.workspace.files import find_root, load_folder
        from dripper.workspace.folder import Folder

        self.root = find_root(start)
        names = {file: Path(os.path.relpath(directory.resolve() / file, self.root)).as_posix() for file in unsaved}
        folder = Folder(self.root, {names[file]: text for file, text in unsaved.items()})
        self.loaded = load_folder(folder, fetch=fetch, today_in=today_in)
        self._select = select
        self._ignore = ignore
        self._negotiation = negotiation
        self._store_of = store_of
        self._directory = directory.resolve()
        self._texts: dict[str, list[str]] = {}

    def reads(self, name: str) -> bool:
        """Whether the file called `name` is linted with the rest; a shell or a list is where a campaign names it."""
        if name in self.loaded.documents or any(problem.file == name for problem in self.loaded.problems):
            return True
        if name in (_METRICS, _SIGNALS) or (name.startswith("campaigns/") and name.endswith(f"/{_METRICS}")):
            return True
        workspaces = (self.loaded.workspace, self.loaded.left_out)
        campaigns = (each for workspace in workspaces if workspace for each in workspace.campaigns.values())
        return any(name in _named_by(campaign) for campaign in campaigns)

    def shown(self, wanted: Callable[[str], bool]) -> Iterator[Shown]:
        """Yield the problems of each file that is `wanted`, by its name within the workspace."""
        problems = lint_workspace(
            self.loaded,
            select=self._select,
            ignore=self._ignore,
            negotiation=self._negotiation,
            wanted=wanted,
            past=self._past(),
        )
        for problem in problems:
            if wanted(problem.file):
                file = os.path.relpath(self.root / problem.file, self._directory)
                yield replace(self._shown(problem), problem=problem._replace(file=Path(file).as_posix()))

    def _past(self) -> Past | None:
        """Return what was delivered, where that counts; settings that cannot be used name no store."""
        if self._store_of is None or self.loaded.workspace is None:
            return None
        from dripper.jobs.past import past_of

        return past_of(self._store_of(self.root), self.loaded)

    def _shown(self, problem: Problem) -> Shown:
        if problem.file not in self._texts:
            document = self.loaded.documents.get(problem.file)
            text = document.text if document else read_text(self.root / problem.file, name=problem.file, limit=None)
            self._texts[problem.file] = lines_of(text) if isinstance(text, str) else []
        shown = shown_in(self._texts[problem.file], problem)
        if problem.file != _SETTINGS:
            return shown
        from dripper.workspace.settings import masked

        return replace(shown, line=masked(shown.line), last=masked(shown.last))


def _named_by(campaign: Campaign) -> Iterator[str]:
    """Yield the files that a campaign names: its shells and its list of contacts."""
    yield f"templates/{campaign.shell}.txt.j2"
    if campaign.html:
        yield f"templates/{campaign.shell}.html.j2"
    if campaign.contact_list:
        yield (PurePosixPath(campaign.file).parent / campaign.contact_list).as_posix()
