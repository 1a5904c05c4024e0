from datetime import date

from fakes.accounts import RETURNS, account, month_ends, negotiation, series


def test_months_end_with_the_one_that_was_asked_for() -> None:
    assert month_ends(3, date(2026, 3, 5)) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_a_series_has_one_value_a_month_in_order() -> None:
    points = series("returns_rate", RETURNS).points

    assert [on for on, _ in points] == month_ends(24)


def test_what_is_changed_is_changed_alone() -> None:
    assert account(name="Globex").name == "Globex"
    assert negotiation(our_walk_away=None).our_target == negotiation().our_target
