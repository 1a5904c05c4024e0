from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.problem import Passage
from dripper.text.render import Template, TemplateError
from dripper.workspace.faults import Fault
from dripper.workspace.toml import Document

VALUES: dict[str, object] = {
    "contact": {"first_name": "Ana", "role": "", "orders": "12"},
    "metrics": {"ratio": Decimal("2.50"), "zero": 0},
    "vars": {"items": ["a", "b"]},
}


def render(source: str) -> str:
    return Template(Passage.of_file(source)).render(VALUES).text


def error_of(source: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render(source)
    return caught.value


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hi {{ contact.first_name }}.", "Hi Ana."),
        ("{{ metrics.ratio }} times", "2.50 times"),
        ("{{ metrics.ratio * 2 }}", "5.00"),
        ("{{ (metrics.ratio / 3) | round(1) }}", "0.8"),
        ("{{ 2.5 | round }}", "3"),
        ("{{ contact.orders | int + 1 }}", "13"),
        ("{{ metrics['ratio'] + 1.5 }}", "4.00"),
        ("{% if contact.role %}as {{ contact.role }}{% else %}you{% endif %}", "you"),
        ("{{ contact.role | default('you') }}", "you"),
        ("{% for item in vars.items %}{{ loop.index }}{{ item }}{% endfor %}", "1a2b"),
        ("{{ contact.first_name ~ '!' | upper }}", "Ana!"),
        ("{% set name = contact.first_name %}{{ name | upper }}", "ANA"),
        ("a {%- if true %} b {%- endif %}", "a b"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("one\r\ntwo {{ 1 }}\r", "one\ntwo 1\n"),
        ("{{ 'x' if contact.role }}", ""),
    ],
)
def test_a_template_puts_in_names_and_simple_sums(source: str, text: str) -> None:
    assert render(source) == text


def test_a_value_is_never_a_template_itself() -> None:
    passage = Template(Passage.of_file("{{ name }}")).render({"name": "{{ contact.email }}"})

    assert passage.text == "{{ contact.email }}"


@pytest.mark.parametrize(
    ("source", "message", "cure", "columns"),
    [
        ("Hi {{ contact.frist_name }}", "there is no contact.frist_name", "did you mean contact.first_name?", (4, 28)),
        ("{{ nobody }}", "there is no nobody", "known here: contact, metrics, vars", (1, 13)),
        ("a {{ contact.role }}", "contact.role is empty", "fill it in, or write", (3, 21)),
        ("a {% if contact.rol %}{% endif %}", "there is no contact.rol", "did you mean contact.role?", (3, 23)),
    ],
)
def test_a_missing_name_is_a_problem_at_its_expression(
    source: str, message: str, cure: str, columns: tuple[int, int]
) -> None:
    error = error_of(source)

    assert (error.fault, str(error)) == (Fault.MISSING_NAME, message)
    assert error.cure.startswith(cure)
    assert (error.span.column, error.span.end_column) == columns


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ [].__class__.__mro__[1].__subclasses__() }}",
        "{{ contact['__class__'] }}",
        "{{ contact.items() }}",
        "{{ contact.items }}",
        "{{ self }}",
        "{{ cycler }}",
        "{{ contact }}",
        "{{ contact | attr('keys') }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for x in vars.items recursive %}{{ loop(vars.items) }}{% endfor %}",
        "{% for x in vars.items %}{{ loop.__init__ }}{% endfor %}",
        "{% set contact.role = 'x' %}",
        "{% call x() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{{ '%s' % contact }}",
        "{{ -'a' }}",
        "{{ 1 / metrics.zero }}",
        "{% if 3 < 'a' %}x{% endif %}",
        "{{ vars.items[9] }}",
    ],
)
def test_a_trick_is_refused_with_its_place(source: str) -> None:
    error = error_of(source)

    assert str(error)
    assert error.cure
    assert error.span.end_column > error.span.column


@pytest.mark.parametrize(
    "source",
    [
        "{{ 10 ** 10 ** 9 }}",
        "{{ 9" + "9" * 5000 + " }}",
        "{{ 99999999999999999999 }}",
        "{% for a in l %}{% for b in l %}{% for c in l %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
        "{% set a = 'x' %}" + "{% set a = a + a %}" * 60 + "{{ a }}",
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a | replace('a', a) %}" * 20 + "{{ a }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "1+" * 5000 + "1 }}",
        "{{ 1 }}" + "x" * 20_000,
        "{% if true %}" * 200 + "{% endif %}" * 200,
    ],
    ids=lambda source: source[:30],
)
def test_a_template_without_end_is_refused_quickly(source: str) -> None:
    began = time.perf_counter()

    with pytest.raises(TemplateError) as caught:
        Template(Passage.of_file(source)).render({**VALUES, "l": list(range(100))})

    assert caught.value.fault is Fault.COSTLY_TEMPLATE
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        ("ok {{ a b }} {{ c }}", (4, 13)),
        ("{{ 1 }} {{ a ) }}", (9, 18)),
        ("x {{ a", (3, 7)),
        ("x {% if a %}", (3, 13)),
        ("x {% fi a %}", (3, 13)),
        ("x {# never", (3, 11)),
        ("{{ 1 }} {{ 'a' | uper }}", (9, 25)),
        ("{{ 1 }} {{ a is evn }}", (9, 23)),
    ],
)
def test_a_misspelled_template_is_a_syntax_problem_at_its_brackets(source: str, columns: tuple[int, int]) -> None:
    error = error_of(source)

    assert error.fault is Fault.SYNTAX
    assert (error.span.column, error.span.end_column) == columns


