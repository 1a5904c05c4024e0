"""A signal: somebody said something in public about an account or its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dripper.workspace.model.account import Category, Side, Sure
from dripper.workspace.model.values import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One mention, a row of `signals.csv`; with `kind` and `for_` an angle may rest on it."""

    on: date
    author: str
    text: str
    # How many people the author reaches; `None` where that is not known.
    reach: int | None = None
    url: str = ""
    # An account's id or name, as the row says.
    account: str = ""
    # Whoever the row says it is about: accounts, people.
    names: tuple[str, ...] = ()
    kind: Category | None = None
    for_: Side | None = None
    # A mention confirms nothing: at most likely.
    sure: Sure = Sure.HEARSAY
    worth: Money | None = None

    @property
    def author_key(self) -> str:
        """Return the author however the name is written: without @ and capitals."""
        return " ".join(self.author.removeprefix("@").casefold().split())

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what tells this mention from any other: who, and where; without a link what was said when."""
        return (self.author_key, self.url, "") if self.url else (self.author_key, f"{self.on}", self.text.casefold())
