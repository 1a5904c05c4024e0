"""Reads `contacts = "list.csv"`: people to write to who stand in no `account.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from dripper.problem import Problem
from dripper.workspace.faults import Fault
from dripper.workspace.model.account import Contact
from dripper.workspace.model.address import EmailAddress, address_key
from dripper.workspace.model.values import Country, Zone
from dripper.workspace.rows import Row, Rows, shown

if TYPE_CHECKING:
    from dripper.workspace.model.table import Value

# Column -> the headers that mean it, in small letters with one space for every blank, hyphen and underscore.
_SYNONYMS = {
    "email": (
        "email",
        "e mail",
        "mail",
        "email address",
        "e mail address",
        "mail address",
        "e mail adresse",
        "address",
    ),
    "name": ("name", "full name", "contact", "contact name"),
    "first_name": ("first name", "firstname", "given name", "first", "vorname", "prénom", "nombre"),
    "last_name": ("last name", "lastname", "surname", "family name", "last", "nachname", "nom", "apellido"),
    "account": ("account", "company", "company name", "organisation", "organization", "firma", "client", "customer"),
    "role": ("role", "title", "job title", "position", "function", "funktion"),
    "timezone": ("timezone", "time zone", "tz", "zeitzone"),
    "country": ("country", "country code", "land"),
    "region": ("region", "state", "province", "bundesland"),
    "language": ("language", "lang", "sprache"),
}
_PARSED: dict[str, type[Value]] = {"email": EmailAddress, "timezone": Zone, "country": Country}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person of a list, and the account that the list names; empty where it names none."""

    contact: Contact
    account: str


def read_contact_list(text: str, *, file: str) -> tuple[tuple[Listed, ...], list[Problem]]:
    """Return the people of a list in its order, each address once, and the problems of the rows that were left out."""
    rows = Rows(StringIO(text, newline=""), file=file)
    columns = [_column(title) for title in rows.header.cells]
    if "email" not in columns:
        message = "the first line must name the columns, and one of them must be email"
        return (), [rows.problem(rows.header, 0, message, "let the list begin with email,name,account")]
    listed: dict[str, Listed] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for row in rows:
        found = [row] if isinstance(row, Problem) else list(_faults(rows, row, columns))
        if isinstance(row, Row) and not found:
            cells = dict(zip(columns, row.cells, strict=False))
            key = address_key(cells["email"])
            if key not in listed:
                listed[key], lines[key] = _listed(cells), row.line
                continue
            message = f"{shown(cells['email'])} stands already in line {lines[key]}"
            found = [rows.problem(row, columns.index("email"), message, "keep one", fault=Fault.DUPLICATE_ID)]
        problems += found
    return tuple(listed.values()), problems


def _column(title: str) -> str:
    """Return the field that a header means; an unknown one becomes a name that a template can use."""
    words = re.sub(r"[\s_-]+", " ", title.casefold()).strip()
    for field, synonyms in _SYNONYMS.items():
        if words in synonyms:
            return field
    return re.sub(r"\W+", "_", words).strip("_")


def _faults(rows: Rows, row: Row, columns: list[str]) -> list[Problem]:
    if any(row.cells[len(columns) :]):
        cure = "put quotes round a cell that holds the delimiter"
        return [rows.problem(row, len(columns), f"the row has more cells than the {len(columns)} columns", cure)]
    faults = []
    for index, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
        if fault := _CONTROL.search(cell):
            faults.append(_control(rows, row, index, fault[0]))
        elif cell and column in _PARSED:
            faults += _refusal(rows, row, index, column)
    email = columns.index("email")
    if email >= len(row.cells) or not row.cells[email]:
        faults.append(rows.problem(row, email, "the e-mail address is missing", "write it, or delete the row"))
    return faults


def _control(rows: Rows, row: Row, index: int, character: str) -> Problem:
    if "\ud800" <= character <= "\udfff":
        return rows.problem(row, index, "this cell is no UTF-8", "save the list as UTF-8")
    message = f"the control character U+{ord(character):04X} stands in the cell"
    return rows.problem(row, index, message, "delete it", fault=Fault.CONTROL_CHARACTER)


def _refusal(rows: Rows, row: Row, index: int, column: str) -> list[Problem]:
    cell = row.cells[index]
    try:
        _PARSED[column].parse(cell.upper() if column == "country" else cell)
    except ValueError as error:
        fault = Fault.BAD_ADDRESS if column == "email" else Fault.BAD_ROW
        return [rows.problem(row, index, str(error), f"a right one: {_PARSED[column].example}", fault=fault)]
    return []


def _listed(cells: dict[str, str]) -> Listed:
    known: dict[str, Any] = {
        name: cells[name]
        for name in ("name", "first_name", "last_name", "role", "region", "language")
        if cells.get(name)
    }
    contact = Contact(
        email=EmailAddress(cells["email"]),
        timezone=Zone(cells["timezone"]) if cells.get("timezone") else None,
        country=Country(cells["country"].upper()) if cells.get("country") else None,
        extra={name: cell for name, cell in cells.items() if name and name not in _SYNONYMS},
        **known,
    )
    return Listed(contact=contact, account=cells.get("account", ""))