def test_every_character_of_the_own_words_leads_to_itself() -> None:
    source = "Hi {{ contact.first_name }}, {% if metrics.ratio > 2 %}wow{% endif %} it {{ 1 + 1 }}."
    passage = Template(Passage.of_file(source)).render(VALUES)

    assert passage.text == "Hi Ana, wow it 2."
    for word in ("Hi", "wow", "it", "."):
        start = passage.text.index(word)
        span = passage.locate(start, start + len(word))
        assert source[span.column - 1 : span.end_column - 1] == word


def test_a_place_in_a_value_leads_to_its_expression() -> None:
    source = "Hi {{ contact.first_name }}."
    span = Template(Passage.of_file(source)).render(VALUES).locate(4, 6)

    assert source[span.column - 1 : span.end_column - 1] == "{{ contact.first_name }}"


def test_a_stretch_over_words_and_values_covers_both() -> None:
    source = "Dear {{ contact.first_name }}, hello"
    span = Template(Passage.of_file(source)).render(VALUES).locate(2, 10)

    assert source[span.column - 1 : span.end_column - 1] == "ar {{ contact.first_name }}, "


def test_a_place_leads_through_the_escapes_of_the_file() -> None:
    text = '[[message]]\ntext = "Caf\\u00e9\\t{{ name }} \\"caf\\u00e9\\""\n'
    document = Document.parse("a.toml", text)
    assert isinstance(document, Document)
    passage = Template(document.passage(("message", 0, "text"))).render({"name": "Ana"})

    assert passage.text == 'Café\tAna "café"'
    span = passage.locate(10, 14)
    assert text.splitlines()[1][span.column - 1 : span.end_column - 1] == "caf\\u00e9"
    assert span.line == 2


def test_a_place_leads_into_a_text_of_several_lines() -> None:
    text = 'text = """\nHi {{ name }},\r\nthis is late \\\n   really.\n"""\n'
    document = Document.parse("a.toml", text)
    assert isinstance(document, Document)
    passage = Template(document.passage(("text",))).render({"name": "Ana"})
    start = passage.text.index("really")

    assert passage.locate(start, start + 6).line == 4
    assert passage.locate(start, start + 6).column == 4


def test_where_the_text_itself_holds_marks_the_whole_passage_is_shown() -> None:
    source = "x \U00100000 {{ name }}"
    span = Template(Passage.of_file(source)).render({"name": "Ana"}).locate(0, 1)

    assert (span.column, span.end_column) == (1, len(source) + 1)


def test_a_sketch_keeps_the_own_words_in_their_place() -> None:
    source = "Hi {{ contact.nobody }}, click"
    sketch = Template(Passage.of_file(source)).sketch()

    assert sketch is not None
    assert sketch.text == "Hi …, click"
    assert sketch.locate(6, 11).column == source.index("click") + 1


PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "-", " if ", " endif ", " for x in l ", "set a = ", "contact", ".role", "|",
     "upper", "(", ")", "[", "]", "'", "1", "*", "~", "text ", "\n", "\r", "é", "👩‍👧", "\\"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_template_crashes_and_every_span_lies_in_the_source(source: str) -> None:
    template = Template(Passage.of_file(source))
    try:
        passage = template.render(VALUES)
        spans = [passage.locate(at, at + 1) for at in range(len(passage.text))]
    except TemplateError as error:
        spans = [error.span]

    lines = template.source.text.split("\n")
    for span in spans:
        assert 1 <= span.line <= span.end_line <= source.count("\r") + len(lines)


@given(
    st.lists(
        st.one_of(
            st.text(alphabet=st.sampled_from("ab \né😀"), min_size=1, max_size=5),
            st.sampled_from(["{{ contact.first_name }}", "{% if metrics.ratio %}y{% endif %}", "{{ 1 }}"]),
        ),
        max_size=8,
    )
)
def test_each_character_of_the_own_words_maps_to_the_same_character(pieces: list[str]) -> None:
    source = "".join(pieces)
    passage = Template(Passage(source, _flat)).render(VALUES)

    for at, character in enumerate(passage.text):
        span = passage.locate(at, at + 1)
        place = source[span.column : span.end_column]
        assert place == character or place.startswith("{{")


def _flat(start: int, end: int):  # type: ignore[no-untyped-def]
    from dripper.problem import Span

    return Span(line=1, column=start, end_line=1, end_column=end)
