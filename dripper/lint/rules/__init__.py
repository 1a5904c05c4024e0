"""The rules: one module each, named by its code and its name, all listed in `RULES` in the order of their codes."""

from __future__ import annotations

from difflib import get_close_matches

from dripper.lint.rule import Rule
from dripper.lint.rules import (
    d101_too_long,
    d102_long_sentence,
    d103_long_subject,
    d104_wordy_phrase,
    d105_hard_words,
    d106_long_shell,
    d201_question,
    d202_request,
    d203_call_to_action,
    d208_ask_budget,
    d301_link,
    d302_hashtag,
    d303_mention,
    d304_status,
    d305_empty_opener,
    d306_shouting,
    d401_missing_gift,
    d402_self_talk,
    d403_unsourced_number,
    d404_repeat,
    d405_no_substance,
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
    d510_placeholder_left,
    d511_dead_condition,
    d512_unreadable_file,
    d513_wrong_value,
    d514_missing_key,
    d515_bad_row,
    d516_costly_template,
    d601_broken_header,
    d602_bad_address,
    d603_control_character,
    d801_allow_without_reason,
    d802_unused_allow,
)

RULES: tuple[Rule, ...] = (
    d101_too_long.RULE,
    d102_long_sentence.RULE,
    d103_long_subject.RULE,
    d104_wordy_phrase.RULE,
    d105_hard_words.RULE,
    d106_long_shell.RULE,
    d201_question.RULE,
    d202_request.RULE,
    d203_call_to_action.RULE,
    d208_ask_budget.RULE,
    d301_link.RULE,
    d302_hashtag.RULE,
    d303_mention.RULE,
    d304_status.RULE,
    d305_empty_opener.RULE,
    d306_shouting.RULE,
    d401_missing_gift.RULE,
    d402_self_talk.RULE,
    d403_unsourced_number.RULE,
    d404_repeat.RULE,
    d405_no_substance.RULE,
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
    d510_placeholder_left.RULE,
    d511_dead_condition.RULE,
    d512_unreadable_file.RULE,
    d513_wrong_value.RULE,
    d514_missing_key.RULE,
    d515_bad_row.RULE,
    d516_costly_template.RULE,
    d601_broken_header.RULE,
    d602_bad_address.RULE,
    d603_control_character.RULE,
    d801_allow_without_reason.RULE,
    d802_unused_allow.RULE,
)


def find_rule(word: str) -> Rule | None:
    """Return the rule whose code or name is `word`, small or capital letters alike."""
    return next((rule for rule in RULES if word.lower() in (rule.code.lower(), rule.name)), None)


def nearest_rule(word: str) -> Rule | None:
    """Return the rule whose code or name is most like `word`; `None` where none is."""
    known = {key: rule for rule in RULES for key in (rule.code.lower(), rule.name)}
    near = get_close_matches(word.lower(), known, n=1)
    return known[near[0]] if near else None
