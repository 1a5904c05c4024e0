"""Runs the rules for what is said in a negotiation over the sentences for the room: `[[say]]`, and written answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dripper.lint.allow import allows_of, lines_for
from dripper.lint.collect import Collector
from dripper.lint.reading import Reading
from dripper.lint.rule import Said, Writing
from dripper.lint.rules.d403_unsourced_number import RULE as UNSOURCED
from dripper.lint.rules.d801_allow_without_reason import RULE as WITHOUT_REASON
from dripper.lint.rules.d802_unused_allow import RULE as UNUSED
from dripper.lint.ruleset import RULES
from dripper.lint.sieve import Sieve
from dripper.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lint.options import Options
    from dripper.problem import Problem
    from dripper.workspace.toml import Document


# The rules that hold for every text, this one too.
_BESIDE = (UNSOURCED, WITHOUT_REASON, UNUSED)


def lint_negotiation(document: Document, options: Options) -> list[Problem]:
    """Return the problems of the sentences for the room that the negotiation file `document` holds."""
    options = replace(options, negotiation=True)
    rules = options.active(rule for rule in RULES if rule.negotiation or rule in _BESIDE)
    sieve = Sieve(rules)
    collector = Collector(document.file, options, Source(document.text))
    for writing in _sentences(document, options):
        for rule, finding in sieve.findings(writing):
            collector.add(rule, finding)
    # A fault may hide what an exception is for.
    told = tuple(rule for rule in rules if rule is not UNUSED or not document.stand_ins)
    problems = collector.problems(allows_of(document), told, partial(lines_for, document))
    return sorted(problems, key=lambda problem: problem.sort_key)


def _sentences(document: Document, options: Options) -> Iterator[Writing]:
    """Yield each sentence for the room, but for those that the file does not say rightly.

    An answer of a single word is the id of a metric, and says what the brief's own words say.
    """
    for key, field in (("say", "text"), ("demand", "answer")):
        said = document.data.get(key)
        for index, table in enumerate(said if isinstance(said, list) else ()):
            path = (key, index, field)
            text = table.get(field) if isinstance(table, dict) else None
            if isinstance(text, str) and (key == "say" or len(text.split()) > 1) and document.is_own(path):
                beside = Said(is_sourced=bool(str(table.get("source", "")).strip()), alternative=_alternative(document))
                reading = Reading(document.passage(path), path)
                yield Writing(subject=None, text=reading, chars=options.chars, said=beside)


def _alternative(document: Document) -> str:
    """Return our alternative as the file has it, in the words of a sentence."""
    ours = document.data.get("our_alternative")
    if not isinstance(ours, dict) or not isinstance(ours.get("what"), str) or not document.is_own(("our_alternative",)):
        return ""
    what: str = ours["what"]
    worth, checked_on = ours.get("worth"), ours.get("checked_on")
    return what + (f", {worth}" if worth else "") + (f", checked on {checked_on}" if checked_on else "")
