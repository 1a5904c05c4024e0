"""What to ask about an account in a review: of each trait, what they lately did, those first that are least known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dripper.prep.relationship import CORE, Relationship, TraitSeen
from dripper.workspace.model.account import Looked, Trait

# Three to an account: twenty accounts are an hour.
MOST_QUESTIONS = 3
# What was seen within a quarter need not be asked for again.
FRESH_DAYS = 90
QUESTIONS = {
    Trait.IMPORTANCE: "Who of them lately made time for us, or sent somebody else?",
    Trait.LOYALTY: "When did they last speak up for us, or ask others for an offer?",
    Trait.FAVOURS: "What did they last do for us that no contract asks for, or refuse to?",
    Trait.COMMITMENT: "What did they last commit to, or put off?",
    Trait.COLLABORATION: "What did they last plan with us, or hand us as an order?",
    Trait.TRUST: "What did they last tell us that no supplier hears, or keep from us?",
    Trait.CONFLICT: "How did they act when something last failed?",
}


def questions_of(relationship: Relationship, *, today: date, looked: Iterable[Looked] = ()) -> tuple[Trait, ...]:
    """Return the traits to ask about, three at most: unknown ones first, the core before others, the oldest first.

    Of what was `looked` for lately, in vain, nothing is asked.
    """
    known = {each.of for each in looked if is_lately(each.on, today)}

    def rank(seen: TraitSeen) -> tuple[bool, bool, date]:
        newest = seen.them.newest
        return (newest is not None, seen.trait not in CORE, newest.on if newest else date.min)

    stale = [seen for seen in relationship.traits if seen.trait not in known and not _is_fresh(seen, today)]
    return tuple(seen.trait for seen in sorted(stale, key=rank)[:MOST_QUESTIONS])


def _is_fresh(seen: TraitSeen, today: date) -> bool:
    newest = seen.them.newest
    return newest is not None and is_lately(newest.on, today)


def is_lately(on: date, today: date) -> bool:
    """Whether what was seen or asked on a day need not be asked again."""
    return (today - on).days <= FRESH_DAYS
