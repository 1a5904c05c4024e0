"""Access tokens of a mailbox: fetched with its refresh token, kept in memory until they end, renewed before."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import DripperError
from dripper.outbox.answers import one_line
from dripper.outbox.secret import fetch, put_back
from dripper.outbox.token_endpoint import RefusedError, renew
from dripper.outbox.wire import Unconnected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dripper.workspace.model.settings import OAuth, Smtp

log = logging.getLogger(__name__)
# So long before its end a token is renewed, that it holds until the server has looked at it.
_AHEAD = timedelta(seconds=120)
# Whoever says more is asked again all the same.
_LONGEST_S = 86_400.0


class AccessTokens:
    """The token of one mailbox; called from several threads, it is fetched once."""

    def __init__(
        self,
        oauth: OAuth,
        *,
        read: Callable[[], str],
        client_secret: str | None,
        keep: Callable[[str], bool],
        now: Callable[[], datetime],
    ) -> None:
        """Take `read`, which fetches the refresh token from its place, and `keep`, which puts a new one there.

        `keep` returns `False` where that is no place to be written to.
        """
        self._oauth = oauth
        self._read = read
        self._client_secret = client_secret
        self._keep = keep
        self._now = now
        self._lock = Lock()
        self._token = ""
        self._renew_at: datetime | None = None
        # How often the token was handed out.
        self._uses = 0
        # As it was last found in its place, and as it is to be used: the provider may have sent another since.
        self._found = ""
        self._refresh_token = ""

    def __call__(self) -> str:
        """Return a token that still holds.

        Raises `DripperError` where there is none at the moment, and `Unconnected`, which stops the mailbox, where there
        will be none until a person has acted.
        """
        with self._lock:
            if self._renew_at is None or self._now() >= self._renew_at:
                try:
                    self._renew()
                except RefusedError as error:
                    text = one_line(f"{error} ({error.cure})")
                    raise Unconnected(Answer(phase=Phase.AUTH, silence=Silence.UNABLE, text=text)) from error
            self._uses += 1
            return self._token

    def forget(self) -> bool:
        """Fetch another token next time; `False` where the one that was refused had just been fetched."""
        with self._lock:
            was_kept = self._uses > 1
            self._renew_at, self._uses = None, 0
            return was_kept

    def _renew(self) -> None:
        found = self._read()
        if found != self._found:
            self._found = self._refresh_token = found
        granted = renew(self._oauth, self._refresh_token, self._client_secret)
        holds = timedelta(seconds=min(granted.expires_in_s, _LONGEST_S))
        self._token, self._uses = granted.access_token, 0
        self._renew_at = self._now() + max(holds - _AHEAD, holds / 2) if holds else None
        if granted.refresh_token not in (None, self._refresh_token):
            self._replace(granted.refresh_token or "")

    def _replace(self, refresh_token: str) -> None:
        """Use the new refresh token from now on, and keep it where the old one was (RFC 6749 §6)."""
        self._refresh_token = refresh_token
        try:
            if self._keep(refresh_token):
                self._found = refresh_token
        except DripperError as error:
            log.warning("the provider sent a new refresh token, and it could not be kept: %s", error)

    @property
    def refresh_token(self) -> str:
        """Return the refresh token to be used from now on."""
        return self._refresh_token


def access_tokens(
    name: str,
    smtp: Smtp,
    oauth: OAuth,
    *,
    root: Path,
    environment: Mapping[str, str],
    real_now: Callable[[], datetime],
    given: str | None = None,
) -> AccessTokens:
    """Return the tokens of a mailbox; `MailboxError` where a secret that they need cannot be had.

    A refresh token that is `given` is tried instead of the one in its place, and a newer one not kept.
    """
    fetched = partial(fetch, mailbox=name, root=root, environment=environment)
    client_secret = None
    if oauth.client_secret is not None:
        client_secret = fetched(oauth.client_secret, user=oauth.client_id, what="client secret")
    user = smtp.user or ""

    def read() -> str:
        return fetched(oauth.refresh_token, user=user, what="refresh token") if given is None else given

    def keep(text: str) -> bool:
        return given is None and put_back(oauth.refresh_token, text, user=user, root=root)

    read()
    return AccessTokens(oauth, read=read, client_secret=client_secret, keep=keep, now=real_now)
