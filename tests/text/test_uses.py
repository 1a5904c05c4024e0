from __future__ import annotations

import pytest

from dripper.text.uses import EVERYTHING, NOTHING, Uses, uses_of


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("Plain words, also of a contact", NOTHING),
        ("{{ vars.product }} {# contact.role #}", NOTHING),
        ("Hi {{ contact.first_name }}", Uses(frozenset({"first_name"}))),
        ("{{ contact['Shop name'] or contact.name|upper }}", Uses(frozenset({"Shop name", "name"}))),
        ("{% if contact.role == 'VP' %}a{% else %}{{ account.name }}{% endif %}", Uses(frozenset({"role"}), True)),
        ("{{ metrics.too_small }}", Uses(account=True)),
        ("{% for each in contact %}{{ each }}{% endfor %}", Uses(None)),
        ("{% set who = contact %}{{ who.role }}", Uses(None)),
        ("{{ contact[vars.field] }}", Uses(None)),
        ("{{ broken", EVERYTHING),
    ],
)
def test_what_a_template_depends_on_is_found(source: str, uses: Uses) -> None:
    assert uses_of(source) == uses


def test_two_together_depend_on_what_either_does() -> None:
    role, account = Uses(frozenset({"role"})), Uses(account=True)

    assert role | account == Uses(frozenset({"role"}), True)
    assert role | EVERYTHING == EVERYTHING
