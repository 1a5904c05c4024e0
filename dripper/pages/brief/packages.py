"""Numbers and packages, section 5 of the appendix: the zone, three equal offers, trades, and the concession plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.layout import Block, Items, Table, Text
from dripper.pages.packages import packages_json
from dripper.prep.packages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief
    from dripper.prep.packages.found import Packages

_FLOORS = ("nash", "kalai", "kalai_smorodinsky")
_MOST_TRADES = 4
_NO_FLOORS = "unknown: our_walk_away_points or their_walk_away_points is missing, so no Nash point is claimed"


def zone_in_points(brief: Brief) -> tuple[Text, ...]:
    """Return the part of the numbers line that the packages add; nothing where there are no points."""
    found = brief.packages
    if found is None:
        return ()
    return (Text(lead="In points:", text=f"{say.zone(found) if found.space.floors_known else _NO_FLOORS}."),)


def package_blocks(brief: Brief) -> Iterator[Block]:
    """Yield the blocks of the section; none where the negotiation has no options with points."""
    found = brief.packages
    if found is None or brief.numbers is None:
        return
    yield Text(lead="Zone of agreement in money:", text=f"{brief.numbers.zone_text}.")
    yield from zone_in_points(brief)
    if found.space.floors_known:
        yield Text(text=" ".join(filter(None, (say.floors(found), say.issues_to_add(found)))))
    yield Text(lead="Packages:", text=say.size(found))
    yield from _offers(found)
    yield from _fair(found)
    yield from _trades(found)
    yield from _plan(found)


def brief_packages_json(found: Packages | None) -> dict[str, Any] | None:
    """Return the document of `dripper packages --json`; without the floors of both nothing in it is called fair."""
    if found is None:
        return None
    document = packages_json(found)
    if found.space.floors_known:
        return document
    return document | {name: [] for name in _FLOORS} | {"ties": document["ties"] | dict.fromkeys(_FLOORS, 0)}


def _offers(found: Packages) -> Iterator[Block]:
    space, offers = found.space, found.equal_offers
    yield Text(lead="Equal offers:", text=say.offered(found))
    if not offers:
        return
    header = ("", *(f"Offer {'ABC'[at]}" for at in range(len(offers))))
    picks = zip(*(each.picks for each in offers), strict=True)
    rows = [
        (issue.name, *(issue.choices[pick].name for pick in row))
        for issue, row in zip(space.issues, picks, strict=True)
    ]
    rows.append(("Worth to us", *(say.points(space, each.ours) for each in offers)))
    rows.append(("Worth to them", *(say.points(space, each.theirs) for each in offers)))
    rows.append(("Frontier", *(say.below_frontier(found, each) for each in offers)))
    if found.space.floors_known and found.nash.packages:
        rows.append(("Against the Nash point", *(say.against_nash(found, each) for each in offers)))
    yield Table(header=header, rows=tuple(rows))


def _fair(found: Packages) -> Iterator[Block]:
    items = tuple(
        Text(
            lead=f"{say.worth(found.space, each.package)}:",
            text="; ".join(say.contents(found.space, each.package)),
            after=f"({'; '.join(each.why)})",
        )
        for each in say.fair(found)
    )
    if found.space.floors_known and items:
        yield Text(lead=f"{say.fair_title(found)}:", text="a yardstick for what they offer, no aim of ours.")
        yield Items(items=items)


def _trades(found: Packages) -> Iterator[Block]:
    if found.trades:
        yield Text(lead="Trades:", text="each leaves both with more; points to us and to them.")
        rows = tuple(say.trade(found.space, swap) for swap in found.trades[:_MOST_TRADES])
        yield Table(header=("We give", "Only against", "Both gain"), rows=rows)


def _plan(found: Packages) -> Iterator[Block]:
    if found.plan is None:
        if why := say.no_plan(found):
            yield Text(lead="Concession plan:", text=why)
        return
    opening = found.plan.opening
    held = "; ".join(say.contents(found.space, opening))
    yield Text(lead="Concession plan: open with", text=f"{held} ({say.worth(found.space, opening)}).")
    rows = tuple((str(at), *row) for at, row in enumerate(say.plan_steps(found), 1))
    yield Table(header=("Step", "We give", "Only against", "Then on the table"), rows=rows)
