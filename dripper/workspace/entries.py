"""The rows of a contact list one after the other: what each column means, and which rows cannot be used and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dripper.problem import Problem, Span
from dripper.workspace.faults import Fault
from dripper.workspace.model.address import EmailAddress, address_key
from dripper.workspace.model.region import UnknownRegionError, check_region
from dripper.workspace.model.values import Country, Zone
from dripper.workspace.rows import Row, Rows, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.workspace.model.table import Value

# Column -> the headers that mean it, in small letters with one space for every blank, hyphen and underscore.
SYNONYMS = {
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

# A cell that a spreadsheet would run as a formula (CWE-1236); a telephone number or a bare dash is none.
_FORMULA = re.compile(r"=|[+@-].*[(|!]")
# So many bad rows of a list are told one by one.
MOST_TOLD = 100


class Entry(NamedTuple):
    """A good row, its cells by field, and the key of its person."""

    row: Row
    cells: dict[str, str]
    key: str


class Entries:
    """The good rows of a list one after the other, however long it is; what is wrong with the others is in `told`."""

    def __init__(self, lines: Iterable[str], *, file: str) -> None:
        self._rows = Rows(lines, file=file)
        self.columns = [_column(title) for title in self._rows.header.cells]
        self.told = Told(file)
        self._known: dict[tuple[str, str], str] = {}
        places = {column: number for number, column in enumerate(self.columns)}
        self._place = [places[column] for column in ("country", "region") if column in places]
        if "email" not in self.columns:
            message = "the first line must name the columns, and one of them must be email"
            cure = "let the list begin with email,name,account"
            self.told.add(self._rows.problem(self._rows.header, 0, message, cure))

    def __iter__(self) -> Iterator[Entry]:
        if "email" not in self.columns:
            return
        for row in self._rows:
            found = [row] if isinstance(row, Problem) else self._faults(row)
            if isinstance(row, Row) and not found:
                # What a short row leaves out is empty.
                cells = dict.fromkeys(self.columns, "") | dict(zip(self.columns, row.cells, strict=False))
                yield Entry(row, cells, address_key(cells["email"]))
            for problem in found:
                self.told.add(problem)

    def add_twice(self, email: str, *, at: Span, first_line: int) -> None:
        """Tell that an address stands in two lines."""
        message = f"{shown(email)} stands already in line {first_line}"
        self.told.add(Fault.DUPLICATE_ID.problem(file=self._rows.file, span=at, message=message, cure="keep one"))

    def place(self, entry: Entry) -> Span:
        """Return where the address of a row stands."""
        return entry.row.span(self.columns.index("email"))

    def _faults(self, row: Row) -> list[Problem]:
        columns = self.columns
        if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
            cure = "put quotes round a cell that holds the delimiter"
            message = f"the row has more cells than the {len(columns)} columns"
            return [self._rows.problem(row, len(columns), message, cure)]
        faults = []
        is_suspect = _CONTROL.search("".join(row.cells)) is not None
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
            if is_suspect and (fault := _CONTROL.search(cell)):
                faults.append(_control(self._rows, row, index, fault[0]))
            elif cell and column in _PARSED:
                faults += self._refusal(row, index, column)
            elif cell and cell[0] in "=+-@" and _FORMULA.match(cell):
                message, cure = f'"{shown(cell)}" is a formula', "write what it stands for, or empty the cell"
                faults.append(self._rows.problem(row, index, message, cure))
        email = columns.index("email")
        if email >= len(row.cells) or not row.cells[email]:
            cure = "write it, or delete the row"
            faults.append(self._rows.problem(row, email, "the e-mail address is missing", cure))
        return faults or (self._no_region(row) if len(self._place) > 1 else [])

    def _no_region(self, row: Row) -> list[Problem]:
        """Return what is wrong with the region of the country that the row names."""
        country, region = (row.cells[number] if number < len(row.cells) else "" for number in self._place)
        if country and region:
            try:
                check_region(country.upper(), region)
            except UnknownRegionError as error:
                return [self._rows.problem(row, self._place[1], str(error), error.cure)]
        return []

    def _refusal(self, row: Row, index: int, column: str) -> list[Problem]:
        """Return what is wrong with an address, a zone or a country; of the latter there are few, often repeated."""
        cell = row.cells[index]
        why = _why_refused(cell, column) if column == "email" else self._known.get((column, cell))
        if why is None:
            # To look for the nearest zone takes long; a reason that nobody will read need not name it.
            is_plain = self.told.is_full and column == "timezone"
            why = self._known[column, cell] = _why_no_zone(cell) if is_plain else _why_refused(cell, column)
        if not why:
            return []
        fault = Fault.BAD_ADDRESS if column == "email" else Fault.BAD_ROW
        return [self._rows.problem(row, index, why, f"a right one: {_PARSED[column].example}", fault=fault)]


class Told:
    """The problems of a list: the first ones each by itself, and of the rest how many there are."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._first: list[Problem] = []
        self._next: Problem | None = None
        self._untold = 0

    def add(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        if not self.is_full:
            self._first.append(problem)
            return
        self._next = self._next or problem
        self._untold += 1

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted."""
        return len(self._first) >= MOST_TOLD

    @property
    def problems(self) -> list[Problem]:
        """Return the problems, in the order of the lines but for one that tells how many more there are."""
        found = sorted(self._first, key=lambda problem: problem.sort_key)
        if self._next is None:
            return found
        rows = "1 more row cannot" if self._untold == 1 else f"{self._untold:,} more rows cannot"
        message = f"{rows} be used, the first of them for: {self._next.message}"
        cure = "mend those above; the next look tells more"
        return [*found, Fault.BAD_ROW.problem(file=self._file, span=self._next.span, message=message, cure=cure)]


def _column(title: str) -> str:
    """Return the field that a header means; an unknown one becomes a name that a template can use."""
    words = re.sub(r"[\s_-]+", " ", title.casefold()).strip()
    for field, synonyms in SYNONYMS.items():
        if words in synonyms:
            return field
    return re.sub(r"\W+", "_", words).strip("_")


def _control(rows: Rows, row: Row, index: int, character: str) -> Problem:
    if "\ud800" <= character <= "\udfff":
        return rows.problem(row, index, "this cell is no UTF-8", "save the list as UTF-8")
    message = f"the control character U+{ord(character):04X} stands in the cell"
    return rows.problem(row, index, message, "delete it", fault=Fault.CONTROL_CHARACTER)


def _why_refused(cell: str, column: str) -> str:
    """Return why a cell is no address, zone or country; empty where it is one."""
    try:
        _PARSED[column].parse(cell.upper() if column == "country" else cell)
    except ValueError as error:
        return str(error)
    return ""


def _why_no_zone(cell: str) -> str:
    """Return the same of a zone without a better one."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(cell)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "this is no time zone"
    return ""
