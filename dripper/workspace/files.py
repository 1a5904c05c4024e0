"""Finds a workspace and reads all its files: what could be read, and every problem of those that could not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dripper.errors import NoWorkspaceError
from dripper.workspace.absence import FaultyAccount, files_awaited, settled
from dripper.workspace.account import home_regions, read_account
from dripper.workspace.answers import answer_problems
from dripper.workspace.campaign import read_campaign
from dripper.workspace.faults import Fault
from dripper.workspace.folder import Folder
from dripper.workspace.model.account import Account
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.settings import Settings
from dripper.workspace.model.workspace import Workspace
from dripper.workspace.negotiation import read_negotiation
from dripper.workspace.recipients import Settling, folder_of, of_list, recipients_of, silent_of
from dripper.workspace.references import Known, reference_problems
from dripper.workspace.settings import read_settings
from dripper.workspace.sources import HTML_SHELL, TEXT_SHELL, Sources
from dripper.workspace.units import unit_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, tzinfo
    from pathlib import Path as FilePath

    from dripper.problem import Problem
    from dripper.workspace.lake import Fetch
    from dripper.workspace.model.table import Table
    from dripper.workspace.model.workspace import Recipient, Series
    from dripper.workspace.places import Path
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
    # The campaigns that were left out, with stand-ins for what is wrong in them (or in `dripper.toml`): for lint alone.
    # None where nothing can be made of `dripper.toml`.
    left_out: Workspace | None = None
    # By name: the file of each shell that is the workspace's own.
    shell_files: Mapping[str, str] = field(default_factory=dict)
    # By campaign: the files with an error that may say something of whom it writes to. Their people are not among the
    # recipients, and must not be taken for removed.
    awaited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_root(start: FilePath) -> FilePath:
    """Return the nearest folder from `start` upward that holds a `dripper.toml`; raise `NoWorkspaceError`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NoWorkspaceError(str(start))


def load(root: FilePath, *, fetch: Fetch | None = None, today_in: Callable[[tzinfo], date] | None = None) -> Loaded:
    """Read every file of the workspace at `root`, each once.

    `fetch` gets the password of a database of metrics; `today_in` tells the date in a zone.
    """
    return load_folder(Folder(root.resolve()), fetch=fetch, today_in=today_in)


def load_folder(
    folder: Folder, *, fetch: Fetch | None = None, today_in: Callable[[tzinfo], date] | None = None
) -> Loaded:
    """Read every file of a workspace; for one who reads it again and again, with texts that are not saved yet."""
    sources = Sources(folder)
    settings = _settings(sources)
    known = _known(sources, settings)
    campaigns = _campaigns(sources, known)
    workspace = None
    if settings is not None:
        workspace = Workspace(
            root=str(folder.root),
            settings=settings,
            accounts=known.accounts,
            campaigns=campaigns,
            negotiations=known.negotiations,
            series=_series(sources, known, settings, fetch),
            signals=sources.signals(),
            recipients={key: _recipients(sources, known, campaign, settings) for key, campaign in campaigns.items()},
            shells=known.shells,
            html_shells=known.html_shells,
            today=_today(settings, today_in),
        )
    else:
        sources.series(known.folders)
        sources.signals()
    if workspace is not None:
        sources.problems += answer_problems(workspace, sources.documents)
        sources.problems += unit_problems(workspace, sources.documents)
    problems = sorted(sources.problems, key=lambda problem: problem.sort_key)
    is_usable = SETTINGS not in sources.faulty
    return Loaded(
        workspace=_with(workspace, sources.sound(campaigns)) if is_usable else None,
        problems=tuple(problems),
        documents=sources.documents,
        left_out=_with(workspace, sources.faulty_of(campaigns) if is_usable else campaigns),
        shell_files=sources.shell_files,
        awaited={key: _awaited(sources, known, campaign) for key, campaign in campaigns.items()},
    )


def id_of(name: str) -> str:
    """Return the id of a campaign or a negotiation by its file: folder/file without the endings."""
    return name.removeprefix("campaigns/").removesuffix(".toml").removesuffix(".negotiation")


def table_of(name: str) -> type[Table] | None:
    """Return what the TOML file called `name` holds; `None` for one that is none of the workspace's."""
    if name == SETTINGS:
        return Settings
    if not name.startswith("campaigns/") or not name.endswith(".toml"):
        return None
    return Account if name.endswith(_ACCOUNT) else Negotiation if name.endswith(_NEGOTIATION) else Campaign


def _today(settings: Settings, today_in: Callable[[tzinfo], date] | None) -> date | None:
    from zoneinfo import ZoneInfo

    return None if today_in is None else today_in(ZoneInfo(settings.workspace.timezone))


def _with(workspace: Workspace | None, campaigns: Mapping[str, Campaign]) -> Workspace | None:
    """Return the workspace with no other campaigns than these."""
    if workspace is None:
        return None
    recipients = {key: workspace.recipients[key] for key in campaigns}
    return replace(workspace, campaigns=campaigns, recipients=recipients)


def _settings(sources: Sources) -> Settings | None:
    """Return the settings, with stand-ins where they are faulty."""
    read = sources.read(SETTINGS, read_settings)
    return None if read is None else read.mended


