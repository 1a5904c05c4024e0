from datetime import date

from fakes.accounts import TODAY, fact, negotiation

from dripper.prep.assumptions import assumptions_of
from dripper.prep.numbers import numbers_of
from dripper.workspace.model.account import Sure


def _found(**changes: object) -> dict[str, tuple[str, str]]:
    talk = negotiation(**changes)
    facts = (fact(what="Rumour", sure=Sure.HEARSAY, on=date(2026, 11, 13)), fact(what="Sure", sure=Sure.CONFIRMED))
    found = assumptions_of(talk, numbers_of(talk), facts, TODAY)
    return {each.what: (each.kind, each.age) for each in found}


def test_every_guess_alternative_look_and_unsure_fact_has_its_age() -> None:
    found = _found(guesses=("our_target",))

    assert found["Our target: 264,000 EUR"] == ("guess", "no date")
    assert found["Their alternative: A tender"] == ("assumption", "53 days")
    assert found["Nothing under market on their side"] == ("assumption", "0 days")
    assert found["Rumour"] == ("hearsay", "10 days")
    assert "Sure" not in found


def test_the_undated_come_first_then_the_oldest() -> None:
    kinds = [age for _, age in _found().values()]

    dated = [int(age.split()[0]) for age in kinds if age != "no date"]
    assert kinds[0] == "no date"
    assert dated == sorted(dated, reverse=True)


def test_without_a_negotiation_nothing_of_it_is_assumed() -> None:
    assert assumptions_of(None, None, (), TODAY) == ()
