from __future__ import annotations

from typing import Any

from fakes.packages import HOUSE, negotiation_over

from dripper.prep.packages.found import Packages, packages_of
from dripper.prep.packages.say import issues_to_add, zone
from dripper.workspace.model.negotiation import Trade


def found_in(**changes: Any) -> Packages:
    found = packages_of(negotiation_over(HOUSE, **changes))
    assert found is not None
    return found


def test_a_wide_zone_is_nearly_sure() -> None:
    found = found_in(our_walk_away_points=35, their_walk_away_points=40)

    assert (found.zone.there, found.zone.chance) == (True, 1.0)
    assert zone(found) == "yes, some packages serve both; chance more than 9 in 10, as their points are guesses"


def test_a_narrow_one_stands_on_their_guessed_points() -> None:
    chances = [found_in(our_walk_away_points=94, their_walk_away_points=at).zone.chance for at in (50, 57, 62, 80)]

    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[1] > chances[2] > chances[3] == 0.0
    assert 0.3 <= chances[1] <= 0.7


def test_the_draws_are_always_the_same() -> None:
    one, two = (found_in(our_walk_away_points=94, their_walk_away_points=57).zone for _ in range(2))

    assert one == two


def test_an_empty_zone_says_what_is_lacking_in_the_nearest_package() -> None:
    found = found_in(our_walk_away_points=90, their_walk_away_points=90)

    assert not found.zone.there
    nearest = found.zone.nearest
    assert (found.zone.our_lack, found.zone.their_lack) == (max(0, 90 - nearest.ours), max(0, 90 - nearest.theirs))
    assert zone(found).startswith("none, in the nearest package we lack 14 and they lack 13; chance less than 1 in 10")


def test_what_to_add_begins_with_the_files_own_trades() -> None:
    trades = (Trade(give="Quarterly workshop", get="A longer term"),)
    found = found_in(our_walk_away_points=101, trades=trades)

    assert issues_to_add(found).endswith(
        "to the other: “Quarterly workshop”, the day of payment, the notice period, a public reference."
    )
    assert issues_to_add(found_in()) == ""
