"""The development plan of an account: what to do next so that it becomes, or stays, a partnership.

Four parts, in the order in which a partnership is built: our view of them, theirs of us, the team, the work. Each step
comes from something that the account's file does not say, or says against us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dripper.prep.relationship import CORE, Label, Relationship
from dripper.prep.relationship_deeds import DEEDS
from dripper.prep.relationship_people import Kept, people_of, promise_ledger
from dripper.prep.words import day, listed
from dripper.workspace.model.account import Account, Bucket, Metric, Side, Trait

# More than three steps at once are a list, no plan.
MOST_STEPS = 3
_FACT_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the plan looks at; `shifts` are the campaigns that write to the account and what each is to change."""

    account: Account
    relationship: Relationship
    today: date
    shifts: tuple[tuple[str, str], ...] = ()
    # The metrics that have values.
    measured: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the plan with its next steps, the most urgent first; none where nothing is missing."""

    title: str
    steps: tuple[str, ...]


def plan_of(course: Course) -> tuple[Part, ...]:
    """Return the four parts, each with at most three steps."""
    return tuple(Part(title=title, steps=tuple(islice(steps(course), MOST_STEPS))) for title, steps in PARTS)


def our_view(course: Course) -> Iterator[str]:
    """Yield what to change in how we see and treat them."""
    relationship, name = course.relationship, course.account.id
    match relationship.match:
        case Label.WRONG:
            yield f'Call them what they are: bucket = "{relationship.bucket}", or “dripper review {name}”.'
        case Label.MISSING | Label.OPEN:
            yield f"Decide in the team what we call them: “dripper review {name}”."
    yield from _talk(relationship, Side.US)
    yield from _deeds(relationship, Side.US)


def their_view(course: Course) -> Iterator[str]:
    """Yield what may change how they see us."""
    yield from _talk(course.relationship, Side.THEM)
    if not course.shifts:
        yield f"Give something between the meetings: “dripper new campaign {course.account.id}/insights”."
    yield from _deeds(course.relationship, Side.THEM)
    for campaign, shifts in course.shifts:
        yield f"Keep {campaign} going: “{shifts}”." if shifts else f"Keep {campaign} going."


def priority(course: Course) -> Iterator[str]:
    """Yield what makes the account a priority for the whole team."""
    account, today = course.account, course.today
    for kept, promise in promise_ledger(account, today):
        if kept is Kept.BROKEN:
            yield f"Keep “{promise.what}”, due on {day(promise.due)}, or tell them today when it will be."
    people = people_of(account)
    deciders = [person for person in people if person.contact.decides]
    if not deciders:
        yield "Find out who decides, and write decides = true there."
    for person in deciders:
        if not person.boss:
            yield f"Find out whom {person.name} answers to, and write boss."
    if not any(each.agreed_on and each.agreed_on <= today for each in account.objectives):
        yield f"Agree on one objective with them: “dripper charter {account.id}” has the agenda."
    if account.lead is None:
        yield "Name the area where we lead, with dated milestones."
    else:
        ahead = sorted((each for each in account.lead.milestones if each.by >= today), key=lambda each: each.by)
        for milestone in ahead[:1]:
            yield f"Give “{milestone.what}” an owner in the team: it is due on {day(milestone.by)}."
        if not ahead:
            yield f"Set the next milestone in {account.lead.area}, with a date."


def work(course: Course) -> Iterator[str]:
    """Yield the homework: what they need and want, and where we add value."""
    account = course.account
    unknown = [person.name for person in people_of(account) if not person.contact.judged_on]
    if not account.contacts:
        yield "Name the people: a contact each, with role and boss."
    if unknown:
        yield f"Find out what {listed(unknown[:MOST_STEPS])} {'is' if len(unknown) == 1 else 'are'} judged on."
    if not any(objective.theirs for objective in account.objectives):
        yield "Ask what they want from this year, in their words, and write it down as theirs."
    yield from _value(course)
    newest = max((fact.on for fact in account.facts if fact.for_ is Side.THEM), default=None)
    if newest is None or (course.today - newest).days > _FACT_DAYS:
        yield "Write down one fact on their budget, priorities or market of this year, with its source."


def _value(course: Course) -> Iterator[str]:
    metrics = course.account.metrics
    if not any(metric.agreed for metric in metrics):
        yield "Agree with them on one metric that shows where we add value: then it has agreed = true."
    for metric in metrics:
        if metric.id not in course.measured:
            yield f"Put the values of {metric.title} into metrics.csv."
        elif metric.agreed and (lacking := _lacking(metric)):
            yield f"Settle what is missing of {metric.title}: {listed(lacking)}."


def _lacking(metric: Metric) -> list[str]:
    has_band = metric.better.way == "band"
    known = {
        "baseline": has_band or metric.baseline is not None,
        "goal": has_band or metric.goal is not None,
        "by": has_band or metric.by is not None,
        "worth": metric.worth is not None,
    }
    return [key for key, is_known in known.items() if not is_known]


def _talk(relationship: Relationship, side: Side) -> Iterator[str]:
    """Yield what to talk about: the newest thing that side did as towards a client, where that is how it acts."""
    weighed = relationship.us if side is Side.US else relationship.them
    pieces = [piece for piece, _ in weighed.pieces if piece.says is Bucket.CLIENT]
    outweighed = weighed.lean(0) is Bucket.PARTNER
    if pieces and not outweighed:
        piece = max(pieces, key=lambda each: each.on)
        talk = "Agree what we do instead of this" if side is Side.US else "Ask what stood behind this"
        yield f"{talk}: “{piece.what}” ({day(piece.on)})."


def _deeds(relationship: Relationship, side: Side) -> Iterator[str]:
    """Yield a deed for each trait that a side has not shown, those that a partnership needs first."""
    for trait in (*CORE, *(trait for trait in Trait if trait not in CORE)):
        if not relationship.trait(trait).shown_by(side):
            yield DEEDS[trait, side]


PARTS: tuple[tuple[str, Callable[[Course], Iterator[str]]], ...] = (
    ("Change our view", our_view),
    ("Change theirs", their_view),
    ("Make it a priority for the team", priority),
    ("Do the work", work),
)
