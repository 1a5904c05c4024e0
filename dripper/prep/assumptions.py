"""What is only assumed, and how old each assumption is: what nobody checks is believed in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dripper.prep.words import counted, day
from dripper.workspace.model.account import Side, Sure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.numbers import Numbers
    from dripper.workspace.model.account import Fact
    from dripper.workspace.model.negotiation import Looked, Negotiation


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something taken for true without being sure; `on` is the day of the last look, `None` where nobody looked."""

    what: str
    # "guess", "assumption", "likely" or "hearsay".
    kind: str
    on: date | None
    age_days: int | None

    @property
    def age(self) -> str:
        """Return the age in words."""
        return "no date" if self.age_days is None else counted(self.age_days, "day")


def assumptions_of(
    negotiation: Negotiation | None, numbers: Numbers | None, facts: Sequence[Fact], today: date
) -> tuple[Assumption, ...]:
    """Return what is assumed, undated first, then the oldest first."""
    found = [
        *_guesses(numbers),
        *_taken(negotiation),
        *_alternatives(negotiation),
        *_looks(negotiation),
        *_unsure(facts),
    ]
    aged = [
        Assumption(what=what, kind=kind, on=on, age_days=None if on is None else (today - on).days)
        for what, kind, on in found
        if on is None or on <= today
    ]
    return tuple(sorted(aged, key=lambda each: (each.on is not None, each.on or today)))


_Found = tuple[str, str, date | None]


def _guesses(numbers: Numbers | None) -> Iterator[_Found]:
    for stated in numbers.stated if numbers else ():
        if stated.guess:
            yield f"{stated.label}: {stated.text}", "guess", None


def _taken(negotiation: Negotiation | None) -> Iterator[_Found]:
    """Yield what beside the numbers was taken as it was proposed."""
    guesses = negotiation.guesses if negotiation else ()
    if negotiation is None or not guesses:
        return
    if "on" in guesses:
        yield f"The day of the talk: {day(negotiation.on)}", "guess", None
    if "demand" in guesses:
        yield from ((f"They will say: {each.said}", "guess", None) for each in negotiation.demands)
    if "question" in guesses:
        yield from ((f"What we must know: {each.text}", "guess", None) for each in negotiation.questions)


def _alternatives(negotiation: Negotiation | None) -> Iterator[_Found]:
    if negotiation is None:
        return
    for label, each in (("Our", negotiation.our_alternative), ("Their", negotiation.their_alternative)):
        if each:
            yield f"{label} alternative: {each.what}", "assumption", each.checked_on


def _looks(negotiation: Negotiation | None) -> Iterator[_Found]:
    for look in negotiation.looked if negotiation else ():
        yield _nothing(look), "assumption", look.on


def _nothing(look: Looked) -> str:
    return f"Nothing under {look.kind} on {'our' if look.for_ is Side.US else 'their'} side"


def _unsure(facts: Sequence[Fact]) -> Iterator[_Found]:
    for fact in facts:
        if fact.sure is not Sure.CONFIRMED:
            yield fact.what, fact.sure.value, fact.on
