"""Rules and keys explained in Markdown, for the window that an editor opens at a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.report.rule import rule_page
from dripper.lint.ruleset import RULES
from dripper.workspace.meanings import meaning_of
from dripper.workspace.shape import known_at, line_of

if TYPE_CHECKING:
    from dripper.lint.rule import Rule
    from dripper.problem import Problem
    from dripper.workspace.model.table import Table

_BY_CODE = {rule.code: rule for rule in RULES}
_EXAMPLES = ("Fires", "Instead")


def problem_page(problem: Problem) -> str:
    """Return what is wrong, the cure, and the rule that says so."""
    whom = f" (for {_plain(problem.contact)})" if problem.contact else ""
    cure = f"\n\n{_plain(problem.cure)}" if problem.cure else ""
    return f"**{_plain(problem.message)}**{whom}{cure}\n\n{rule_markdown(_BY_CODE[problem.code])}"


def rule_markdown(rule: Rule) -> str:
    """Return what `dripper rule` says of a rule."""
    parts = [f"### {rule.code} {rule.name}", _plain(rule.summary)]
    for title, section in rule.sections.items():
        if title in _EXAMPLES:
            where = f" (`{section.file}`)" if section.file else ""
            parts.append(f"**{title}**{where}\n\n{_fenced(section.body)}")
        else:
            parts.append(f"**{title}** {_plain(section.body)}")
    return "\n\n".join(parts)


def rule_text(code: str) -> str | None:
    """Return what `dripper rule` prints of a rule; `None` where there is none of that code."""
    rule = _BY_CODE.get(code)
    return None if rule is None else "\n".join(rule_page(rule))


def key_page(table: type[Table], key: str) -> str:
    """Return what a key means and how a line with it looks."""
    meaning = meaning_of(table, key)
    return f"{_fenced(line_of(key, known_at(table, ())[key]), 'toml')}" + (f"\n\n{meaning}" if meaning else "")


def _fenced(text: str, language: str = "text") -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def _plain(text: str) -> str:
    """Return `text` with what Markdown or HTML would take for its own made harmless, but for `code`."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return _escaped(text)
    return "`".join(piece if index % 2 else _escaped(piece) for index, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>#&" else character for character in text)
