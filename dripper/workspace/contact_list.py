"""Reads `contacts = "list.csv"`: people to write to who stand in no `account.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from dripper.workspace.entries import SYNONYMS, Entries
from dripper.workspace.model.account import Contact
from dripper.workspace.model.address import EmailAddress
from dripper.workspace.model.values import Country, Zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person of a list, and the account that the list names; empty where it names none."""

    contact: Contact
    account: str


def read_contact_list(text: str, *, file: str) -> tuple[tuple[Listed, ...], list[Problem]]:
    """Return the people of a list in its order, each address once, and the problems of the rows that were left out."""
    entries = Entries(StringIO(text, newline=""), file=file)
    listed: dict[str, Listed] = {}
    first_lines: dict[str, int] = {}
    for entry in entries:
        if entry.key in listed:
            place = entries.place(entry)
            entries.add_twice(entry.cells["email"], at=place, first_line=first_lines[entry.key])
            continue
        listed[entry.key], first_lines[entry.key] = listed_of(entry.cells), entry.row.line
    return tuple(listed.values()), entries.told.problems


def listed_of(cells: Mapping[str, str]) -> Listed:
    """Return the person that the cells of a good row describe."""
    known: dict[str, Any] = {
        name: cells[name]
        for name in ("name", "first_name", "last_name", "role", "region", "language")
        if cells.get(name)
    }
    contact = Contact(
        email=EmailAddress(cells["email"]),
        timezone=Zone(cells["timezone"]) if cells.get("timezone") else None,
        country=Country(cells["country"].upper()) if cells.get("country") else None,
        extra={name: cell for name, cell in cells.items() if name and name not in SYNONYMS},
        **known,
    )
    return Listed(contact=contact, account=cells.get("account", ""))
