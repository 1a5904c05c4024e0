"""Examines everything that sending rests on, each check with a limit; nothing is changed, and nothing is sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.checkup import CLOCK, Topic
from dripper.errors import SecretError
from dripper.jobs.doctor_mailbox import Instruments, check_mailbox
from dripper.jobs.doctor_sender import check_sender
from dripper.jobs.doctor_store import check_store
from dripper.jobs.in_time import in_time
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from dripper.drip.checkup import Check
    from dripper.outbox.store.engine import Store
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.settings import Settings

# Longer than the command of a secret may take, beside a server that says nothing.
LIMIT_S = 75.0
_LEAST_FREE = 200 * 1024 * 1024


def doctor(
    loaded: Loaded,
    instruments: Instruments,
    open_store: Callable[[], Store],
    real_now: Callable[[], datetime],
    *,
    limit_s: float = LIMIT_S,
) -> tuple[Check, ...]:
    """Return every check in the order of reading; what does not answer within `limit_s` is a problem of its own."""
    works: list[tuple[str, Callable[[], Iterable[Check]]]] = [("workspace", lambda: _files(loaded))]
    if loaded.workspace is not None:
        settings = loaded.workspace.settings
        for name, mailbox in settings.mailboxes.items():
            works.append((f"mailbox {name}", partial(check_mailbox, name, mailbox, instruments, real_now)))
            works.append((f"mailbox {name}", partial(check_sender, name, mailbox, instruments, real_now)))
        works.append(("store", partial(check_store, open_store, instruments, settings, real_now)))
        works.append(("machine", lambda: _machine(settings, instruments)))
    found = in_time(works, limit_s=limit_s, late=partial(_late, limit_s))
    if any(check.name == CLOCK for check in found):
        return found
    return (*found, Topic(subject="machine").skipped(CLOCK, "no server that was asked tells the time"))


def _late(limit_s: float, subject: str) -> Check:
    cure = "what was asked last neither answers nor refuses; look at what stands above, and try it again"
    return Topic(subject=subject).problem("time", f"it was not done within {limit_s:.0f} s", cure)


def _files(loaded: Loaded) -> Iterator[Check]:
    topic = Topic(subject="workspace")
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    if errors:
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        yield topic.problem("files", f"{errors[0]}{more}", "`dripper lint` shows each with its cure")
    elif loaded.workspace is not None:
        campaigns, accounts = len(loaded.workspace.campaigns), len(loaded.workspace.accounts)
        yield topic.ok("files", f"all can be read; campaigns {campaigns}, accounts {accounts}")


def _machine(settings: Settings, instruments: Instruments) -> Iterator[Check]:
    topic = Topic(subject="machine")
    free = instruments.free_bytes()
    room = f"{free // 1024**2:,} MB are free"
    if free < _LEAST_FREE:
        yield topic.problem("disk", room, "make room: what is sent is recorded before it leaves")
    else:
        yield topic.ok("disk", room)
    if not any(secret.keyring for _, secret in settings.secrets()):
        yield topic.skipped("keyring", "no secret is kept in it")
        return
    try:
        yield topic.ok("keyring", instruments.keyring_in_use())
    except SecretError as error:
        yield topic.problem("keyring", str(error), error.cure)
