"""`review`: which accounts to walk through, and the writing of an answer into the account's file, at once."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import FileError, UsageError
from dripper.jobs.accounts import accounts, sound_account
from dripper.jobs.writing import replace_file
from dripper.prep.relationship import Label, Relationship, relationship_of
from dripper.prep.relationship_questions import is_lately, questions_of
from dripper.workspace.model.account import Account, Bucket, Evidence, Looked, Trait

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace

# More at once wears the answers out.
MOST_ACCOUNTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One account with what to ask about it."""

    account: Account
    relationship: Relationship
    traits: tuple[Trait, ...]


def reviews(
    loaded: Loaded, workspace: Workspace, names: Sequence[str], *, today: date, limit: int, skip: int = 0
) -> tuple[Review, ...]:
    """Return up to `limit` accounts to walk through, after the first `skip`: those named, or the most urgent.

    An account that is rightly called and well known is left out unless it is named. Raises what `sound_account` does,
    and `UsageError` for one without a file.
    """
    if names:
        rows = [(each, relationship_of(each, today=today)) for each in (_named(loaded, workspace, n) for n in names)]
    else:
        rows = [row for row in accounts(loaded, workspace, today=today).rows if row[0].file]
    found = (
        Review(
            account=account,
            relationship=relationship,
            traits=questions_of(relationship, today=today, looked=account.looked),
        )
        for account, relationship in rows
    )
    return tuple([each for each in found if names or _is_due(each, today)][skip : skip + limit])


def _is_due(review: Review, today: date) -> bool:
    """Whether there is a trait to ask about, or a label that is not right and was not gone through lately."""
    was_asked = any(is_lately(each.on, today) for each in review.account.looked)
    return bool(review.traits) or (review.relationship.match is not Label.RIGHT and not was_asked)


def _named(loaded: Loaded, workspace: Workspace, name: str) -> Account:
    account = sound_account(loaded, workspace, name)
    if not account.file:
        raise UsageError(f"{name} has no account.toml to write into", cure=f"start it: dripper new account {name}")
    return account


def record(root: Path, account: Account, answer: Bucket | Evidence | Looked) -> Problem | None:
    """Write an answer into the account's file: what we call it, a piece of evidence, or that there is nothing new.

    Return why the file would be wrong by it. Nothing else of the file changes. It is read anew, so that what an editor
    saved meanwhile stays; raise `FileError` where it cannot be read, changed or written.
    """
    from dripper.workspace.amend import with_bucket, with_evidence, with_looked

    file = root / account.file
    mark, text = _text(file, account.file)
    if isinstance(answer, Bucket):
        new = with_bucket(text, answer)
    else:
        new = with_looked(text, answer) if isinstance(answer, Looked) else with_evidence(text, answer)
    if new is None:
        raise FileError(account.file, f"{account.file} is written in a way that nothing can be added to", cure=_CURE)
    problem = _problem(account, new)
    if problem is None:
        replace_file(file, mark + new.encode(), name=account.file)
    return problem


_CURE = "write it there yourself: an [[evidence]], or bucket = …"


def _text(file: Path, name: str) -> tuple[bytes, str]:
    """Return a file's byte order mark and its text as it is now; `FileError` where it is no sound account any more."""
    try:
        content = file.read_bytes()
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        text = content.removeprefix(mark).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(name, f"{name} cannot be read any more", cure="look at what became of it") from error
    if problem := _problem(Account(id=name, name=name, file=name), text):
        raise FileError(name, f"{problem}", cure="it was changed meanwhile: mend it, then go on with the review")
    return mark, text


def _problem(account: Account, text: str) -> Problem | None:
    from dripper.problem import Problem, Severity
    from dripper.workspace.account import read_account
    from dripper.workspace.toml import Document

    document = Document.parse(account.file, text)
    if isinstance(document, Problem):
        return document
    problems = read_account(document, default_id=account.id).problems
    return next((each for each in problems if each.severity is Severity.ERROR), None)
