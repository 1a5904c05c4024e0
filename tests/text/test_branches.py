from __future__ import annotations

import pytest

from dripper.problem import Passage
from dripper.text.render import Template, TemplateError

PEOPLE = ({"role": "Buyer", "name": "Ana"}, {"role": "", "name": "Ben"})


def untaken(source: str, people: tuple[dict[str, str], ...] = PEOPLE) -> list[tuple[str, str]]:
    """Return the way and the words of each branch that none of `people` takes."""
    template = Template(Passage.of_file(source))
    for contact in people:
        template.render({"contact": contact})
    return [(branch.way.name, source[span.column - 1 : span.end_column - 1]) for branch, span in template.untaken()]


@pytest.mark.parametrize(
    ("source", "dead"),
    [
        ("{% if contact.name == 'X' %}a{% endif %}", [("MET", "{% if contact.name == 'X' %}")]),
        ("{% if contact.name != 'X' %}a{% else %}b{% endif %}", [("ELSE", "{% else %}")]),
        ("{% if contact.name != 'X' %}a{%- else -%}{% endif %}", [("ELSE", "{%- else -%}")]),
        ("{% if(contact.name == 'X') %}a{% elif(contact.name) %}b{% endif %}",
         [("MET", "{% if(contact.name == 'X') %}")]),
        ("{% if contact.name == 'Ana' %}a{% elif contact.name == 'Ana' %}b{% else %}c{% endif %}",
         [("MET", "{% elif contact.name == 'Ana' %}")]),
        ("{% raw %}{% else %}{% endraw %}{# {% else %} #}{% if 1 > 2 %}{% if 1 %}{% else %}{% endif %}{% endif %}",
         [("MET", "{% if 1 > 2 %}")]),
        ("{% for a in [] %}{% if a %}b{% endif %}{% else %}c{% endfor %}", [("LOOP", "{% for a in [] %}")]),
        ("{% for a in [1] %}b{% else %}{% if 1 > 2 %}c{% endif %}{% endfor %}", []),
        ("a {{ 'b' if contact.name == 'X' else 'c' }}", [("MET", "{{ 'b' if contact.name == 'X' else 'c' }}")]),
        ("a {{ 'b' if contact.name != 'X' else 'c' if 1 > 2 }}",
         [("ELSE", "{{ 'b' if contact.name != 'X' else 'c' if 1 > 2 }}")]),
        ("{% set a = 'b' if contact.name == 'X' else 'c' %}{{ a }}",
         [("MET", "{% set a = 'b' if contact.name == 'X' else 'c' %}")]),
        ("{% if contact.name is undefined %}a{% elif not contact.name %}b{% else %}c{% endif %}", []),
        ("{% if contact.role or contact.name %}a{% elif 1 > 2 %}b{% else %}c{% endif %}", []),
        ("{% if contact.role %}a{% else %}b{% endif %}{% for a in contact.name %}{% endfor %}", []),
        ("{% if contact.region is defined %}a{% endif %}", []),
        ("plain", []),
    ],
)  # fmt: skip
def test_a_branch_that_nobody_takes_is_known_by_what_opens_it(source: str, dead: list[tuple[str, str]]) -> None:
    assert untaken(source) == dead


def test_nothing_is_known_before_a_rendering_and_after_one_that_failed() -> None:
    source = "{% if contact.name == 'X' %}a{% endif %}{{ contact.name }}"
    failed = Template(Passage.of_file(source))
    failed.render({"contact": PEOPLE[0]})
    with pytest.raises(TemplateError):
        failed.render({"contact": {"name": ""}})

    assert untaken(source, ()) == failed.untaken() == []


def test_two_templates_of_the_same_words_do_not_share_what_they_took() -> None:
    source = Passage.of_file("{{ 'a' if contact.role == 'Buyer' else 'b' }}")
    first, second = Template(source), Template(source)
    for contact in PEOPLE:
        first.render({"contact": contact})
    second.render({"contact": PEOPLE[0]})

    assert (len(first.untaken()), len(second.untaken())) == (0, 1)


def test_no_template_can_spell_what_notes_a_branch() -> None:
    with pytest.raises(TemplateError, match="taken"):
        Template(Passage.of_file("{{ 1 | taken }}")).render({})
