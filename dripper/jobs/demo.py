"""Make a copy of the sample workspace that a demo may work on: its mailboxes only rehearse, into a local postbox."""

from __future__ import annotations

import shutil
from datetime import datetime, time
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.writing import writing
from dripper.problem import Problem
from dripper.workspace.packaged import sample_root
from dripper.workspace.toml import Document

if TYPE_CHECKING:
    from dripper.workspace.model.workspace import Workspace

# What is shown to be refused: it hurries, asks, links and shouts.
BAD_DRAFT = """\
Hi Judith, just checking in! Could you book 30 minutes with us next week? Our new AMAZING returns dashboard is live,
see https://fieldnote.example/demo and let me know what you think #returns
"""
# When a demo's first day begins, in the workspace's zone: before any window opens.
_BEGINS_AT = time(8)


def copy_sample(directory: Path | None) -> Path:
    """Copy the sample workspace into `directory`, which must be empty or new; `None` makes a temporary folder."""
    if directory is None:
        directory = Path(mkdtemp(prefix="dripper-demo-"))
    elif directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(
            f"{directory} is not empty", cure="name a new folder, or none: the demo then makes a temporary one"
        )
    sample = sample_root()
    with writing(directory, cure="name a folder that you may write to, or none: the demo then makes a temporary one"):
        directory.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample / "dripper.toml", directory)
        shutil.copytree(sample / "campaigns", directory / "campaigns")
        shutil.copytree(sample / "templates", directory / "templates", ignore=shutil.ignore_patterns("start"))
        (directory / "draft.txt").write_text(BAD_DRAFT, encoding="utf-8")
    return directory.resolve()


def rehearse_only(root: Path, *, host: str, port: int) -> None:
    """Point every mailbox of the workspace at a server on this machine and mark it for rehearsals."""
    file = root / "dripper.toml"
    document = Document.parse(file.name, file.read_text(encoding="utf-8"))
    if isinstance(document, Problem):
        raise ProblemsError("dripper.toml cannot be used", [document])
    server = f'{{ host = "{host}", port = {port}, security = "none" }}'
    lines = document.text.splitlines(keepends=True)
    for mailbox in document.data.get("mailbox", {}):
        for key, value in (("smtp", server), ("via", '"smtp"'), ("rehearsal", "true")):
            _set(lines, document, ("mailbox", mailbox), key, value)
    file.write_text("".join(lines), encoding="utf-8")


def _set(lines: list[str], document: Document, table: tuple[str, str], key: str, value: str) -> None:
    """Set `key` to `value` on its line; where it is missing, below the line of its table."""
    written = document.source((*table, key))
    if written:
        line = document.key_span((*table, key)).line - 1
        lines[line] = lines[line].replace(written, value)
    else:
        line = document.value_span(table).line - 1
        lines[line] += f"{key} = {value}\n"


def first_morning(workspace: Workspace) -> datetime:
    """Return the early morning of the day on which the first campaign starts."""
    starts = [campaign.start for campaign in workspace.campaigns.values() if campaign.start]
    if not starts:
        raise UsageError("no campaign of the sample has a start", cure="give one of them `start = 2026-12-01`")
    return datetime.combine(min(starts), _BEGINS_AT, ZoneInfo(workspace.settings.workspace.timezone))
