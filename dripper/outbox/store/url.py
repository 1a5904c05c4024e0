"""The store's URL: which engine it names, and how it is shown: never with a password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from dripper.errors import SecretError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POSTGRESQL = "postgresql+psycopg"
_CURE = 'write [store] url = "sqlite:///.dripper/dripper.db" or "postgresql+psycopg://USER@HOST/NAME" in dripper.toml'
_PASSWORD = re.compile(r"(://[^@:]*:).*(@)|([?&]\w*password=)[^&]*")


def url_of(text: str, root: Path) -> sa.URL:
    """Return the URL that a user wrote; a relative SQLite path starts at `root`. Raises `StoreError`."""
    try:
        url = sa.make_url(text)
    except (SQLAlchemyError, ValueError) as error:
        raise StoreError(f"[store] url '{masked(text)}' is no database URL", cure=_CURE) from error
    if url.drivername in ("postgresql", "postgres", POSTGRESQL):
        return url.set(drivername=POSTGRESQL)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(f"[store] url '{masked(text)}' names neither a SQLite file nor a PostgreSQL", cure=_CURE)
    if "uri" in url.query:
        return url
    return url.set(database=str(root / url.database))


def with_password(url: sa.URL, password: Callable[[str], str] | None) -> sa.URL:
    """Return a server's URL with the password of its user, unless it has one; `StoreError` where it cannot be had."""
    if password is None or url.password is not None or "password" in url.query:
        return url
    try:
        return url.set(password=password(url.username or ""))
    except SecretError as error:
        raise StoreError(f"the password of the store: {error}", cure=error.cure) from error


def masked(text: str) -> str:
    """Return a URL, or whatever was meant as one, without its password."""
    return _PASSWORD.sub(lambda found: f"{found[1]}***{found[2]}" if found[1] else f"{found[3]}***", text)


def place_of(url: sa.URL) -> str:
    """Return how the store is called in messages: a file, or a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return masked(url.render_as_string(hide_password=True))
