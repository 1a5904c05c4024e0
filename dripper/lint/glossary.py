"""The words that an account knows as written: its name and its `glossary`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.lint.rule import Writing


def glossary_of(writing: Writing) -> frozenset[str]:
    """Return the names and glossaries of the accounts that get `writing`; nothing for a draft."""
    accounts = (writing.origin and writing.origin.accounts()) or ()
    return frozenset(word for account in accounts for word in (account.name, *account.glossary))
