"""What a validator's error means to the person who wrote the file: what is wrong, where, and a line that is right."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args, get_origin

from dripper.workspace.faults import Fault
from dripper.workspace.model.address import EmailAddress, Sender
from dripper.workspace.model.settings import Secret
from dripper.workspace.model.table import WrongTypeError, kind_of
from dripper.workspace.model.values import Money, MoneyRange, Number, Points
from dripper.workspace.shape import example_of, holds_tables, is_table, keys_of, known_at, line_of, type_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dripper.problem import Problem
    from dripper.workspace.model.table import Table
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date",
    "tuple_type": "a list",
    "dict_type": "a table",
    "dataclass_type": "a table",
    "enum": "text",
}
# More words than anybody reads.
_LISTED = 12
_KEEPING = (
    'name the place that keeps it: { keyring = "dripper" }, { env = "NAME" }, { file = "PATH" } or { command = "…" }'
)


def explain(document: Document, kind: type[Table], error: Mapping[str, Any]) -> Problem:
    """Return the problem that `error`, one of pydantic's, is in `document`, a file of `kind`."""
    path: Path = tuple(error["loc"])
    match error["type"]:
        case "unexpected_keyword_argument":
            return _unknown_key(document, kind, path)
        case "missing":
            return _missing_key(document, kind, path)
        case "enum" if isinstance(error["input"], str):
            return _unknown_word(document, kind, path, error["input"])
        case "value_error":
            return _refused(document, kind, path, error["ctx"]["error"])
        case "string_pattern_mismatch":
            cure = f"fill it in, or leave out its table: {_right_line(kind, path)}"
            return document.problem(Fault.WRONG_VALUE, path, f"{name_of(path)} is empty", cure)
        case "greater_than_equal" | "less_than_equal":
            return _out_of_range(document, path, error["ctx"])
        case _:
            return _wrong_type(document, kind, path, error)


def key_of(path: Path) -> str:
    """Return the key that `path` ends with; for an item of a list, that of the list."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def name_of(path: Path) -> str:
    """Name what stands at `path` for a person."""
    last = path[-1]
    return f'item {last + 1} of "{key_of(path)}"' if isinstance(last, int) else f'"{last}"'


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean …?` with the known word nearest to `word`, or the list of the known ones."""
    words = {candidate.lower(): candidate for candidate in known}
    near = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{words[near[0]]}"?'
    first = ", ".join(list(words.values())[:_LISTED])
    return f"known here: {first}{', …' if len(words) > _LISTED else ''}" if words else "there is none yet"


def _unknown_key(document: Document, kind: type[Table], path: Path) -> Problem:
    key, table = key_of(path), path[:-1]
    heading = _heading(document, table)
    owner = _owner(document, kind, path)
    if owner is None:
        message = f'unknown key "{key}"' + (f" in {heading}" if table else "")
        cure = _where_instead(key, type_at(kind, table))
    else:
        line = document.first_header_below(owner)
        message = f'"{key}" belongs above line {line}: where it stands it is a key of {heading}'
        cure = f"move it above line {line}, the first table of the file" if not owner else f"move it above line {line}"
    return Fault.UNKNOWN_KEY.problem(file=document.file, span=document.key_span(path), message=message, cure=cure)


def _owner(document: Document, kind: type[Table], path: Path) -> Path | None:
    """Return the table further up that knows the key, where the key came under a header by standing too low."""
    key, table = key_of(path), path[:-1]
    if not document.has_header(table):
        return None
    uppers = (table[:depth] for depth in range(len(table) - 1, -1, -1))
    return next((upper for upper in uppers if key in known_at(kind, upper)), None)


def _where_instead(key: str, table: Any) -> str:
    known = keys_of(table)
    if not get_close_matches(key, known, n=1, cutoff=0.6):
        for name, inner in known.items():
            item = get_args(inner)[-1 if get_origin(inner) is dict else 0] if holds_tables(inner) else inner
            if is_table(item) and key in keys_of(item):
                return f"it is a key of {line_of(name, inner)}"
    return nearest(key, known)


