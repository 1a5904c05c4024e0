"""The brief: everything that is known before a negotiation, as one value that every page is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from dripper.prep.angles.angle import Angle
from dripper.prep.angles.found import angles_of
from dripper.prep.angles.view import View
from dripper.prep.assumptions import Assumption, assumptions_of
from dripper.prep.case import Case
from dripper.prep.crises import Crisis, crises_of
from dripper.prep.demands import Answered, answer_all
from dripper.prep.gate import Gate, gate_of
from dripper.prep.gifts import Gifts
from dripper.prep.metrics import read_metrics
from dripper.prep.numbers import Numbers, numbers_of
from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.premortem import premortem_of
from dripper.prep.promises import Promises, promises_of
from dripper.prep.reading import Reading
from dripper.prep.relationship import Relationship, relationship_of
from dripper.prep.since import Since
from dripper.prep.wording import Wording
from dripper.prep.worth import worth_of, yearly
from dripper.workspace.model.account import Account, Contact, Fact, Side
from dripper.workspace.model.negotiation import Negotiation, Question
from dripper.workspace.model.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dripper.workspace.model.workspace import Series

# Skilled negotiators give one or two reasons; more dilute (N. Rackham and J. Carlisle, Huthwaite, 1978).
LEAD_ANGLES = 2
FRONT_METRICS = 3
_USUAL = Thresholds()
FRONT_DEMANDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All of one brief; the lists are in the order in which they are shown."""

    account: Account
    negotiation: Negotiation | None
    today: date
    gate: Gate
    numbers: Numbers | None
    # What the options with points allow.
    packages: Packages | None
    readings: tuple[Reading, ...]
    # The metrics of page one.
    front: tuple[Reading, ...]
    ours: tuple[Angle, ...]
    theirs: tuple[Angle, ...]
    demands: tuple[Answered, ...]
    # Deciders first.
    people: tuple[Contact, ...]
    questions: tuple[Question, ...]
    promises: Promises
    facts: tuple[Fact, ...]
    crises: tuple[Crisis, ...]
    assumptions: tuple[Assumption, ...]
    premortem: tuple[str, ...]
    # Client or partner, by the evidence; `None` where none is written down.
    relationship: Relationship | None
    # What the values did not allow the brief to say.
    unclaimed: tuple[str, ...]
    # What only the job knows: the record, the linter, the last brief. `None` where it was left out.
    gifts: Gifts | None = None
    wording: Wording | None = None
    since: Since | None = None

    @property
    def leads(self) -> tuple[Angle, ...]:
        """Return the angles to lead with: rock solid, and no more than two."""
        return tuple(angle for angle in self.ours if angle.rock_solid)[:LEAD_ANGLES]


def brief_of(
    account: Account,
    negotiation: Negotiation | None,
    series: Mapping[str, Series],
    *,
    today: date,
    owner: str,
    thresholds: Thresholds = _USUAL,
) -> Brief:
    """Return the brief of an account as of `today`; `owner` owes the homework that names nobody else."""
    case = _case(account, negotiation, series, today, thresholds)
    gate = gate_of(case, owner=owner)
    questions = negotiation.questions if negotiation else ()
    facts = (fact for fact in account.facts if fact.on <= today)
    return Brief(
        account=account,
        negotiation=negotiation,
        today=today,
        gate=gate,
        numbers=case.numbers,
        readings=case.readings,
        packages=case.packages,
        front=front_metrics(case.readings),
        ours=case.ours,
        theirs=case.theirs,
        demands=case.demands,
        people=tuple(sorted(account.contacts, key=lambda contact: not contact.decides)),
        questions=tuple(sorted((q for q in questions if q.answered_on is None), key=lambda q: not q.critical)),
        promises=promises_of(account.promises, today),
        facts=tuple(sorted(facts, key=lambda fact: fact.on, reverse=True)),
        crises=crises_of(case.readings, account.evidence, today),
        assumptions=assumptions_of(negotiation, case.numbers, account.facts, today),
        premortem=premortem_of(case, gate),
        relationship=relationship_of(account, today=today) if account.evidence else None,
        unclaimed=tuple(_unclaimed(account, case.readings, today)),
    )


def _case(
    account: Account,
    negotiation: Negotiation | None,
    series: Mapping[str, Series],
    today: date,
    thresholds: Thresholds,
) -> Case:
    readings = read_metrics(series, account.metrics, today=today, thresholds=thresholds)
    demands = answer_all(negotiation.demands if negotiation else (), readings)
    view = partial(
        View,
        readings=readings,
        facts=account.facts,
        demands=demands,
        contract=yearly(account.contract),
        today=today,
        thresholds=thresholds,
    )
    return Case(
        account=account,
        negotiation=negotiation,
        readings=readings,
        ours=angles_of(view(side=Side.US)),
        theirs=angles_of(view(side=Side.THEM)),
        demands=demands,
        numbers=numbers_of(negotiation) if negotiation else None,
        today=today,
        thresholds=thresholds,
        packages=packages_of(negotiation) if negotiation else None,
    )


def front_metrics(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the three metrics of page one: with values, agreed, where we lead, the biggest in money, in that order."""

    def rank(reading: Reading) -> tuple[bool, bool, bool, float]:
        amount = worth_of(reading)
        size = abs(amount.middle) if amount else 0.0
        return (not reading.declared, not reading.metric.agreed, not reading.metric.we_lead, -size)

    return tuple(sorted((reading for reading in readings if reading.points), key=rank)[:FRONT_METRICS])


def _unclaimed(account: Account, readings: Sequence[Reading], today: date) -> list[str]:
    notes = [f"{reading.metric.title}: {note}" for reading in readings for note in reading.notes]
    if not readings:
        notes.append("No metrics: nothing is claimed about performance.")
    if not account.contacts:
        notes.append("No people are known: nobody to speak to, and nobody who decides.")
    if account.contract is None:
        notes.append("No contract value: no angle can be weighed against it.")
    later = [fact for fact in account.facts if fact.on > today]
    notes += [f"“{fact.what}” is dated in the future and not used." for fact in later]
    return notes
