"""What blocks a call: without these a negotiation is not prepared."""

from __future__ import annotations

from collections.abc import Iterator

from dripper.prep.case import Case, Check, Gap
from dripper.prep.words import day, listed


def no_negotiation(case: Case) -> Iterator[Gap]:
    """Ask for a negotiation: without one there is nothing to be ready for."""
    if case.negotiation is None:
        yield Gap(
            reason="No negotiation is written down.",
            task=f"Fill one in: dripper new negotiation {case.account.id or 'ACCOUNT'}/renewal.",
        )


def no_angle(case: Case) -> Iterator[Gap]:
    """Ask for one rock-solid reason of ours; a call without one is a call to listen only."""
    if any(angle.rock_solid for angle in case.ours):
        return
    best = next(iter(case.ours), None)
    if best is None:
        task = (
            "Write down a [[fact]] that speaks for us, with source and worth, or give the metrics baseline and worth."
        )
    else:
        task = f"Make this one hold: “{best.claim}”. It lacks {listed(best.missing)}."
    yield Gap(reason="We have no rock-solid angle.", task=task)


def unanswered(case: Case) -> Iterator[Gap]:
    """Ask for an answer to every demand and every strong angle of theirs."""
    by_id = {reading.id: reading for reading in case.readings}
    for demand in case.demands:
        if not demand.answer:
            named = by_id.get(demand.metric)
            task = "Write answer = … below the demand: a sentence, or the id of a metric that has values."
            if named:
                lack = named.other_unit or "no values"
                task = f"{named.metric.title} has {lack}: mend that, or write a sentence as the answer."
            yield Gap(reason=f"Their demand has no answer: “{demand.said}”.", task=task)
    if case.negotiation is None:
        return
    answered = {demand.reason for demand in case.demands}
    for angle in case.theirs:
        if angle.strong and not angle.exchange.is_written and angle.category not in answered:
            yield Gap(
                reason=f"Their strong angle has no answer: “{angle.claim}”.",
                task=f'Add a [[demand]] with reason = "{angle.category}" and our answer.',
            )


def no_walk_away(case: Case) -> Iterator[Gap]:
    """Ask for the point where we stop; who does not know it will not stop."""
    if case.negotiation and case.negotiation.our_walk_away is None:
        yield Gap(reason="We have no walk-away point.", task="Settle the worst deal we take, and write our_walk_away.")


def no_decider(case: Case) -> Iterator[Gap]:
    """Ask who decides; convincing anybody else decides nothing."""
    if not case.deciders:
        yield Gap(reason="We do not know who decides.", task="Find out who signs, and set decides = true there.")


def stale_data(case: Case) -> Iterator[Gap]:
    """Ask for new values; old ones are answered with new ones."""
    for reading in case.readings:
        if reading.declared and reading.last_on and reading.is_old:
            yield Gap(
                reason=f"{reading.metric.title} is old: its last value is of {day(reading.last_on)}.",
                task=f"Add the newest values to {reading.source}.",
            )


def open_question(case: Case) -> Iterator[Gap]:
    """Ask for the answers that may change what we ask for."""
    for question in case.negotiation.questions if case.negotiation else ():
        if question.critical and question.answered_on is None:
            yield Gap(
                reason=f"A critical question is open: “{question.text}”",
                task="Get the answer, and set answered_on.",
                owner=question.owner,
                due=question.due,
            )


BLOCKS: tuple[tuple[str, Check], ...] = (
    ("no-negotiation", no_negotiation),
    ("no-angle", no_angle),
    ("unanswered", unanswered),
    ("no-walk-away", no_walk_away),
    ("no-decider", no_decider),
    ("stale-data", stale_data),
    ("open-question", open_question),
)
