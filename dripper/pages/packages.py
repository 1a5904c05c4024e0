"""The page of `dripper packages`: the packages that matter for the terminal, and all that was found as JSON.

The JSON, version 1:

    version       1
    count         all packages
    frontier, nash, kalai, kalai_smorodinsky, max_sum, equal_offers: [P…]
    equal_offers_against  the same order: [{below_frontier: what they could have more at no cost to us, nash: {ours,
                  theirs} more than in the Nash package, null where a walk-away point is missing}]
    ties          {frontier, nash, kalai, kalai_smorodinsky, max_sum}: of packages of equal worth at most 100 are
                  listed; this is the number of all
    trades        [{give: S, get: S, ours, theirs}]
    target        the points that we aim at, or null
    our_walk_away_points, their_walk_away_points: what all gains are counted from, 0 where the file has none
    plan          {opening: P, steps: [{give: [S…], get: [S…], agree: {issue: option}, package: P}]}, or null; a step
                  with neither `get` nor `agree` is given against the whole deal
    zone          {there, chance, our_lack, their_lack, nearest: P, issues_to_add}, the chance in tenths

`P = {"options": {issue: option}, "ours", "theirs", "nash_product"}`: the sums of the points of the chosen options, and
the product of both gains over the walk-away points, 0 where one side would rather walk away. `S = {"issue", "before",
"after", "ours", "theirs"}`: one option instead of another, and what either side gains by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.lint.report.columns import folded
from dripper.prep.packages import say
from dripper.prep.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from dripper.prep.packages.concessions import Plan
    from dripper.prep.packages.found import Packages
    from dripper.prep.packages.space import Package, Space
    from dripper.prep.packages.trades import Step
    from dripper.workspace.model.negotiation import Negotiation

VERSION = 1
_SOLUTIONS = ("nash", "kalai", "kalai_smorodinsky", "max_sum")


def packages_json(found: Packages) -> dict[str, Any]:
    """Return the JSON document."""
    space, zone = found.space, found.zone
    solutions = {name: getattr(found, name) for name in _SOLUTIONS}
    return {
        "version": VERSION,
        "count": space.count,
        "frontier": [_package(space, each) for each in found.frontier],
        **{name: [_package(space, each) for each in one.packages] for name, one in solutions.items()},
        "equal_offers": [_package(space, each) for each in found.equal_offers],
        "equal_offers_against": [_against(found, each) for each in found.equal_offers],
        "ties": {"frontier": found.efficient} | {name: one.ties for name, one in solutions.items()},
        "trades": [
            {"give": _step(space, each.give), "get": _step(space, each.get)} | _worth(space, each.ours, each.theirs)
            for each in found.trades
        ],
        "target": None if found.target is None else _exact(space.points(found.target)),
        "our_walk_away_points": _exact(space.points(space.our_floor)),
        "their_walk_away_points": _exact(space.points(space.their_floor)),
        "plan": _plan(space, found.plan),
        "zone": {
            "there": zone.there,
            "chance": zone.chance,
            "our_lack": _exact(space.points(zone.our_lack)),
            "their_lack": _exact(space.points(zone.their_lack)),
            "nearest": _package(space, zone.nearest),
            "issues_to_add": list(zone.issues_to_add),
        },
    }


def _package(space: Space, package: Package) -> dict[str, Any]:
    product = space.nash_product(package.ours, package.theirs)
    options = {issue.name: choice.name for issue, choice in space.chosen(package.picks)}
    worth = _worth(space, package.ours, package.theirs)
    return {"options": options} | worth | {"nash_product": _exact(space.points(product, 2))}


def _against(found: Packages, package: Package) -> dict[str, Any]:
    space, nash = found.space, found.against_nash(package)
    below = {"below_frontier": _exact(space.points(found.below_frontier(package)))}
    return below | {"nash": None if nash is None else _worth(space, *nash)}


def _plan(space: Space, plan: Plan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    steps = [
        {
            "give": [_step(space, each) for each in one.gives],
            "get": [_step(space, each) for each in one.gets],
            "agree": {one.agree[0].name: one.agree[1].name} if one.agree else {},
            "package": _package(space, one.package),
        }
        for one in plan.steps
    ]
    return {"opening": _package(space, plan.opening), "steps": steps}


def _step(space: Space, step: Step) -> dict[str, Any]:
    names = {"issue": step.issue.name, "before": step.before.name, "after": step.after.name}
    return names | _worth(space, step.ours, step.theirs)


def _worth(space: Space, ours: int, theirs: int) -> dict[str, int | float]:
    return {"ours": _exact(space.points(ours)), "theirs": _exact(space.points(theirs))}


def _exact(points: Decimal) -> int | float:
    """Return points as a number of JSON: whole ones without a decimal point."""
    return int(points) if points == points.to_integral_value() else float(points)


def packages_text(negotiation: Negotiation, found: Packages, *, width: int = 100) -> str:
    """Return the page for a terminal of `width` columns."""
    blocks = [
        [*_paragraph(f"{negotiation.title}, {day(negotiation.on)}", width), *_paragraph(say.size(found), width)],
        _titled("Zone of agreement", _zone(found, width)),
        _titled(say.fair_title(found), _fair(found, width)),
        _titled("Equal offers", _offers(found, width)),
        _titled("Trades, both sides gain", _trades(found, width)),
        _titled("Concession plan", _concessions(found, width)),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _titled(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [title, *found] if found else []


def _zone(found: Packages, width: int) -> Iterator[str]:
    text = say.zone(found)
    yield from _paragraph(f"{text[0].upper()}{text[1:]}.", width, "  ")
    yield from _paragraph(say.floors(found), width, "  ")
    yield from _paragraph(say.issues_to_add(found), width, "  ")


def _fair(found: Packages, width: int) -> Iterator[str]:
    for number, notable in enumerate(say.fair(found)):
        yield from [""] if number else []
        yield from _block(found, notable.package, f"{'. '.join(notable.why)}.", width)


def _offers(found: Packages, width: int) -> Iterator[str]:
    yield from _paragraph(say.offered(found), width, "  ")
    for package in found.equal_offers:
        lies, nash = say.below_frontier(found, package), say.against_nash(found, package)
        against = f" Against the Nash point: {nash}." if nash else ""
        yield ""
        yield from _block(found, package, f"{lies[0].upper()}{lies[1:]}.{against}", width)


def _block(found: Packages, package: Package, why: str, width: int) -> Iterator[str]:
    """Yield a package: what it is worth, what it holds, and why it is shown."""
    yield from _paragraph(say.worth(found.space, package), width, "  ")
    yield from _paragraph(" · ".join(say.contents(found.space, package)), width, "    ")
    yield from _paragraph(why, width, "    ")


def _trades(found: Packages, width: int) -> Iterator[str]:
    for number, swap in enumerate(found.trades, 1):
        give, get, gain = say.trade(found.space, swap)
        yield from _numbered(number, (f"Give {give}", f"Get {get}", f"{gain}."), width)


def _concessions(found: Packages, width: int) -> Iterator[str]:
    if found.plan is None:
        yield from _paragraph(say.no_plan(found), width, "  ")
        return
    yield from _paragraph(f"Open with {say.worth(found.space, found.plan.opening)}:", width, "  ")
    yield from _paragraph(" · ".join(say.contents(found.space, found.plan.opening)), width, "    ")
    for number, (give, against, left) in enumerate(say.plan_steps(found), 1):
        yield from _numbered(number, (f"Give {give}", f"Only against {against}", f"Then: {left}."), width)


def _numbered(number: int, texts: Iterable[str], width: int) -> Iterator[str]:
    mark = f"  {number}. "
    for at, text in enumerate(texts):
        yield from _wrapped(text, width, " " * len(mark) if at else mark, " " * len(mark))


def _paragraph(text: str, width: int, indent: str = "") -> list[str]:
    return _wrapped(text, width, indent, indent) if text else []


def _wrapped(text: str, width: int, first: str, indent: str) -> list[str]:
    lines = filter(None, folded(" ".join(text.split()), width - len(indent), width - len(first)))
    return [f"{indent if number else first}{line}" for number, line in enumerate(lines)]
