"""A placeholder was left in a text that goes out.

Finds: `[CTA]`, `[First Name]`, `{first_name}`, `<name>`, `<<NAME>>`, `*|FNAME|*`, `XX%`, `TODO`, `TBD`, `XXX` and
`lorem ipsum` in subject, text or greeting, and an exception (`dripper: allow …`) that is no comment but part of what is
sent.

Why: the reader sees it, and knows that the message is a form.

Fires (campaign):
    [[message]]
    subject = "Your carts, {first_name}"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead (campaign):
    [[message]]
    subject = "Your carts, {{ contact.first_name }}"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the forms that mail merge tools and editors use for what is still to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dripper.lint.pattern import Pattern
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from dripper.lint.campaign import CampaignFile

_PLACEHOLDER = Pattern(
    # No other character begins one; so most places are passed at once.
    r"""
    (?= [\[{$%<*?] | \b [XTFLld] ) (?:
    \[ [A-Z][A-Z0-9_ ]{1,30} \]
    | \[ [ ]? (?i:(?:first|last|full|company|account|contact|your|insert)[ _-]?[\w ]{0,30}) \]
    | (?<!\{) \{ [ ]? [A-Za-z_][\w. ]{1,40} \} (?!\})
    | (?<!\$) \$\{ [\w. ]{1,40} \}
    | %%? (?:FIRST|LAST|FULL)?_?NAME %%?
    | << [ ]? [A-Za-z][\w ]{0,30} >>
    | \*\| [A-Z][A-Z0-9_:]{0,30} \|\*
    | (?: \bXX | \[[ ]?[xX?]{0,2}[ ]?\] | \?\? ) (?= [ ]? % )
    | < (?i:(?:first|last|full|company|your|insert)[ _-]?\w{0,20}|name) >
    | \b (?: TODO | TBD | TBC | FIXME | XXX+ ) \b
    | (?i:\blorem[ ]ipsum\b)
    | (?P<exception> \b dripper: [ ] allow \b )
    )
    """,
    re.VERBOSE,
)
# Each of the above has one of these.
_WORDS = ("todo", "tbd", "tbc", "fixme", "lorem", "dripper", *("x" * count for count in range(3, 40)))
_CUES = frozenset((*"[{<%*", *_WORDS))
_CURE = "fill it in; a name of the contact is written as {{ contact.first_name }}"

_CURE_OF_EXCEPTION = "put it behind the text as a comment, or on the line above; in a mail into a header `Comments:`"


def check(writing: Writing) -> Iterator[Finding]:
    """Find placeholders in subject and text."""
    cure = "fill it in" if writing.origin is None else _CURE
    for reading in writing.readings:
        yield from _placeholders(reading, cure)


def check_campaign(file: CampaignFile) -> Iterator[Finding]:
    """Find placeholders in the greeting; what stands in double braces is a name and no placeholder."""
    yield from _placeholders(file.reading(("greeting",)), _CURE)


def _placeholders(reading: Reading, cure: str) -> Iterator[Finding]:
    for match in _PLACEHOLDER.finditer(reading.text):
        message = f"a placeholder was left: {match[0]}"
        if match["exception"]:
            message, cure = "an exception stands in the text and would be sent", _CURE_OF_EXCEPTION
        yield Finding(reading=reading, start=match.start(), end=match.end(), message=message, cure=cure)


RULE = Rule(
    code=Fault.PLACEHOLDER_LEFT.code,
    name=Fault.PLACEHOLDER_LEFT.name_,
    doc=__doc__,
    on_message=check,
    on_campaign=check_campaign,
    cues=lambda: _CUES,
    drafts=True,
)
