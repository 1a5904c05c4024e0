"""`scorecard`: the page of progress of one account, from what may be shown of it and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.jobs.accounts import sound_account

if TYPE_CHECKING:
    from datetime import date

    from dripper.pages.scorecard import Scorecard
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace


def scorecard(loaded: Loaded, workspace: Workspace, name: str, *, today: date) -> Scorecard:
    """Return the scorecard of an account; `UsageError` for an unknown name, `ProblemsError` for a faulty file."""
    from dripper.pages.scorecard import scorecard_of

    account = sound_account(loaded, workspace, name)
    settings = workspace.settings
    return scorecard_of(
        account,
        workspace.series.get(name, {}),
        author=settings.workspace.name,
        today=today,
        thresholds=settings.thresholds,
    )