def _heading(document: Document, table: Path) -> str:
    return document.source(table) if document.has_header(table) else f'"{key_of(table)}"'


def _missing_key(document: Document, kind: type[Table], path: Path) -> Problem:
    table, line = path[:-1], _right_line(kind, path)
    where = f" in {_heading(document, table)}" if table else ""
    first = document.first_header_below(table)
    above = f" above line {first}" if first and not line.startswith("[") else ""
    # An example would look like a measured figure on the page.
    true = ", with the true figure" if type_at(kind, path) in (Money, MoneyRange, Number, Points) else ""
    message, cure = f'"{key_of(path)}" is missing{where}', f"add {line}{above}{true}"
    return document.problem(Fault.MISSING_KEY, table, message, cure)


def _unknown_word(document: Document, kind: type[Table], path: Path, word: str) -> Problem:
    known = list(type_at(kind, path))
    near = nearest(word, known)
    cure = f"{near} known here: {', '.join(known)}" if near.endswith("?") else near
    return document.problem(Fault.WRONG_VALUE, path, f'{name_of(path)} cannot be "{word}"', cure)


def _refused(document: Document, kind: type[Table], path: Path, error: ValueError) -> Problem:
    here = type_at(kind, path)
    fault = Fault.BAD_ADDRESS if here in (EmailAddress, Sender) else Fault.WRONG_VALUE
    fault = Fault.WRONG_TYPE if isinstance(error, WrongTypeError) else fault
    return document.problem(fault, path, f"{name_of(path)}: {error}", f"a right one: {example_of(here)}")


def _out_of_range(document: Document, path: Path, limits: Mapping[str, Any]) -> Problem:
    bound, (limit,) = next(iter(limits)), limits.values()
    wrong, right = ("less", "more") if bound == "ge" else ("more", "less")
    message = f"{name_of(path)} cannot be {wrong} than {limit}"
    return document.problem(Fault.WRONG_VALUE, path, message, f"write {limit} or {right}")


def _wrong_type(document: Document, kind: type[Table], path: Path, error: Mapping[str, Any]) -> Problem:
    if type_at(kind, path) is Secret:
        message = f"{name_of(path)} stands in the file itself, where no secret may be"
        return document.problem(Fault.LITERAL_SECRET, path, message, _KEEPING)
    expected = _EXPECTED.get(error["type"], "another value")
    message = f"{name_of(path)} needs {expected}, found {kind_of(error['input'])}"
    return document.problem(Fault.WRONG_TYPE, path, message, f"write {_rewritten(document, kind, path, error)}")


def _rewritten(document: Document, kind: type[Table], path: Path, error: Mapping[str, Any]) -> str:
    """Return the line as it was probably meant."""
    key, here, parent = key_of(path), type_at(kind, path), type_at(kind, path[:-1])
    source, found = document.source(path), error["input"]
    if get_origin(parent) is dict and is_table(here):
        return line_of(key_of(path[:-1]), parent)
    if parent is Secret or not source or isinstance(found, dict | list) or len(source) > 60 or "\n" in source:
        return _right_line(kind, path)
    match error["type"]:
        case "string_type" if isinstance(path[-1], str):
            return f'{key} = "{source}"'
        case "tuple_type" if type_at(kind, (*path, 0)) is str:
            item = source if isinstance(found, str) else f'"{source}"'
            return f"{key} = [{item}]"
        case "date_type" | "int_type" if isinstance(found, str) and _reads_as(found, error["type"]):
            return f"{key} = {found}, without quotes"
    return _right_line(kind, path)


def _right_line(kind: type[Table], path: Path) -> str:
    while isinstance(path[-1], int):
        path = path[:-1]
    return line_of(key_of(path), type_at(kind, path))


def _reads_as(text: str, error: str) -> bool:
    from datetime import date

    try:
        return bool(date.fromisoformat(text)) if error == "date_type" else text.isascii() and text.isdigit()
    except ValueError:
        return False
