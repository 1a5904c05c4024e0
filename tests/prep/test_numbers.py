import pytest
from fakes.accounts import negotiation

from dripper.prep.numbers import Zone, numbers_of
from dripper.workspace.model.negotiation import OurAlternative, Role
from dripper.workspace.model.values import Money, MoneyRange

ZONES = {
    "sure": ("228000 EUR", ["240000 EUR", "285000 EUR"], Zone.THERE, "yes, from 228,000 EUR to 240,000 EUR"),
    "at their lowest": ("240000 EUR", ["240000 EUR", "285000 EUR"], Zone.THERE, "yes, from 240,000 EUR"),
    "perhaps": ("250000 EUR", ["240000 EUR", "285000 EUR"], Zone.PERHAPS, "only if they go beyond 250,000 EUR"),
    "none": ("300000 EUR", ["240000 EUR", "285000 EUR"], Zone.NONE, "none: 15,000 EUR lie between"),
    "two currencies": ("300000 USD", ["240000 EUR", "285000 EUR"], Zone.UNKNOWN, "USD and EUR cannot be compared"),
}


@pytest.mark.parametrize(("ours", "theirs", "zone", "text"), ZONES.values(), ids=ZONES)
def test_whether_there_is_a_zone(ours: str, theirs: list[str], zone: Zone, text: str) -> None:
    talk = negotiation(our_walk_away=Money.parse(ours), their_walk_away=MoneyRange.parse(theirs))

    numbers = numbers_of(talk)
    assert numbers.zone is zone
    assert text in numbers.zone_text


@pytest.mark.parametrize(
    ("ours", "role", "tenths"),
    [("250000 EUR", Role.SELLER, 0.8), ("276000 EUR", Role.SELLER, 0.2), ("250000 EUR", Role.BUYER, 0.2)],
    ids=["most of their range", "a fifth of it", "a buyer"],
)
def test_the_chance_of_a_zone_is_the_share_of_their_range_that_lets_us_in(ours: str, role: Role, tenths: float) -> None:
    theirs = MoneyRange.parse(["240000 EUR", "285000 EUR"])
    numbers = numbers_of(negotiation(our_walk_away=Money.parse(ours), their_walk_away=theirs, role=role))

    # Drawn at even steps from one end of their range to the other.
    sign = 1 if role is Role.SELLER else -1
    draws = [240_000 + 45 * step for step in range(1001)]
    held = sum(sign * (draw - int(ours.split(maxsplit=1)[0])) >= 0 for draw in draws) / len(draws)
    assert (numbers.zone, numbers.chance) == (Zone.PERHAPS, tenths)
    assert held == pytest.approx(tenths, abs=0.05)
    assert f"about {round(10 * tenths)} in 10" in numbers.zone_text


def test_for_a_buyer_less_is_more() -> None:
    talk = negotiation(
        role=Role.BUYER,
        our_walk_away=Money.parse("300000 EUR"),
        our_target=Money.parse("250000 EUR"),
        our_opening=Money.parse("230000 EUR"),
        our_alternative=None,
    )

    numbers = numbers_of(talk)
    assert (numbers.zone, numbers.faults) == (Zone.THERE, ())
    assert numbers.zone_text.startswith("yes, from 300,000 EUR to 285,000 EUR")


def test_a_missing_number_is_missing_and_a_guess_is_marked() -> None:
    numbers = numbers_of(negotiation(our_opening=None, guesses=("our_target",)))

    stated = {each.key: (each.text, each.guess) for each in numbers.stated}
    assert stated["our_opening"] == ("", False)
    assert stated["our_target"] == ("264,000 EUR", True)
    assert stated["our_walk_away"] == ("228,000 EUR", False)
    assert stated["their_walk_away"] == ("240,000 to 285,000 EUR", True)


def test_numbers_that_contradict_each_other_are_told() -> None:
    better = OurAlternative(what="Another client", worth=Money.parse("235000 EUR"))

    faults = numbers_of(negotiation(our_target=Money.parse("200000 EUR"), our_alternative=better)).faults
    assert "Our target (200,000 EUR) is worse for us than our walk-away (228,000 EUR)." in faults
    assert "Our alternative (235,000 EUR) is better than our walk-away (228,000 EUR)." in faults
