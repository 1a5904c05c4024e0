from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dripper.lint.draft import read_line
from dripper.lint.rule import Rule, Writing
from dripper.lint.ruleset import RULES
from dripper.lint.sieve import Sieve

DRAFTS = [rule for rule in RULES if rule.drafts and rule.on_message]
CUES = sorted({word for rule in DRAFTS if rule.cues for word in rule.cues()})
SIGNED = ["acme.com", "ftp://x", "FREE", "WOW", "NOW", "NОW", "what?!", "🎉🎉", "a\u200bb", "c\u200dd", "e\x07f"]
WORDS = [*CUES[::7], *SIGNED, ".", ",", "the", "12", "we", "?"]


def found(rule: Rule, writing: Writing) -> list[tuple[str, int, int]]:
    assert rule.on_message is not None
    return [(rule.code, finding.start, finding.end) for finding in rule.on_message(writing)]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_no_rule_is_kept_from_a_text_in_which_it_finds_something(text: str) -> None:
    writing = Writing(subject=None, text=read_line(text, 1).text, chars=140)

    sifted = [(rule.code, finding.start, finding.end) for rule, finding in Sieve(DRAFTS).findings(writing)]

    assert sifted == [each for rule in DRAFTS for each in found(rule, writing)]
