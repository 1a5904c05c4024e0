"""The text states a figure and says nowhere where it is from.

Finds: digits in the text that count something, a percentage or an amount, and no `source`. A time of day, a date, a
year and a name such as `Q3` or `B2B` need none.

Why: the reader will ask. A figure whose source is written down survives the question; the source is never shown.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "61% of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "61% of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    source = "Acme shop log, October 2026"

Source: the rational reasons of a negotiation: a claim is a figure, its source and its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing

_FIGURE = Pattern(
    r"(?<![\w#.,:-])(?P<sign>[$€£¥])?(?P<number>\d+(?:[.,:]\d+)*)(?P<unit>\s?(?:%|[$€£¥]))?(?P<tail>[\w-]*)"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_HOUR_AFTER = Pattern(r"\s?(?:am|pm|a\.m|p\.m|o['’]clock|h\b)", re.IGNORECASE)
_DATE_AFTER = Pattern(rf"\.?\s+(?:of\s+)?(?:{_MONTHS})\w*", re.IGNORECASE)
_BEFORE = Pattern(
    rf"(?:\b(?:{_MONTHS})\w*\.?|\b(?:no|nos|number|version|step|page|chapter|room|level|part|week|day|q|h)\.?)\s*\Z",
    re.IGNORECASE,
)
_CLOCK = Pattern(r"\d\d?:\d\d")
_YEAR = Pattern(r"(?:19|20)\d\d")


def check(writing: Writing) -> Iterator[Finding]:
    """Find the first figure of a text without source."""
    if writing.origin is None or writing.origin.message.source.strip():
        return
    text = writing.text.text
    for match in _FIGURE.finditer(text):
        if _counts(match, text):
            figure = match[0].strip("-")
            yield Finding(
                reading=writing.text,
                start=match.start(),
                end=match.start() + len(figure),
                message=f"the figure {figure[:40]} has no source",
                cure='add source = "…" to the message: where the figure is from, and of when; no reader sees it',
            )
            return


def _counts(match: re.Match[str], text: str) -> bool:
    if match["sign"] or match["unit"]:
        return True
    number, tail = match["number"], match["tail"].lower()
    before = text[max(0, match.start() - 20) : match.start()]
    after = text[match.end("number") : match.end("number") + 20]
    if _HOUR_AFTER.match(after) or _DATE_AFTER.match(after) or _BEFORE.search(before):
        return False
    if _CLOCK.fullmatch(number) or (tail in ("st", "nd", "rd", "th")):
        return False
    if _YEAR.fullmatch(number) and not tail:
        return False
    # A name such as "3D" or "4x4" counts nothing; "12k" and "3-fold" do.
    return not tail or tail in ("k", "m", "bn", "x") or tail.startswith("-")


RULE = Rule(code="D403", name="unsourced-number", doc=__doc__, on_message=check)
