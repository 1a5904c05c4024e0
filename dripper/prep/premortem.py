"""The pre-mortem: the talk has failed; five lines say why, the likeliest first.

Looking back from an imagined failure finds more reasons than looking ahead (G. Klein, Performing a Project Premortem,
2007). Each line is taken from what the brief knows, never made up.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dripper.prep.numbers import Zone
from dripper.prep.words import chance, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.case import Case
    from dripper.prep.gate import Gate
    from dripper.workspace.model.account import Contact

LINES = 5
# Below this a goal is likelier missed than met.
_EVEN = 0.5


def premortem_of(case: Case, gate: Gate) -> tuple[str, ...]:
    """Return at most five lines; none without a negotiation, for nothing can fail yet."""
    if case.negotiation is None:
        return ()
    sources = (
        _unprepared(gate),
        _theirs(case),
        _our_lead(case),
        _alternative(case),
        _decider(case),
        _zone(case),
        _goals(case),
        _open(case),
        _old(gate),
    )
    # One line of each source comes before the second of any.
    return tuple(islice(dict.fromkeys(_in_turn(sources)), LINES))


def _in_turn(sources: tuple[Iterator[str], ...]) -> Iterator[str]:
    waiting = list(sources)
    while waiting:
        for source in tuple(waiting):
            line = next(source, None)
            if line is None:
                waiting.remove(source)
            else:
                yield line


def _unprepared(gate: Gate) -> Iterator[str]:
    for work in gate.blocks:
        yield f"We went all the same: {_lower(work.reason)}"


def _theirs(case: Case) -> Iterator[str]:
    for angle in case.theirs:
        if angle.strong:
            how = "our answer did not convince them" if angle.exchange.is_written else "we had no answer"
            yield f"They said “{angle.claim.rstrip('.')}”, and {how}."


def _our_lead(case: Case) -> Iterator[str]:
    for angle in case.ours:
        if angle.rock_solid:
            yield f"Our first reason did not hold: {_lower(angle.breaks)}"


def _alternative(case: Case) -> Iterator[str]:
    theirs = case.negotiation.their_alternative if case.negotiation else None
    if theirs:
        checked = f"we last looked on {day(theirs.checked_on)}" if theirs.checked_on else "we never checked it"
        yield f"They took their alternative, “{theirs.what}”; {checked}."


def _decider(case: Case) -> Iterator[str]:
    for contact in case.deciders:
        if contact.boss:
            yield f"{_name(contact)} agreed, and {contact.boss} said no."
        else:
            yield f"{_name(contact)} agreed, and had to ask somebody whom we do not know."


def _name(contact: Contact) -> str:
    return contact.name or contact.role or "Who decides"


def _zone(case: Case) -> Iterator[str]:
    if case.numbers and case.numbers.zone is not Zone.THERE:
        yield f"There was no deal to be had. Zone of agreement: {case.numbers.zone_text}."


def _goals(case: Case) -> Iterator[str]:
    for reading in case.readings:
        odds = reading.progress.chance
        if reading.metric.agreed and odds is not None and odds < _EVEN:
            yield f"They had seen before us that {reading.metric.title} misses its goal ({chance(odds)} to meet it)."


def _open(case: Case) -> Iterator[str]:
    for question in case.negotiation.questions if case.negotiation else ():
        if question.answered_on is None:
            yield f"Nobody had asked: “{question.text}”"


def _old(gate: Gate) -> Iterator[str]:
    for work in gate.betters:
        yield f"We let it be: {_lower(work.reason)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
