from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.model.account import Better
from dripper.workspace.model.address import EmailAddress, Sender, _is_plain_address, address_key
from dripper.workspace.model.table import Value, WrongTypeError
from dripper.workspace.model.values import (
    Clock,
    Country,
    Every,
    Hours,
    Money,
    MoneyRange,
    Number,
    Zone,
)

VALUES = [Better, Clock, Country, EmailAddress, Every, Hours, Money, MoneyRange, Number, Sender, Zone]


@pytest.mark.parametrize("value", VALUES)
def test_the_example_of_a_value_is_right(value: type[Value]) -> None:
    assert value.parse(json.loads(value.example))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("given_", [True, {"a": 1}, date(2026, 1, 1)], ids=["true", "a table", "a date"])
def test_a_value_of_the_wrong_type_is_refused_with_an_example(value: type[Value], given_: object) -> None:
    with pytest.raises(WrongTypeError, match=r"expected .* found "):
        value.parse(given_)


@pytest.mark.parametrize(
    "text", ["480000", "480,000 EUR", "1e6 EUR", "5 eur", "٥ EUR", " 5 EUR", "1" * 16 + " EUR", ""]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no amount: write plain digits"):
        Money.parse(text)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["EUR", "USD", "JPY"]))
def test_an_amount_reads_as_it_is_written(amount: Decimal, currency: str) -> None:
    assert Money.parse(f"{amount:f} {currency}") == Money(amount=amount, currency=currency)


@pytest.mark.parametrize("text", ["0 days", "2weeks", "every week", "1000 days", "1.5 weeks", "2 years", "-1 day", ""])
def test_what_is_no_cadence_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no cadence"):
        Every.parse(text)


@pytest.mark.parametrize(
    "number", [Decimal("inf"), Decimal("nan"), Decimal("1e15"), Decimal("1e-61"), Decimal("0e-99")]
)
def test_a_number_that_cannot_be_shown_is_refused(number: Decimal) -> None:
    with pytest.raises(ValueError, match="expected a"):
        Number.parse(number)


LABEL = st.from_regex(r"[A-Za-z0-9_+.\-]{1,70}", fullmatch=True)


@given(
    LABEL,
    st.lists(st.from_regex(r"[A-Za-z0-9-]{1,70}", fullmatch=True), min_size=1, max_size=4),
    st.sampled_from(["com", "de", "co", "example", "io", "abc", "test", "museum"]),
)
def test_an_address_taken_without_asking_the_library_is_right_for_it_too(
    local: str, labels: list[str], top: str
) -> None:
    address = f"{local}@{'.'.join([*labels, top])}"

    if _is_plain_address(address):
        validate_email(address, check_deliverability=False, test_environment=True)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        pytest.param("Dana Ruiz <dana@north.example>", "Dana Ruiz", "dana@north.example", id="a name"),
        pytest.param('"Ruiz, Dana" <dana@north.example>', "Ruiz, Dana", "dana@north.example", id="quotes"),
        pytest.param("dana@north.example", "", "dana@north.example", id="no name"),
        pytest.param("dana@bücher.example", "", "dana@bücher.example", id="letters beyond ASCII"),
    ],
)
def test_a_sender_is_a_name_and_an_address(text: str, name: str, address: str) -> None:
    sender = Sender.parse(text)

    assert (sender.name, sender.address) == (name, address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ana.Weber@Acme.Example", "ana.weber@acme.example", id="case"),
        pytest.param("ana@bücher.example", "ana@xn--bcher-kva.example", id="the domain's two forms"),
        pytest.param(" ana@acme.example ", "ana@acme.example", id="blanks"),
    ],
)
def test_two_spellings_of_one_address_are_one_person(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize("text", ["264.000 EUR", "-1.500 USD"])
def test_an_amount_whose_point_may_mark_thousands_is_refused_with_both_spellings(text: str) -> None:
    with pytest.raises(ValueError, match=r'may be -?\d+ or not: write "-?\d+ [A-Z]{3}", or two decimals'):
        Money.parse(text)


@pytest.mark.parametrize("text", ["264.000 KWD", "0.125 EUR", "264.00 EUR", "1264.000 EUR", "26.4 EUR"])
def test_an_amount_whose_point_can_only_mark_decimals_is_read(text: str) -> None:
    assert str(Money.parse(text)) == text
