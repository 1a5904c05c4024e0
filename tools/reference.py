"""The parts of the README that are read from the code."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import click

from dripper.cli.group import SECTIONS, dripper
from dripper.workspace.meanings import meanings_of
from dripper.workspace.model.account import Account
from dripper.workspace.model.campaign import Campaign
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.settings import Settings
from dripper.workspace.model.table import Table, toml_key
from dripper.workspace.shape import HIDDEN_KEY, example_of, is_table, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def commands() -> str:
    """Return a table of the commands for each section of the help."""
    context = click.Context(dripper, info_name="dripper")
    parts = []
    for title, _, entries in SECTIONS:
        rows = [(_usage(context, name), line, _options(context, name)) for name, line in entries]
        parts.append(f"**{title}**\n\n{_table(('command', 'does', 'options'), rows)}")
    return "\n\n".join(parts)


def _command(context: click.Context, name: str) -> click.Command:
    command = dripper.get_command(context, name)
    assert command is not None
    return command


def _usage(context: click.Context, name: str) -> str:
    command = _command(context, name)
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != command.options_metavar]
    return f"`{' '.join([name, *pieces])}`".replace("...", "…")


def _options(context: click.Context, name: str) -> str:
    options = [option for option in _command(context, name).params if isinstance(option, click.Option)]
    return ", ".join(f"`{option.opts[-1]}`" for option in options if not option.hidden)


def rules() -> str:
    """Return a table of all rules, those of the linter and the faults of files."""
    from dripper.lint.ruleset import RULES

    rows = [
        (f"`{rule.code}`", rule.name, str(rule.severity) + ("" if rule.default else ", when selected"), rule.summary)
        for rule in RULES
    ]
    return _table(("code", "name", "severity", "finds"), rows)


def keys_in(kind: type[Table]) -> Callable[[], str]:
    """Return a function that writes the tables of all keys of one kind of file."""

    def write() -> str:
        parts = []
        for heading, table in _tables("", kind):
            rows = [(f"`{key}`", _value(value), default, meaning) for key, value, default, meaning in _keys(table)]
            if rows:
                head = f"`{heading}`: {_first_sentence(table)}\n\n" if heading else ""
                parts.append(head + _table(("key", "value", "default", "meaning"), rows))
        return "\n\n".join(parts)

    return write


def delivery() -> str:
    """Return the life of a delivery as a diagram, drawn from the table of transitions."""
    from dripper.drip.delivery import FINAL, TRANSITIONS, State

    arrows = [f"    {before} --> {after}: {event}" for (before, event), after in TRANSITIONS.items()]
    ends = [f"    {state} --> [*]" for state in State if state in FINAL]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {State.DUE}", *arrows, *ends, "```"])


def _tables(heading: str, table: type[Table]) -> Iterator[tuple[str, type[Table]]]:
    """Yield the table itself, then every table under it that is written under a heading of its own."""
    yield heading, table
    for key, kind in keys_of(table).items():
        for inner, brackets in _inner(kind):
            name = f"{heading.strip('[]')}.{key}".strip(".")
            yield from _tables(brackets.format(name), inner)


def _inner(kind: Any) -> Iterator[tuple[type[Table], str]]:
    if is_table(kind):
        yield kind, "[{}]"
    elif getattr(kind, "__origin__", None) is tuple and is_table(kind.__args__[0]):
        yield kind.__args__[0], "[[{}]]"
    elif getattr(kind, "__origin__", None) is dict and is_table(kind.__args__[1]):
        yield kind.__args__[1], "[{}.NAME]"


def _keys(table: type[Table]) -> Iterator[tuple[str, Any, str, str]]:
    kinds, meanings = keys_of(table), meanings_of(table)
    for field in fields(table):  # type: ignore[arg-type]
        key = toml_key(field.name)
        if key == HIDDEN_KEY or next(_inner(kinds[key]), None):
            continue
        if field.default_factory is not MISSING:
            default = _toml(field.default_factory())
        else:
            default = "required" if field.default is MISSING else _toml(field.default)
        yield key, kinds[key], default, meanings.get(key, "")


def _value(kind: Any) -> str:
    """Return what stands behind the equals sign: every word of a closed set, else an example."""
    closed = kind.__args__[0] if getattr(kind, "__origin__", None) is tuple else kind
    if isinstance(closed, type) and issubclass(closed, StrEnum):
        words = " ".join(_code(f'"{word}"') for word in closed)
        return words if closed is kind else f"a list of {words}"
    return _code(example_of(kind))


def _toml(value: object) -> str:
    """Return a default as a cell: TOML, or nothing where there is none."""
    if value is None or value == "" or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return _code(str(value).lower())
    if isinstance(value, int | Decimal):
        return _code(str(value))
    if isinstance(value, tuple):
        return _code("[" + ", ".join(f'"{item}"' for item in value) + "]")
    return _code(f'"{getattr(value, "way", value)}"')


def _code(text: str) -> str:
    return f"`{text}`"


def _first_sentence(table: type[Table]) -> str:
    sentence = inspect.cleandoc(table.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "rules": rules,
    "delivery": delivery,
    "settings": keys_in(Settings),
    "campaign keys": keys_in(Campaign),
    "account keys": keys_in(Account),
    "negotiation keys": keys_in(Negotiation),
}
