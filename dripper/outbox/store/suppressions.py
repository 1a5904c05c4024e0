"""Whom never to write to again, kept as hashes: the list outlives the erasure of a person, and may go into git."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.each import each, listed
from dripper.outbox.store.tables import suppressions
from dripper.outbox.store.upsert import insert_new

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

_HASHES = each("hashes", hash=str)
_AMONG = sa.select(suppressions.c.hash, suppressions.c.reason).join_from(
    _HASHES, suppressions, _HASHES.c.hash == suppressions.c.hash
)


def hash_of(contact: str) -> str:
    """Return the SHA-256 of a contact's key (the normalised address), in hexadecimal."""
    return sha256(contact.encode()).hexdigest()


def add(connection: Connection, hashes: Iterable[str], *, reason: str, at: datetime) -> int:
    """Keep suppressions; return how many were new."""
    wanted = sorted(set(hashes))
    known = among(connection, wanted)
    new = [{"hash": one, "reason": reason, "at": at} for one in wanted if one not in known]
    return insert_new(connection, suppressions, new)


def among(connection: Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Return those of `hashes` that are suppressed, each with its reason."""
    rows = connection.execute(_AMONG, {"hashes": listed((one,) for one in hashes)})
    return {row.hash: row.reason for row in rows}


def all_hashes(connection: Connection) -> tuple[str, ...]:
    """Return every hash, oldest first."""
    return tuple(connection.scalars(sa.select(suppressions.c.hash).order_by(suppressions.c.at, suppressions.c.hash)))


def reason_for(connection: Connection, contact: str) -> str | None:
    """Return why a contact is suppressed; `None` where nobody is against writing."""
    return among(connection, [hash_of(contact)]).get(hash_of(contact))
