"""The ways in which a database fails, as `StoreError`s with the next step; no password ever stands in one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dripper.errors import StoreError


class ConflictError(StoreError):
    """Another transaction got in the way; the same work may be done again at once."""


class LostError(StoreError):
    """The connection to the server has gone, or cannot be made at the moment; it is worth trying again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What a driver says, what that means, and the next step."""

    said: re.Pattern[str]
    meaning: str
    cure: str
    kind: type[StoreError] = StoreError

    def error(self, place: str) -> StoreError:
        """Return the error for the store at `place`."""
        return self.kind(f"the store {place} {self.meaning}", cure=self.cure)


def explained(causes: tuple[Cause, ...], place: str, said: str, *, otherwise: type[StoreError]) -> StoreError:
    """Return what a driver's words mean for the store at `place`; `otherwise` where they are not known."""
    for cause in causes:
        if cause.said.search(said):
            return cause.error(place)
    first = " ".join(said.split()) or "no answer"
    return otherwise(f"the store {place}: {first}", cure="run the same command again; if it stays, keep it and ask")
