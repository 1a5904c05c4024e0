"""Packages in words: what each holds, what it is worth, why it is shown; the same words on every page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dripper.prep.packages.space import Package
from dripper.prep.words import chance, counted, listed, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.packages.concessions import Concession
    from dripper.prep.packages.found import Packages
    from dripper.prep.packages.space import Choice, Issue, Space
    from dripper.prep.packages.trades import Step, Swap

# Digits that help; a file may have points with twenty.
_DIGITS = 4
_ISSUES_TO_ADD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """A package that matters, and each reason why."""

    package: Package
    why: tuple[str, ...]


def points(space: Space, units: int) -> str:
    """Return points with as many decimals as help on the scale of the file."""
    widest = space.points(max(space.our_span, space.their_span, abs(space.our_floor), abs(space.their_floor), 1))
    decimals = max(0, _DIGITS - max(1, widest.adjusted() + 1))
    exact = space.points(units)
    return number(exact or Decimal(0), min(space.decimals, decimals))


def worth(space: Space, package: Package) -> str:
    """Return what a package is worth to both, as in `76 to us, 77 to them`."""
    return f"{points(space, package.ours)} to us, {points(space, package.theirs)} to them"


def contents(space: Space, package: Package) -> tuple[str, ...]:
    """Return the chosen option of each issue, as in `fee: 252000 EUR`."""
    return tuple(_settled(issue, choice) for issue, choice in space.chosen(package.picks))


def size(found: Packages) -> str:
    """Return how many packages there are, and how many are efficient."""
    total = counted(found.space.count, "package")
    if found.efficient == found.space.count:
        return f"{total}." if found.space.count == 1 else f"{total}, none of which beats another."
    return f"{total}, {found.efficient:,} of them efficient: no other gives one side more and the other no less."


def floors(found: Packages) -> str:
    """Return what no deal is worth to both sides and whether that is written down, and what the chance counts with."""
    space = found.space
    text = f"No deal is worth {points(space, space.our_floor)} points to us, {points(space, space.their_floor)} to them"
    if not space.floors_known:
        return f"{text}; what the file does not name counts as 0: {', '.join(space.unnamed_floors)}."
    return f"{text} (our guess). The chance lets each of their points be off by up to a fifth of its issue."


def zone(found: Packages) -> str:
    """Return whether there is a zone of agreement in points, with its chance."""
    zone, space = found.zone, found.space
    held = f"chance {chance(zone.chance)}, as their points are guesses"
    if zone.there:
        return f"yes, some packages serve both; {held}"
    named = (("we lack", zone.our_lack), ("they lack", zone.their_lack))
    lacks = [f"{whose} {points(space, lack)}" for whose, lack in named if lack]
    return f"none, in the nearest package {listed(lacks)}; {held}"


def issues_to_add(found: Packages) -> str:
    """Return what could be added where nothing serves both; empty where something does."""
    named = found.zone.issues_to_add[:_ISSUES_TO_ADD]
    if not named:
        return ""
    return f"Add an issue that costs one side little and is worth much to the other: {', '.join(named)}."


def fair_title(found: Packages) -> str:
    """Return what `fair` shows."""
    return "What theory calls fair" if found.zone.there else "What comes nearest"


def fair(found: Packages) -> tuple[Notable, ...]:
    """Return the packages that theory calls fair, or what comes nearest where none serves both, each with its names."""
    named = (
        ("Nash: the greatest product of both gains", found.nash),
        ("Kalai–Smorodinsky: both get the same share of their best, as near as it goes", found.kalai_smorodinsky),
        ("Kalai: the smaller gain is as large as it can be", found.kalai),
        ("The greatest sum of points", found.max_sum),
    )
    why: dict[Package, list[str]] = {}
    if not found.zone.there:
        why[found.zone.nearest] = ["The least is lacking"]
    for text, solution in named:
        for package in solution.packages[:1]:
            tied = f" (one of {solution.ties:,})" if solution.ties > 1 else ""
            served = "" if found.space.serves_both(package.ours, package.theirs) else "; one side would walk away"
            why.setdefault(package, []).append(f"{text}{tied}{served}")
    return tuple(Notable(package=package, why=tuple(texts)) for package, texts in why.items())


def offered(found: Packages) -> str:
    """Return what the equal offers are for, or why there are none."""
    if found.target is None:
        return "None: no package serves both."
    target = points(found.space, found.target)
    if not found.equal_offers:
        return f"None: no package worth about {target} to us is one that they could take."
    if len(found.equal_offers) == 1:
        return f"Only one package is worth about {target} to us and not far worse for them than the best such one."
    return f"Each is worth about {target} to us, our target; the one they like best tells what they want."


def below_frontier(found: Packages, package: Package) -> str:
    """Return where a package lies against the frontier."""
    short = found.below_frontier(package)
    if not short:
        return "on the frontier"
    return f"{points(found.space, short)} below the frontier: so much more for them would cost us nothing"


def against_nash(found: Packages, package: Package) -> str:
    """Return what a package is to both more than the Nash package; empty where there is none."""
    against = found.against_nash(package)
    if against is None:
        return ""
    ours, theirs = against
    if not ours and not theirs:
        return "as much for both"
    return f"{_more(found.space, ours, 'us')}, {_more(found.space, theirs, 'them')}"


def step(step: Step) -> str:
    """Return one option instead of another, as in `term: two years instead of one year`."""
    return f"{_settled(step.issue, step.after)} instead of {step.before.name}"


def trade(space: Space, swap: Swap) -> tuple[str, str, str]:
    """Return what we give, what we get for it, and what both gain."""
    give, get = swap.give, swap.get
    gave = f"{step(give)} (costs us {points(space, -give.ours)}, is worth {points(space, give.theirs)} to them)"
    got = f"{step(get)} (worth {points(space, get.ours)} to us, costs them {points(space, -get.theirs)})"
    return gave, got, f"+{points(space, swap.ours)} for us, +{points(space, swap.theirs)} for them"


def plan_steps(found: Packages) -> Iterator[tuple[str, str, str]]:
    """Yield each step of the plan: what we give, only against what, and what is then on the table."""
    steps = found.plan.steps if found.plan else ()
    for one in steps:
        against = _against(one, is_last=one is steps[-1])
        yield listed([step(each) for each in one.gives]), against, worth(found.space, one.package)


def no_plan(found: Packages) -> str:
    """Return why there is no step to plan; empty where there is one, or where no package serves both."""
    if found.plan or found.target is None:
        return ""
    best = next((each for each in found.frontier if found.space.serves_both(each.ours, each.theirs)), None)
    if best is None:
        return ""
    opening, target = points(found.space, best.ours), points(found.space, found.target)
    return (
        f"No useful step: our best package that they could take is worth {opening} to us, and each that gives them "
        f"more is worth less to us than our target, {target}, or no more than no deal."
    )


def _against(one: Concession, *, is_last: bool) -> str:
    if one.gets:
        return listed([step(each) for each in one.gets])
    if one.agree:
        return f"their yes to {_settled(*one.agree)}"
    return "their yes to the whole deal" if is_last else "their yes to all that then stands"


def _settled(issue: Issue, choice: Choice) -> str:
    return f"{issue.name}: {choice.name}"


def _more(space: Space, units: int, whom: str) -> str:
    if units == 0:
        return f"no more for {whom}"
    return f"{points(space, abs(units))} {'more' if units > 0 else 'less'} for {whom}"
