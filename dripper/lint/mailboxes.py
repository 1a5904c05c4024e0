"""Runs the rules over the mailboxes of `dripper.toml`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dripper.lint.allow import allows_of, lines_for
from dripper.lint.collect import Collector
from dripper.lint.rules.d801_allow_without_reason import RULE as WITHOUT_REASON
from dripper.lint.rules.d802_unused_allow import RULE as UNUSED
from dripper.lint.ruleset import RULES
from dripper.lint.sending import Sending
from dripper.lint.source import Source

if TYPE_CHECKING:
    from dripper.lint.options import Options
    from dripper.problem import Problem
    from dripper.workspace.model.settings import Settings
    from dripper.workspace.toml import Document


def lint_mailboxes(settings: Settings, document: Document, options: Options) -> list[Problem]:
    """Return what the rules find in the mailboxes; what is only a stand-in is left out."""
    active = options.active(rule for rule in RULES if rule.on_mailbox or rule in (WITHOUT_REASON, UNUSED))
    collector = Collector(document.file, options, Source(document.text))
    for name, mailbox in settings.mailboxes.items():
        sending = Sending(mailbox=mailbox, name=name, document=document)
        for rule in active if document.is_own(("mailbox", name)) else ():
            for finding in rule.on_mailbox(sending) if rule.on_mailbox else ():
                collector.add(rule, finding)
    # A fault may hide what an exception is for.
    told = tuple(rule for rule in active if rule is not UNUSED or not document.stand_ins)
    found = collector.problems(allows_of(document), told, partial(lines_for, document))
    return sorted(found, key=lambda problem: problem.sort_key)
