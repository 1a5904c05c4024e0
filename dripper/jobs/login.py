"""Logs in once with a mailbox's password or refresh token and keeps it in the keyring, so that it stands in no file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dripper.errors import StoreError, UsageError
from dripper.jobs.pause import resume_mailbox
from dripper.outbox.store import mailboxes
from dripper.workspace.model.settings import Auth, Via

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dripper.outbox.store.engine import Store
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.settings import Mailbox, Secret, Smtp
    from dripper.workspace.model.workspace import Workspace

# Why a mailbox was stopped, where a log-in that works has settled it: it was refused, or was not tried for want of TLS
# or of a way to log in (then there is no code). A sender whom the server does not take is another matter.
_SETTLED = re.compile(r"(?:530|534|535|538)\b|\d{3} 5\.7\.[89]\b|(?!\d{3} )")


class Keys(Protocol):
    """What logging in needs of the world."""

    def keyring_in_use(self) -> str:
        """Return the keyring's name; `SecretError` where there is none."""
        ...

    def keep(self, service: str, user: str, secret: str) -> None:
        """Put a secret into the keyring; `SecretError` where it is not kept."""
        ...

    def try_log_in(self, name: str, mailbox: Mailbox, smtp: Smtp, secret: str) -> str:
        """Log in and hang up; return what is to be kept of the secret; `MailboxError` where that fails."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where a mailbox logs in, and the place of its password, or of its refresh token."""

    name: str
    mailbox: Mailbox
    smtp: Smtp
    user: str
    service: str
    # What is asked for, for people.
    what: str


def door_of(workspace: Workspace, loaded: Loaded, name: str) -> Door:
    """Return where a mailbox logs in; `UsageError` where its secret is not meant to be in the keyring."""
    known = workspace.settings.mailboxes
    mailbox = known.get(name)
    if mailbox is None:
        raise UsageError(f"no mailbox '{name}' in dripper.toml", cure=f"there is {', '.join(sorted(known))}")
    smtp = mailbox.smtp
    if smtp is None or mailbox.via is Via.DRAFTS:
        raise UsageError(
            f'mailbox {name} logs in nowhere: via = "drafts" writes files', cure="nothing is needed for it"
        )
    if smtp.auth is Auth.XOAUTH2 and smtp.oauth is None:
        raise UsageError(f"mailbox {name} logs in with a token, not with a password", cure="`dripper doctor` tries it")
    what, place = ("password", smtp.password) if smtp.oauth is None else ("refresh token", smtp.oauth.refresh_token)
    if smtp.user is None or place is None or place.keyring is None:
        line = loaded.documents["dripper.toml"].value_span(("mailbox", name, "smtp")).line
        wanted = f'user = "{smtp.user or mailbox.from_.address}", password = {{ keyring = "dripper" }}'
        if smtp.oauth is not None:
            wanted = 'oauth = { …, refresh_token = { keyring = "dripper" } }'
        raise UsageError(
            f"mailbox {name} {_instead(what, place)}, so there is nothing to keep",
            cure=f"to keep it in the keyring, let smtp in line {line} of dripper.toml say: {wanted}",
        )
    return Door(name=name, mailbox=mailbox, smtp=smtp, user=smtp.user, service=place.keyring, what=what)


def login(keys: Keys, door: Door, ask: Callable[[], str]) -> None:
    """Ask for the secret once it is known that it can be kept, try it, and keep it only when it works."""
    keys.keyring_in_use()
    secret = ask()
    if not secret:
        raise UsageError(f"no {door.what} was given, and nothing was changed")
    keys.keep(door.service, door.user, keys.try_log_in(door.name, door.mailbox, door.smtp, secret))


def use_again(open_store: Callable[[], Store], name: str, *, now: datetime) -> str:
    """Put a mailbox back to work that was stopped for its log-in; return what was done, empty where nothing was."""
    try:
        store = open_store()
        if store.is_passing:
            return ""
        with store.read() as connection:
            condition = mailboxes.get(connection, name)
        if not condition.stopped and not condition.failures:
            return ""
        if condition.stopped and not _SETTLED.match(condition.reason):
            return (
                f"It is still stopped, as the server said: {condition.reason}. `dripper resume {name}` uses it again."
            )
        with store.write() as connection:
            return resume_mailbox(connection, name, now=now)
    except StoreError as error:
        return f"Whether it was stopped is not known: {error}. `dripper resume {name}` uses it again."


def _instead(what: str, place: Secret | None) -> str:
    if place is None:
        return f"has no {what} in dripper.toml"
    if place.env is not None:
        return f"takes its {what} from the environment variable {place.env}"
    if place.file_ is not None:
        return f"takes its {what} from the file {place.file_}"
    return f"takes its {what} from a command"
