"""Lints a workspace: its files, and its messages as each contact gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dripper.lint.past import Past
    from dripper.lint.told import Told
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

NEGOTIATION = ".negotiation.toml"
_SETTINGS = "dripper.toml"


def lint_workspace(
    loaded: Loaded,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    negotiation: bool = False,
    wanted: Callable[[str], bool] = lambda _file: True,
    past: Past | None = None,
) -> list[Problem]:
    """Return every problem of a workspace: of its files, and of its messages as each contact gets them.

    A campaign that was left out for a fault is checked as far as it goes, so that one look tells all. Of files that
    are not `wanted` problems may be missing. What was delivered in the `past` must not be told again. With
    `negotiation` the messages, too, are read as if for one.
    """
    from dripper.lint.settings import settings_problems
    from dripper.lint.told import Told

    problems = list(loaded.problems)
    workspaces = [workspace for workspace in (loaded.workspace, loaded.left_out) if workspace is not None]
    told = Told(workspaces, past)
    for workspace in workspaces:
        problems += settings_problems(workspace, loaded.documents)
        for campaign in workspace.campaigns.values():
            if any(wanted(file) for file in _files_of(campaign, loaded)):
                problems += _campaign(loaded, workspace, campaign, select, ignore, told, negotiation=negotiation)
    if wanted(_SETTINGS):
        problems += _mailboxes(loaded, select, ignore)
    problems += _negotiations(loaded, select, ignore, wanted)
    first = {(problem.file, problem.span, problem.code): problem for problem in reversed(problems)}
    return sorted(first.values(), key=lambda problem: problem.sort_key)


def _files_of(campaign: Campaign, loaded: Loaded) -> Iterator[str]:
    """Yield the files of which problems are found with a campaign's own: itself and its shells."""
    yield campaign.file
    yield loaded.shell_files.get(campaign.shell, campaign.file)
    if campaign.html:
        from dripper.jobs.shells import html_file

        yield html_file(campaign)


def _campaign(
    loaded: Loaded,
    workspace: Workspace,
    campaign: Campaign,
    select: Sequence[str],
    ignore: Sequence[str],
    told: Told,
    *,
    negotiation: bool,
) -> Iterator[Problem]:
    from dripper.jobs.slots import slot_problems
    from dripper.lint.campaign_run import lint_campaign

    document, settings = loaded.documents[campaign.file], loaded.documents[_SETTINGS]
    if document.is_own(("on",), ("at",), ("start",), ("before",)) and settings.is_own(("calendar",)):
        yield from slot_problems(campaign, workspace.settings.calendar, document)
    if campaign.html:
        from dripper.jobs.shells import html_problems

        yield from html_problems(workspace, campaign)
    yield from lint_campaign(
        workspace,
        campaign,
        document,
        select=select,
        ignore=ignore,
        negotiation=negotiation,
        shell_file=loaded.shell_files.get(campaign.shell),
        is_everybody_known=not loaded.awaited[campaign.id],
        are_options_known=settings.is_own(("lint",)),
        told=told,
    )


def _mailboxes(loaded: Loaded, select: Sequence[str], ignore: Sequence[str]) -> list[Problem]:
    """Return the problems of the mailboxes; without the settings of lint nothing is known of them."""
    workspace = loaded.workspace or loaded.left_out
    if workspace is None or not loaded.documents[_SETTINGS].is_own(("lint",)):
        return []
    from dripper.lint.mailboxes import lint_mailboxes
    from dripper.lint.options import Options

    options = Options.of(workspace.settings.lint).also(select=select, ignore=ignore)
    return lint_mailboxes(workspace.settings, loaded.documents[_SETTINGS], options)


def _negotiations(
    loaded: Loaded, select: Sequence[str], ignore: Sequence[str], wanted: Callable[[str], bool]
) -> Iterator[Problem]:
    """Yield the problems of the sentences for the room; without the settings of lint nothing is known of them."""
    workspace = loaded.workspace or loaded.left_out
    if workspace is None or not loaded.documents[_SETTINGS].is_own(("lint",)):
        return
    from dripper.lint.negotiation import lint_negotiation
    from dripper.lint.options import Options

    options = Options.of(workspace.settings.lint).also(select=select, ignore=ignore)
    for name, document in loaded.documents.items():
        if name.endswith(NEGOTIATION) and wanted(name):
            yield from lint_negotiation(document, options)
