"""Whom a campaign writes to where a long list says so: read anew each time, never all of them in memory."""

from __future__ import annotations

from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, overload

from dripper.workspace.model.workspace import Recipient, Register

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from dripper.workspace.roll import Roll


class People(Register):
    """The recipients of one campaign in the files' order, each once: those of accounts, then those of a long list."""

    def __init__(
        self,
        first: Iterable[Recipient],
        roll: Roll,
        settle: Callable[[Iterable[Sequence[str]]], Iterator[Recipient]],
        *,
        silent: Collection[str],
        is_everybody: bool,
        version: object,
    ) -> None:
        """Take the people of accounts, the list, what makes recipients of it, and the keys of those not written to.

        `is_everybody` says whether that makes one of everybody; `version` differs when it makes others of them.
        """
        self._first = {recipient.key: recipient for recipient in first}
        self._roll = roll
        self._settle = settle
        self._hidden = {*silent, *self._first}
        self._is_everybody = is_everybody
        self._version = version

    def __iter__(self) -> Iterator[Recipient]:
        yield from self._first.values()
        for recipient in self._settle(self._roll.rows()):
            if recipient.key not in self._hidden:
                yield recipient

    def __len__(self) -> int:
        if not self._is_everybody:
            return sum(1 for _ in self)
        hidden = sum(self._roll.find(key) is not None for key in self._hidden)
        return len(self._first) + self._roll.count - hidden

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | Sequence[Recipient]:
        """Return one recipient or several; far ones take as long as going there."""
        if isinstance(index, slice):
            forward = slice(*index.indices(len(self))) if _counts_back(index) else index
            return tuple(islice(self, forward.start, forward.stop, forward.step))
        found = next(islice(self, index if index >= 0 else len(self) + index, None), None)
        if found is None:
            raise IndexError(index)
        return found

    @property
    def version(self) -> str:
        """Return what differs when somebody in the list does, or what the other files say of them."""
        digest = blake2b(repr((list(self._first.values()), self._version)).encode(), digest_size=8)
        return f"{self._roll.version} {digest.hexdigest()}"

    def get(self, key: str) -> Recipient | None:
        """Return the recipient of a normalised address; `None` where nobody has it."""
        if key in self._first:
            return self._first[key]
        cells = None if key in self._hidden else self._roll.find(key)
        return None if cells is None else next(self._settle([cells]), None)


def _counts_back(index: slice) -> bool:
    return any(number is not None and number < 0 for number in (index.start, index.stop, index.step))
