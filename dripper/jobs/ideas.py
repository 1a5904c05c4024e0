"""`ideas`: drafts from what the metrics say, each passed by the linter as it would be in a campaign of this account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from dripper.errors import UsageError
from dripper.jobs.named import account_ids, nearest
from dripper.jobs.prepare import refuse_broken
from dripper.pages.ideas import Draft, Ideas, block
from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from dripper.lint.past import Past
    from dripper.prep.ideas import Idea
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.folder import Folder
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.workspace import Workspace

# The drafts are linted in a campaign that starts after all others, so that it is they that repeat, not the others.
_LATER_YEARS = 20


def ideas(
    folder: Folder,
    loaded: Loaded,
    workspace: Workspace,
    account: str,
    *,
    today: date,
    past_of: Callable[[Loaded], Past],
) -> Ideas:
    """Return drafts for an account and what was passed over; `UsageError`, or `ProblemsError` for its own files.

    A draft is left out where a campaign of the account has it already, or where it would tell what was told: `past_of`
    gives what was delivered.
    """
    from dripper.prep.ideas import Passed, ideas_of
    from dripper.prep.metrics import read_metrics

    known = account_ids(workspace)
    if account not in known:
        raise UsageError(
            f"no account '{account}'", cure=nearest(account, known, "`dripper new account NAME` starts one")
        )
    refuse_broken(loaded, account)
    described = workspace.accounts.get(account)
    if described is None:
        return Ideas(account=account, drafts=(), passed=(Passed(what=account, why="it has no account.toml"),))
    series, thresholds = workspace.series.get(account, {}), workspace.settings.thresholds
    readings = read_metrics(series, described.metrics, today=today, thresholds=thresholds)
    found, passed = ideas_of(described, readings, today=today)
    taken, all_named = _ids_in_use(loaded, described), _named(found)
    named = {name: idea for name, idea in all_named.items() if name not in taken}
    told = [Passed(what=idea.name, why="a campaign has it") for name, idea in all_named.items() if name in taken]
    desk = _Desk(folder, workspace, described, today, past_of)
    drafts, stopped = desk.linted({name: list(_drafts(name, idea)) for name, idea in named.items()})
    passed = (*passed, *told, *(Passed(what=named[name].name, why=why) for name, why in stopped.items()))
    return Ideas(account=account, drafts=drafts, passed=passed, campaign_file=_campaign_file(workspace, described))


def _named(found: Iterable[Idea]) -> dict[str, Idea]:
    """Return the ideas by the ids of their messages."""
    from dripper.workspace.campaign import slug

    named: dict[str, Idea] = {}
    for idea in found:
        base = slug(idea.name)
        number = sum(name == base or name.startswith(f"{base}-x") for name in named)
        named[f"{base}-x{number + 1}" if number else base] = idea
    return named


def _campaign_file(workspace: Workspace, account: Account) -> str:
    """Return the file of the account's first own campaign; empty where it has none."""
    home = account.file.rpartition("/")[0]
    files = (campaign.file for campaign in workspace.campaigns.values())
    return min((file for file in files if file.rpartition("/")[0] == home), default="")


def _ids_in_use(loaded: Loaded, account: Account) -> frozenset[str]:
    """Return the ids of the messages in every campaign that is for the account."""
    home = account.file.rpartition("/")[0]
    workspaces = (workspace for workspace in (loaded.workspace, loaded.left_out) if workspace is not None)
    campaigns = (campaign for workspace in workspaces for campaign in workspace.campaigns.values())
    return frozenset(
        message.id
        for campaign in campaigns
        if campaign.file.rpartition("/")[0] == home
        or account.id in campaign.accounts
        or account.bucket in campaign.buckets
        for message in campaign.messages
    )


def _drafts(name: str, idea: Idea) -> Iterator[Draft]:
    """Yield a draft for each wording that a default linter lets pass, in an order that differs from idea to idea."""
    turn = crc32(name.encode()) % len(idea.wordings)
    for wording in (*idea.wordings[turn:], *idea.wordings[:turn]):
        if not _is_faulty(wording.text):
            yield Draft(id=name, idea=idea, wording=wording)


def _is_faulty(text: str) -> bool:
    """Whether a linter that nobody has loosened finds something in the bare text."""
    from dripper.jobs.lint_draft import lint_draft_text
    from dripper.lint.options import Options

    return any(True for _ in lint_draft_text(text, "draft.txt", Options()))


class _Desk:
    """Lints drafts where they would stand: in a campaign beside the account's file, read like the files themselves."""

    def __init__(
        self, folder: Folder, workspace: Workspace, account: Account, today: date, past_of: Callable[[Loaded], Past]
    ) -> None:
        self._folder = folder
        self._past_of = past_of
        self._today = today
        self._past: Past | None = None
        home = account.file.rpartition("/")[0]
        names = (f"{home}/ideas{'-x' * number}.toml" for number in range(99))
        self._file = next(name for name in names if not folder.holds(name))
        mailbox = next(iter(workspace.settings.mailboxes))
        later = today.replace(year=today.year + _LATER_YEARS, day=1)
        self._head = f'mailbox = {toml_text(mailbox)}\nevery = "1 weeks"\nstart = {later.isoformat()}\n'

    def linted(self, ways: Mapping[str, list[Draft]]) -> tuple[tuple[Draft, ...], dict[str, str]]:
        """Return for each id its first draft in which nothing is found, and for those without one what was found."""
        left = {name: list(drafts) for name, drafts in ways.items()}
        stopped = dict.fromkeys(left, "it does not fit into a message")
        while chosen := tuple(drafts[0] for drafts in left.values() if drafts):
            found = {problem.message_id or "": problem for problem in self._problems(chosen)}
            if not found.keys() & {draft.id for draft in chosen}:
                break
            for name in found.keys() & left.keys():
                left[name] = left[name][1:]
                stopped[name] = f"{found[name].code} {found[name].message}"
        return chosen, {name: why for name, why in stopped.items() if not left[name]}

    def _problems(self, drafts: Iterable[Draft]) -> list[Problem]:
        from dripper.jobs.lint_workspace import lint_workspace
        from dripper.workspace.files import load_folder

        text = self._head + "".join(f"\n{block(draft)}" for draft in drafts)
        self._folder.unsaved = {**self._folder.unsaved, self._file: text}
        loaded = load_folder(self._folder, today_in=lambda _zone: self._today)
        self._past = self._past or self._past_of(loaded)
        problems = lint_workspace(loaded, wanted=lambda file: file == self._file, past=self._past)
        return [problem for problem in problems if problem.file == self._file]
