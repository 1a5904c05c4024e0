"""What is filled in quickly is what Jinja2 renders, and fails as it fails."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dripper.problem import Passage
from dripper.text.filling import Filling, Frame
from dripper.text.render import Template, TemplateError

WORDS = st.text("ab {}%#-\n\r é.", max_size=8)
NAMES = st.sampled_from(
    [
        "contact.first_name",
        "contact.role",
        "contact.items",
        "metrics.rate",
        "vars.x",
        "contact",
        "nobody",
        "account.gone",
    ]
)
PIECES = st.one_of(
    WORDS,
    NAMES.map("{{{{ {} }}}}".format),
    NAMES.map("{{{{{}}}}}".format),
    NAMES.map("{{{{- {} | upper -}}}}".format),
    st.sampled_from(["{% if contact.role %}R{% endif %}", "{# contact.role #}", "{% raw %}{{ vars.x }}{% endraw %}"]),
)
VALUE = st.sampled_from(["Ana", "", "  ", "{{ vars.x }}", "a\nb", "🜁", "\U000f0000"])


def values_of(first_name: str, role: str) -> dict[str, Any]:
    return {
        "contact": {"first_name": first_name, "role": role, "items": "3"},
        "account": {},
        "metrics": {"rate": Decimal("21.50")},
        "vars": {"x": "y"},
    }


def outcome(render: Any, values: dict[str, Any]) -> tuple[str, str]:
    try:
        return "text", render(values)
    except TemplateError as error:
        return "fault", f"{error} {error.cure}"


@given(st.lists(PIECES, max_size=6).map("".join), VALUE, VALUE)
@example("{{{ contact.first_name }}", "Ana", "VP")
def test_quick_and_slow_say_the_same(source: str, first_name: str, role: str) -> None:
    values = values_of(first_name, role)
    slow = outcome(lambda given: Template(Passage.of_file(source)).render(given).text, values)
    assert outcome(Filling(source).text, values) == slow


SHELL_PIECES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "{{ text }}",
            "{{- text -}}",
            "{{ greeting }}",
            "{{ greeting | upper }}",
            "{% if greeting %}G{% endif %}",
            "{%- if footer %}\n{{ footer }}{% endif %}",
            "{{ signature }}",
            "{% set text = 'x' %}",
            "{{ 'text' }}",
            "{{ nobody }}",
        ]
    ),
)


@given(st.lists(SHELL_PIECES, max_size=6).map("".join), VALUE, VALUE, VALUE)
def test_a_frame_says_what_the_whole_template_says(source: str, greeting: str, text: str, footer: str) -> None:
    fixed, opened = {"signature": "Dana", "footer": footer}, {"greeting": greeting, "text": text}
    slow = outcome(lambda given: Template(Passage.of_file(source)).render(given).text, {**fixed, **opened})
    frame = Frame(source, fixed, ("greeting", "text"))
    assert outcome(frame.text, opened) == slow
    assert outcome(frame.text, opened) == slow


def test_what_is_too_long_is_refused_as_before() -> None:
    with pytest.raises(TemplateError, match="more than 20000"):
        Filling("{{ vars.x }}" + "x" * 20_000).text(values_of("Ana", ""))
    with pytest.raises(TemplateError, match="too much"):
        Filling("{{ vars.x }}").text({"vars": {"x": "x" * 100_001}})
