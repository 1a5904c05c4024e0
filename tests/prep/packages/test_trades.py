from __future__ import annotations

from fakes.packages import HOUSE, negotiation_over

from dripper.prep.packages.found import packages_of
from dripper.prep.packages.say import trade
from dripper.prep.packages.space import space_of
from dripper.prep.packages.trades import MOST_TRADES, Swap, trades_of


def trades(table: dict[str, dict[str, tuple[int, int]]]) -> tuple[Swap, ...]:
    return trades_of(space_of(negotiation_over(table)))


def test_what_costs_us_little_is_given_for_what_costs_them_little() -> None:
    (swap,) = trades(
        {
            "report": {"monthly": (3, 0), "weekly": (0, 20)},
            "term": {"one year": (0, 5), "two years": (30, 0)},
        }
    )

    assert (swap.give.issue.name, swap.give.before.name, swap.give.after.name) == ("report", "monthly", "weekly")
    assert (swap.get.issue.name, swap.get.before.name, swap.get.after.name) == ("term", "one year", "two years")
    assert (swap.ours, swap.theirs) == (27, 15)


def test_both_gain_by_each_and_the_best_comes_first() -> None:
    found = trades_of(space_of(negotiation_over(HOUSE)))

    assert found
    assert all(swap.ours > 0 and swap.theirs > 0 for swap in found)
    products = [swap.ours * swap.theirs for swap in found]
    assert products == sorted(products, reverse=True)
    assert len({(swap.give.issue.name, swap.get.issue.name) for swap in found}) == len(found)


def test_where_one_sides_gain_is_the_others_loss_there_is_nothing_to_trade() -> None:
    assert trades({"fee": {"a": (9, 0), "b": (0, 9)}, "term": {"x": (5, 0), "y": (0, 5)}}) == ()


def test_one_issue_alone_cannot_be_traded() -> None:
    assert trades({"fee": {"a": (9, 0), "b": (5, 8), "c": (0, 9)}}) == ()


def test_of_many_the_best_are_kept() -> None:
    many = {f"issue {at}": {f"{n}": (n * (at + 1), (9 - n) * (21 - at)) for n in range(10)} for at in range(20)}

    assert len(trades(many)) == MOST_TRADES


def test_a_trade_in_words() -> None:
    found = packages_of(negotiation_over(HOUSE))
    assert found is not None
    give, get, gain = trade(found.space, found.trades[0])

    assert give == "fee: middle instead of high (costs us 18, is worth 20 to them)"
    assert get == "term: two years instead of one year (worth 25 to us, costs them 8)"
    assert gain == "+7 for us, +12 for them"
