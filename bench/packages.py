"""How long it takes to find what matters among two million packages, and how much quicker than looking at each of them.

The naive way scores every package and keeps those that no other beats; it runs on a smaller case, in turns with ours,
and both must find the same. Seconds are those of the processor; one line of JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from itertools import product
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from dripper.prep.packages.found import packages_of
from dripper.prep.packages.frontier import frontier_of
from dripper.prep.packages.space import space_of
from dripper.workspace.model.negotiation import Negotiation, Option
from dripper.workspace.model.values import Points

if TYPE_CHECKING:
    from collections.abc import Callable

    from dripper.prep.packages.space import Space

LARGE, SMALL = (5, 5, 5, 5, 8, 10, 10, 4), (4, 5, 5, 4, 5, 5)
ROUNDS = 3
# Seconds that two million packages may take, and how many times as quick as the naive way the frontier is at least.
MOST_S, LEAST_TIMES = 0.5, 20.0


def negotiation(sizes: tuple[int, ...]) -> Negotiation:
    """Return a negotiation of issues with so many options, with points of three decimals against each other."""
    chance = Random(11)
    options = [
        Option(
            issue=f"issue {at}",
            is_=f"option {pick}",
            ours=Points(f"{pick * (at + 3) / size + chance.random():.3f}"),
            theirs=Points(f"{(size - pick) * (9 - at % 7) / size + chance.random():.3f}"),
        )
        for at, size in enumerate(sizes)
        for pick in range(size)
    ]
    return Negotiation(title="Renewal", on=date(2027, 2, 10), options=tuple(options))


def naive(space: Space) -> set[tuple[int, int]]:
    """Return the points of the frontier by scoring every package, best for us first."""
    scored = [
        (sum(choice.ours for choice in chosen), sum(choice.theirs for choice in chosen))
        for chosen in product(*(issue.choices for issue in space.issues))
    ]
    scored.sort(reverse=True)
    found: set[tuple[int, int]] = set()
    most: int | None = None
    for ours, theirs in scored:
        if most is None or theirs > most:
            found.add((ours, theirs))
            most = theirs
    return found


def seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    large, small = negotiation(LARGE), space_of(negotiation(SMALL))
    found = packages_of(large)
    assert found is not None
    took = median(seconds(lambda: packages_of(large)) for _ in range(ROUNDS))
    ours, naively = zip(
        *((seconds(lambda: frontier_of(small)), seconds(lambda: naive(small))) for _ in range(ROUNDS)), strict=True
    )
    agree = {(point.ours, point.theirs) for point in frontier_of(small)} == naive(small)
    times = median(naively) / median(ours)
    report = {
        "benchmark": "packages",
        "packages": found.space.count,
        "efficient": found.efficient,
        "seconds": round(took, 4),
        "side_by_side": {
            "packages": small.count,
            "ours_s": round(median(ours), 4),
            "naive_s": round(median(naively), 4),
        },
        "times_as_quick": round(times, 1),
        "bars": {"seconds": MOST_S, "times_as_quick": LEAST_TIMES},
        "ok": agree and took <= MOST_S and times >= LEAST_TIMES,
    }
    print(json.dumps(report))
    sys.exit(0 if report["ok"] else 1)


if __name__ == "__main__":
    main()
