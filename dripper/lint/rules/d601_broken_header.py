r"""A line break would break the message's header.

Finds: a line break in a subject, a sender or a contact's name, also one that a value brings into a rendered subject.

Why: a header ends where its line ends. What follows would become a header of its own, such as a second recipient.

Fires:
    [[message]]
    subject = "Your carts\nafter 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: RFC 5322 §2.2, header fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.workspace.faults import Fault

_BREAK = Pattern(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def check(writing: Writing) -> Iterator[Finding]:
    """Find line breaks in the rendered subject."""
    if writing.origin is None or writing.subject is None:
        return
    for match in _BREAK.finditer(writing.subject.text):
        yield Finding(
            reading=writing.subject,
            start=match.start(),
            end=match.end(),
            message="a line break here would break the message's header",
            cure="write it on one line",
        )


RULE = Rule(code=Fault.BROKEN_HEADER.code, name=Fault.BROKEN_HEADER.name_, doc=__doc__, on_message=check)