def _known(sources: Sources, settings: Settings | None) -> Known:
    """Read what campaigns may name."""
    account_files = [name for name in sources.names if name.endswith(_ACCOUNT)]
    negotiation_files = [name for name in sources.names if name.endswith(_NEGOTIATION)]
    read = sources.values(account_files, read_account, folder_of)
    home = _country(sources, settings)
    for account in read.values():
        sources.tell(account.file, home_regions(sources.documents[account.file], account, home))
    folders = {folder_of(name): folder_of(name) for name in account_files}
    folders |= {folder_of(account.file): account.id for account in read.values()}
    negotiations = sources.values(negotiation_files, read_negotiation, id_of)
    has_mailboxes = settings is not None and all(len(path) > 2 for path in _mended_mailboxes(sources))
    return Known(
        mailboxes=settings.mailboxes if settings and has_mailboxes else None,
        accounts=sources.sound(read),
        folders=folders,
        negotiations=sources.sound(negotiations),
        negotiation_ids={*negotiations, *map(id_of, negotiation_files)},
        shells=sources.shells(TEXT_SHELL),
        html_shells=sources.shells(HTML_SHELL),
        faulty=tuple(_faulty(sources, read, folders, name) for name in account_files if name in sources.faulty),
    )


def _country(sources: Sources, settings: Settings | None) -> str | None:
    """Return the workspace's country; `None` where there is none, or a wrong one."""
    is_own = settings is not None and sources.documents[SETTINGS].is_own(("workspace", "country"))
    return settings.workspace.country if settings is not None and is_own else None


def _series(
    sources: Sources, known: Known, settings: Settings, fetch: Fetch | None
) -> Mapping[str, Mapping[str, Series]]:
    """Return the series of the files, and behind them those of the source that the settings name."""
    written = sources.series(known.folders)
    document, named = sources.documents[SETTINGS], settings.metric_source
    if named is None or SETTINGS in sources.faulty:
        return written
    from dripper.workspace.lake import Lake, is_there, source_of

    if named.source and not is_there(named.source, root=sources.root):
        message, cure = f"no file is called {named.source}", 'put it there, or correct it, such as "data/*.parquet"'
        problem = document.problem(Fault.UNKNOWN_REFERENCE, ("metrics", "source"), message, cure)
        # Nothing else of the settings is wrong: mail goes out all the same.
        sources.problems.append(problem)
        return Lake(written, None, problem=problem)
    span = document.value_span(("metrics", "query") if named.query else ("metrics",))
    source = source_of(named, root=sources.root, span=span, fetch=fetch)
    # Without its password, as in an editor, the database is not asked.
    is_shut = source is None or (named.password is not None and fetch is None)
    return written if is_shut else Lake(written, source)


def _mended_mailboxes(sources: Sources) -> Iterator[Path]:
    return (path for path in sources.documents[SETTINGS].stand_ins if path[0] == "mailbox")


def _faulty(sources: Sources, read: Mapping[str, Account], folders: Mapping[str, str], file: str) -> FaultyAccount:
    account = next((account for account in read.values() if account.file == file), None)
    is_bucket_known = account is not None and sources.documents[file].is_own(("bucket",))
    return FaultyAccount(
        file=file,
        id=folders[folder_of(file)],
        account=account,
        bucket=account.bucket if account and is_bucket_known else None,
    )


def _campaigns(sources: Sources, known: Known) -> dict[str, Campaign]:
    """Read the campaigns, those with an error included as far as something can be made of them."""
    files = [name for name in sources.names if name.endswith(".toml") and not name.endswith((_ACCOUNT, _NEGOTIATION))]
    campaigns = sources.values(files, read_campaign, id_of)
    for campaign in campaigns.values():
        sources.tell(campaign.file, reference_problems(sources.documents[campaign.file], campaign, known))
        sources.listed(campaign)
    return campaigns


def _recipients(sources: Sources, known: Known, campaign: Campaign, settings: Settings) -> Sequence[Recipient]:
    account_ids, home = known.account_ids_of(campaign), settings.workspace
    left_out = [faulty.account for faulty in known.faulty if faulty.account]
    listed = sources.listed(campaign)
    if isinstance(listed, tuple):
        people = settled(listed, known.accounts, known.faulty)
        return recipients_of(account_ids, known.accounts, people, home, left_out=left_out)

    from dripper.workspace.people import People

    def settle_some(rows: Iterable[Sequence[str]]) -> Iterator[Recipient]:
        people = settled(map(listed.listed, rows), known.accounts, known.faulty)
        return of_list(people, known.accounts, home)

    return People(
        recipients_of(account_ids, known.accounts, (), home, left_out=left_out),
        listed,
        settle_some if known.faulty else Settling(listed.columns, known.accounts, home),
        silent=silent_of((*known.accounts.values(), *left_out)),
        is_everybody=not known.faulty,
        version=(known.accounts, home, known.faulty),
    )


def _awaited(sources: Sources, known: Known, campaign: Campaign) -> tuple[str, ...]:
    contact_list = sources.list_of(campaign)
    faulty_list = contact_list if contact_list in sources.faulty else None
    return files_awaited(campaign, known.account_ids_of(campaign), known.faulty, faulty_list)
