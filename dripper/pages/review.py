"""The questions of a review, for those whom nobody asks at a terminal: lines, and JSON.

The JSON, version 1: `{"version", "accounts": [{"account", "name", "file", "label", "warning", "reason", "questions":
[{"of", "question"}]}]}`; `of` is what an answer is evidence of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.prep.relationship_questions import QUESTIONS
from dripper.prep.relationship_say import reason, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.relationship import Relationship
    from dripper.workspace.model.account import Account, Trait

VERSION = 1
Asked = tuple["Account", "Relationship", "tuple[Trait, ...]"]


def review_json(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the documented shape."""
    rows = [
        {
            "account": account.id,
            "name": account.name,
            "file": account.file,
            "label": relationship.label,
            "warning": warning(relationship),
            "reason": reason(relationship),
            "questions": [{"of": trait.value, "question": QUESTIONS[trait]} for trait in traits],
        }
        for account, relationship, traits in asked
    ]
    return {"version": VERSION, "accounts": rows}


def review_text(asked: Sequence[Asked], *, width: int) -> str:
    """Return the questions, account by account, for a terminal of `width`."""
    if not asked:
        return "Nothing to ask: what every account is called is known, and so is why."
    return "\n\n".join("\n".join(_lines(*each, width)) for each in asked)


def _lines(account: Account, relationship: Relationship, traits: Sequence[Trait], width: int) -> Iterator[str]:
    from textwrap import fill

    yield fill(f"{account.name} ({account.id}): {warning(relationship)}", width, subsequent_indent="  ")
    for question in (
        "What do we call them, partner or client?",
        *(f"{t.capitalize()}: {QUESTIONS[t]}" for t in traits),
    ):
        yield fill(question, width, initial_indent="  ", subsequent_indent="    ")
