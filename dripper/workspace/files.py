"""Finds a workspace and reads all its files: what could be read, and every problem of those that could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import NoWorkspaceError
from dripper.workspace.account import read_account
from dripper.workspace.campaign import read_campaign
from dripper.workspace.model.workspace import Workspace
from dripper.workspace.negotiation import read_negotiation
from dripper.workspace.recipients import folder_of, recipients_of
from dripper.workspace.references import Known, reference_problems
from dripper.workspace.settings import read_settings
from dripper.workspace.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import Settings
    from dripper.workspace.model.workspace import Recipient
    from dripper.workspace.toml import Document

SETTINGS = "dripper.toml"
_ACCOUNT = "/account.toml"
_NEGOTIATION = ".negotiation.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a workspace's files say. A file with an error is left out of the workspace; its problems are here."""

    # None only where `dripper.toml` itself cannot be used.
    workspace: Workspace | None
    problems: tuple[Problem, ...]
    # By the name that the values carry in `file`: relative to the workspace, with slashes.
    documents: Mapping[str, Document]


def find_root(start: Path) -> Path:
    """Return the nearest folder from `start` upward that holds a `dripper.toml`; raise `NoWorkspaceError`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NoWorkspaceError(str(start))


def load(root: Path) -> Loaded:
    """Read every file of the workspace at `root`, each once."""
    root = root.resolve()
    sources = Sources(root)
    settings = _settings(sources)
    known = _known(sources, settings)
    campaigns = _campaigns(sources, known)
    series = sources.series(known.folders)
    workspace = None
    if settings is not None:
        workspace = Workspace(
            root=str(root),
            settings=settings,
            accounts=known.accounts,
            campaigns=campaigns,
            negotiations=known.negotiations,
            series=series,
            recipients=_recipients(sources, known, campaigns, settings),
            shells=known.shells,
        )
    problems = sorted(sources.problems, key=lambda problem: problem.sort_key)
    return Loaded(workspace=workspace, problems=tuple(problems), documents=sources.documents)


def id_of(name: str) -> str:
    """Return the id of a campaign or a negotiation by its file: folder/file without the endings."""
    return name.removeprefix("campaigns/").removesuffix(".toml").removesuffix(".negotiation")


def _settings(sources: Sources) -> Settings | None:
    document = sources.document(SETTINGS)
    if document is None:
        return None
    settings, problems = read_settings(document)
    sources.tell(SETTINGS, problems)
    return None if SETTINGS in sources.faulty else settings


def _known(sources: Sources, settings: Settings | None) -> Known:
    """Read what campaigns may name."""
    account_files = [name for name in sources.names if name.endswith(_ACCOUNT)]
    negotiation_files = [name for name in sources.names if name.endswith(_NEGOTIATION)]
    read = sources.values(account_files, read_account, folder_of)
    folders = {folder_of(name): folder_of(name) for name in account_files}
    folders |= {folder_of(account.file): account.id for account in read.values()}
    negotiations = sources.values(negotiation_files, read_negotiation, id_of)
    return Known(
        mailboxes=settings.mailboxes if settings else None,
        accounts=sources.sound(read),
        folders=folders,
        negotiations=sources.sound(negotiations),
        negotiation_ids={*negotiations, *map(id_of, negotiation_files)},
        shells=sources.shells(),
    )


def _campaigns(sources: Sources, known: Known) -> dict[str, Campaign]:
    files = [name for name in sources.names if name.endswith(".toml") and not name.endswith((_ACCOUNT, _NEGOTIATION))]
    campaigns = sources.values(files, read_campaign, id_of)
    for campaign in campaigns.values():
        sources.tell(campaign.file, reference_problems(sources.documents[campaign.file], campaign, known))
        sources.listed(campaign)
    return sources.sound(campaigns)


def _recipients(
    sources: Sources, known: Known, campaigns: Mapping[str, Campaign], settings: Settings
) -> dict[str, tuple[Recipient, ...]]:
    home = settings.workspace
    return {
        key: recipients_of(known.account_ids_of(campaign), known.accounts, sources.listed(campaign), home)
        for key, campaign in campaigns.items()
    }
