r"""The text holds a character that no reader sees.

Finds: the control characters but for tab and line break, the line and paragraph separators of Unicode, the marks that
turn the direction of a text, and what has no width: zero-width spaces, soft hyphens, byte order marks. A joiner that
makes one emoji of two, or that a script needs between its letters, is none.

Why: they come in by copying from another program. They break lines, hide words, upset terminals and mail filters.

Fires:
    Most of your abandoned carts \x07start after 9 pm.

Instead:
    Most of your abandoned carts start after 9 pm.

Source: RFC 5322 §2.3 for the body of a mail; Unicode categories Cc, Cf, Zl and Zp, and the joiners of UTS #51.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.workspace.faults import Fault

_CONTROL = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# Joiners, and the marks that a text from right to left needs beside its numbers, are left to it.
_UNSEEN = Pattern("[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_HIDDEN_JOINER = Pattern(r"(?<=[\x21-\x7e])[\u200c\u200d]|[\u200c\u200d](?=[\x21-\x7e])")


def check(writing: Writing) -> Iterator[Finding]:
    """Find each such character, as the text is written."""
    for reading in writing.readings:
        text = reading.written.text
        patterns = (_CONTROL,) if text.isascii() else (_CONTROL, _UNSEEN, _HIDDEN_JOINER)
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            yield Finding(
                reading=reading.as_written,
                start=match.start(),
                end=match.end(),
                message=_message(match[0]),
                cure="delete it; it mostly comes in by copying from another program",
                replacement="" if _is_without_width(match[0]) else None,
            )


def _message(character: str) -> str:
    from unicodedata import name

    if _is_without_width(character):
        return (
            f"U+{ord(character):04X} ({name(character, 'no name').lower()}), which no reader sees, stands in the text"
        )
    return f"the control character U+{ord(character):04X} stands in the text"


def _is_without_width(character: str) -> bool:
    from unicodedata import category

    return category(character) == "Cf"


RULE = Rule(
    code=Fault.CONTROL_CHARACTER.code,
    name=Fault.CONTROL_CHARACTER.name_,
    doc=__doc__,
    on_message=check,
    glance=lambda text: not text.isprintable(),
    drafts=True,
)
