"""The text says nothing concrete.

Finds: a text of general words such as "important", "success" or "experience", without a figure, a name, a contrast, a
cause, a consequence, a change or a time. A message whose gift is a laugh needs none of them.

Why: what cannot be checked cannot be used. "Customer experience is the key to success" is true of everybody, so nobody
learns from it.

Fires:
    Great customer experience is the key to success in a changing market.

Instead:
    Half of the shoppers who wrote to the helpdesk bought again within a week.

Source: Chip and Dan Heath, "Made to Stick" (2007), chapter 3: what is concrete is understood and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordlists import table
from dripper.problem import Severity
from dripper.text.words import words

# Below it a text is a fragment, of which nothing can be said.
_FEWEST_WORDS = 4
_FIGURE = Pattern(r"\d")
# A capital within a sentence: behind a letter or a comma, so that no sentence begins with it.
_NAME = Pattern(r"(?<=[\w,;] )[\"“'‘]?(?!I\b)[A-Z]\w|[a-z][A-Z]|\b[A-Z]{2,}\b|(?<!\w)[\"“‘'](?=\w)")


def check(writing: Writing) -> Iterator[Finding]:
    """Find a text of which nothing is concrete."""
    text = writing.text.text
    if not writing.text.has(_vague()) or writing.text.has(table("en/concrete")) or _FIGURE.search(text):
        return
    if _NAME.search(text) or len(words(text)) < _FEWEST_WORDS or _is_named(writing) or _is_for_a_laugh(writing):
        return
    yield Finding(
        reading=writing.text,
        start=0,
        end=len(text),
        message="nothing concrete: no figure, name, contrast, cause or consequence",
        cure="say what happened, to whom, how often, or what follows from it",
    )


def _is_named(writing: Writing) -> bool:
    """Whether a name stands in the text where a capital tells nothing: at the beginning of a sentence."""
    if writing.origin is None:
        return False
    recipient = writing.origin.recipient
    names = [account.name for account in writing.origin.accounts() or ()]
    return any(name and name in writing.text.text for name in (*names, recipient.name if recipient else ""))


def _is_for_a_laugh(writing: Writing) -> bool:
    return writing.origin is not None and not table("en/laughs").isdisjoint(
        map(str.lower, words(writing.origin.message.gift))
    )


def _vague() -> frozenset[str]:
    return table("en/vague")


RULE = Rule(
    code="D405",
    name="no-substance",
    severity=Severity.ADVICE,
    doc=__doc__,
    on_message=check,
    cues=_vague,
    drafts=True,
)
