"""Asks a token endpoint for an access token (OAuth 2.0, RFC 6749 §6), and says what its answer means.

No secret ever stands in an error: not what was sent, and of what came back only the words meant for people.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from dripper.errors import SecretError
from dripper.outbox.answers import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.workspace.model.settings import OAuth

PATIENCE_S = 20.0
_MOST_OCTETS = 65_536
_MOST_WORDS_CHARS = 200
# A token goes into a line of base64 (RFC 6750 §2.1): what is none would break it.
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ANEW = "get a new refresh token from the provider"
# RFC 6749 §5.2; whatever else is answered may be another thing in some minutes.
_CURES = {
    "invalid_grant": f"it has ended, was revoked or belongs to another client_id: {_ANEW}",
    "invalid_client": "correct client_id and client_secret in dripper.toml: the provider does not know them",
    "unauthorized_client": "allow this client_id at the provider to use refresh tokens",
    "unsupported_grant_type": "look at endpoint in dripper.toml: it renews no tokens",
    "invalid_scope": f"correct scope in dripper.toml, or {_ANEW} for it",
    "invalid_request": "look at endpoint, client_id and scope in dripper.toml",
}


class RefusedError(SecretError):
    """The endpoint will refuse the same request again: a person has to correct something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What an endpoint gave."""

    access_token: str = field(repr=False)
    # How long it holds, in seconds; 0 where the endpoint did not say.
    expires_in_s: float
    # Takes the place of the one that was used; `None`: that stays.
    refresh_token: str | None = field(repr=False)


def renew(oauth: OAuth, refresh_token: str, client_secret: str | None, *, patience_s: float = PATIENCE_S) -> Granted:
    """Return a new access token; raise `RefusedError` where a person has to act, `SecretError` where waiting helps."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": oauth.client_id}
    form |= {"client_secret": client_secret} if client_secret else {}
    form |= {"scope": oauth.scope} if oauth.scope else {}
    where = host_of(oauth)
    status, answer = _post(oauth.endpoint, form, where, patience_s)
    if status == http.HTTPStatus.OK:
        return _granted(answer, where)
    said = _covered(_words(answer) or f"HTTP {status}", refresh_token, client_secret or "")
    error = answer.get("error")
    if status < http.HTTPStatus.INTERNAL_SERVER_ERROR and isinstance(error, str) and error in _CURES:
        raise RefusedError(f"{where} gives no token: {said}", cure=_CURES[error])
    raise SecretError(f"{where} gives no token: {said}", cure="it is tried again; if it stays so, look at endpoint")


def host_of(oauth: OAuth) -> str:
    """Return how an endpoint is called in messages."""
    return urlsplit(oauth.endpoint).hostname or oauth.endpoint


def _post(url: str, form: Mapping[str, str], where: str, patience_s: float) -> tuple[int, dict[str, object]]:
    """Return the status and the JSON object of the answer, an empty one where there is none."""
    request = Request(url, data=urlencode(form).encode("ascii"), headers={"Accept": "application/json"})  # noqa: S310
    # What goes to this machine itself is not protected, so no other may stand between.
    proxies = [ProxyHandler({})] if request.type == "http" else []
    opener = build_opener(_Straight, HTTPSHandler(context=ssl.create_default_context()), *proxies)
    try:
        with opener.open(request, timeout=patience_s) as response:
            return response.status, _object(response.read(_MOST_OCTETS))
    except HTTPError as error:
        with error:
            return error.code, _object(error.read(_MOST_OCTETS))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        said = one_line(str(reason)) or type(error).__name__
        cure = "look at endpoint in dripper.toml, and at the network; it is tried again"
        raise SecretError(f"{where} cannot be asked for a token: {said}", cure=cure) from None


class _Straight(HTTPRedirectHandler):
    """Follows no redirection: the secrets are for the endpoint that the user wrote down."""

    def redirect_request(self, *_args: object) -> None:
        """Say that there is nowhere else to ask."""
        return


def _object(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _granted(answer: Mapping[str, object], where: str) -> Granted:
    token, kind, more = answer.get("access_token"), answer.get("token_type"), answer.get("refresh_token")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise SecretError(f"{where} answers without an access token", cure="look at endpoint in dripper.toml")
    if isinstance(kind, str) and kind.casefold() != "bearer":
        cure = "a mail server takes a bearer token; look at scope and endpoint in dripper.toml"
        raise RefusedError(f"{where} gives a token of the kind '{one_line(kind)[:40]}'", cure=cure)
    return Granted(
        access_token=token,
        expires_in_s=_seconds(answer.get("expires_in")),
        refresh_token=more if isinstance(more, str) and more else None,
    )


def _seconds(value: object) -> float:
    """Return how long a token holds; some send the number as text."""
    try:
        found = float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return 0.0
    return found if 0 < found < float("inf") else 0.0


def _words(answer: Mapping[str, object]) -> str:
    said = [answer.get("error"), answer.get("error_description")]
    return one_line(": ".join(text for text in said if isinstance(text, str)))[:_MOST_WORDS_CHARS]


def _covered(text: str, *secrets: str) -> str:
    for secret in secrets:
        text = text.replace(secret, "•••") if secret else text
    return text
