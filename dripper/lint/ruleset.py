"""All rules, in the order of their codes: those for drafts, and those that need a workspace or a negotiation."""

from __future__ import annotations

from dripper.lint.draft_rules import DRAFT_RULES
from dripper.lint.rule import Rule
from dripper.lint.rules import (
    d106_long_shell,
    d208_ask_budget,
    d401_missing_gift,
    d403_unsourced_number,
    d404_repeat,
    d406_unknown_acronym,
    d501_syntax,
    d502_unknown_key,
    d503_wrong_type,
    d504_unknown_reference,
    d505_missing_name,
    d506_duplicate_id,
    d507_vanished_id,
    d508_no_slot,
    d509_literal_secret,
    d511_dead_condition,
    d512_unreadable_file,
    d513_wrong_value,
    d514_missing_key,
    d515_bad_row,
    d516_costly_template,
    d601_broken_header,
    d602_bad_address,
    d604_foreign_sender_domain,
    d701_feeling_word,
    d702_bare_threat,
    d703_bare_claim,
    d704_too_many_reasons,
)

_OTHER_RULES: tuple[Rule, ...] = (
    d106_long_shell.RULE,
    d208_ask_budget.RULE,
    d401_missing_gift.RULE,
    d403_unsourced_number.RULE,
    d404_repeat.RULE,
    d406_unknown_acronym.RULE,
    d501_syntax.RULE,
    d502_unknown_key.RULE,
    d503_wrong_type.RULE,
    d504_unknown_reference.RULE,
    d505_missing_name.RULE,
    d506_duplicate_id.RULE,
    d507_vanished_id.RULE,
    d508_no_slot.RULE,
    d509_literal_secret.RULE,
    d511_dead_condition.RULE,
    d512_unreadable_file.RULE,
    d513_wrong_value.RULE,
    d514_missing_key.RULE,
    d515_bad_row.RULE,
    d516_costly_template.RULE,
    d601_broken_header.RULE,
    d602_bad_address.RULE,
    d604_foreign_sender_domain.RULE,
    d701_feeling_word.RULE,
    d702_bare_threat.RULE,
    d703_bare_claim.RULE,
    d704_too_many_reasons.RULE,
)
RULES: tuple[Rule, ...] = tuple(sorted((*DRAFT_RULES, *_OTHER_RULES), key=lambda rule: rule.code))


def find_rule(word: str) -> Rule | None:
    """Return the rule whose code or name is `word`, small or capital letters alike."""
    return next((rule for rule in RULES if word.lower() in (rule.code.lower(), rule.name)), None)


def nearest_rule(word: str) -> Rule | None:
    """Return the rule whose code or name is most like `word`; `None` where none is."""
    from difflib import get_close_matches

    known = {key: rule for rule in RULES for key in (rule.code.lower(), rule.name)}
    near = get_close_matches(word.lower(), known, n=1)
    return known[near[0]] if near else None
