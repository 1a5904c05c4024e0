"""What would make a call better, though it may be held without."""

from __future__ import annotations

from collections.abc import Iterator

from dripper.prep.angles.found import FINDERS
from dripper.prep.case import Case, Check, Gap
from dripper.prep.numbers import Zone
from dripper.prep.packages.say import issues_to_add
from dripper.prep.words import counted, day, listed
from dripper.workspace.model.account import Side
from dripper.workspace.model.negotiation import Role


def is_past(case: Case) -> Iterator[Gap]:
    """Tell that the day of the call is over: there is nothing to be ready for."""
    if case.negotiation and case.negotiation.on < case.today:
        begin = f"dripper new negotiation {case.account.id or 'ACCOUNT'}/NAME"
        yield Gap(
            reason=f"The day of the call, {day(case.negotiation.on)}, has passed.",
            task=f"Write its new date, or start the next one: {begin}.",
        )


def aim(case: Case) -> Iterator[Gap]:
    """Ask for target and opening; without a target one gets the walk-away."""
    beyond = "below" if case.negotiation and case.negotiation.role is Role.BUYER else "above"
    for key, what in (("our_target", "target"), ("our_opening", f"opening {beyond} it")):
        if case.negotiation and getattr(case.negotiation, key) is None:
            yield Gap(reason=f"We have no {what.split()[0]}.", task=f"Settle our {what}, and write {key}.")


def their_side(case: Case) -> Iterator[Gap]:
    """Ask where they stop and what else either side could do; a guess is better than nothing."""
    if case.negotiation and case.negotiation.their_walk_away is None:
        yield Gap(
            reason="We have no idea where they stop.",
            task="Estimate their walk-away as a range, and write their_walk_away.",
        )
    if case.negotiation and (case.negotiation.their_alternative is None or case.negotiation.our_alternative is None):
        whose = "our" if case.negotiation.our_alternative is None else "their"
        yield Gap(
            reason=f"We do not know {whose} best alternative to a deal.",
            task=f"Find it, and write {whose}_alternative.",
        )


def no_zone(case: Case) -> Iterator[Gap]:
    """Ask for more issues where money alone, or all packages with their points, leave no zone of agreement."""
    if case.numbers and case.numbers.zone is Zone.NONE:
        yield Gap(
            reason="There is no zone of agreement: what we need and what they can do leave a gap.",
            task="Add issues that cost one side little and are worth much to the other ([[option]], [[trade]]).",
        )
    if case.packages and case.packages.space.floors_known and not case.packages.zone.there:
        yield Gap(reason="No package of [[option]]s serves both sides.", task=issues_to_add(case.packages))


def trades(case: Case) -> Iterator[Gap]:
    """Ask for two trades; they keep a demand from becoming a plain concession."""
    wanted = case.thresholds.least_trades
    if case.negotiation and len(case.negotiation.trades) < wanted:
        have = len(case.negotiation.trades)
        yield Gap(
            reason=f"We have {counted(have, 'trade')}; {'two' if wanted == 2 else wanted} are wanted.",
            task="Write a [[trade]]: what we give, and only against what.",
        )


def looked(case: Case) -> Iterator[Gap]:
    """Ask for a look at all five categories; the surprise comes from the one left out."""
    if case.negotiation is None:
        return
    seen = {(angle.side, angle.category) for angle in (*case.ours, *case.theirs)}
    seen |= {(Side.THEM, demand.reason) for demand in case.demands if demand.reason}
    seen |= {(each.for_, each.kind) for each in case.negotiation.looked}
    for side, whose in ((Side.US, "our"), (Side.THEM, "their")):
        missing = [finder for finder in FINDERS if (side, finder.category) not in seen]
        if missing:
            yield Gap(
                reason=f"Not looked at on {whose} side: {listed([finder.category.value for finder in missing])}.",
                task=f"Ask: {missing[0].look} Write a [[fact]], or a [[looked]] where there is nothing.",
            )


def objectives(case: Case) -> Iterator[Gap]:
    """Ask for an agreed objective; what only we wrote down is a wish."""
    if not any(objective.agreed_on for objective in case.account.objectives):
        yield Gap(
            reason="No objective is agreed with them.",
            task="Agree on one with them, and set agreed_on to the day of that call.",
        )


def old_assumptions(case: Case) -> Iterator[Gap]:
    """Ask for a fresh look at alternatives; one that was checked last year is a guess."""
    if case.negotiation is None:
        return
    for key in ("our_alternative", "their_alternative"):
        alternative = getattr(case.negotiation, key)
        if alternative is None:
            continue
        whose = key.partition("_")[0].capitalize()
        if alternative.checked_on is None:
            yield Gap(reason=f"{whose} alternative was never checked.", task=f"Check it, and set checked_on in {key}.")
        elif (case.today - alternative.checked_on).days > case.thresholds.assumption_days:
            yield Gap(
                reason=f"{whose} alternative was last checked on {day(alternative.checked_on)}.",
                task=f"Check it again, and set checked_on in {key}.",
            )


def no_boss(case: Case) -> Iterator[Gap]:
    """Ask for the decider's boss; the deal must be explained there."""
    for contact in case.deciders:
        if not contact.boss:
            yield Gap(
                reason=f"We do not know whom {contact.name or contact.role or 'the decider'} answers to.",
                task="Find out, and write boss.",
            )


BETTERS: tuple[tuple[str, Check], ...] = (
    ("is-past", is_past),
    ("no-aim", aim),
    ("their-side", their_side),
    ("no-zone", no_zone),
    ("few-trades", trades),
    ("not-looked", looked),
    ("nothing-agreed", objectives),
    ("old-assumption", old_assumptions),
    ("no-boss", no_boss),
)
