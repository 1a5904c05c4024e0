from fakes.briefs import BRIEFS, brief, crowded
from hypothesis import given
from hypothesis import strategies as st

from dripper.pages.brief.content import brief_page
from dripper.pages.brief.fitted import fitted, shortened
from dripper.pages.html import html
from dripper.pages.layout import Section, Table, Text
from dripper.pages.markdown import markdown
from dripper.pages.sheet import density, front_of


@given(st.text(max_size=400), st.integers(min_value=8, max_value=200))
def test_what_is_cut_says_so_and_is_no_longer_than_asked(text: str, chars: int) -> None:
    short = shortened(text, chars)

    assert len(short) <= chars
    assert short == " ".join(text.split()) or short.endswith("…") or not text.isprintable()


def test_it_is_cut_where_a_word_ends() -> None:
    assert shortened("Returns are lower, and so is freight", 20) == "Returns are lower…"
    assert shortened("x" * 30, 10) == "xxxxxxxxx…"


def test_a_long_table_names_the_place_of_the_rest() -> None:
    table = Table(header=("A",), rows=tuple((str(row),) for row in range(9)))
    shown, more = fitted([table])

    assert isinstance(shown, Table)
    assert len(shown.rows) == 5
    assert isinstance(more, Text)
    assert more.text == "The appendix has all 9."


def test_what_page_one_cuts_stands_whole_in_the_appendix() -> None:
    one = crowded(metrics=3)
    _, appendix = markdown(brief_page(one)).split("## Appendix")

    assert "### What blocks the call" in appendix
    for whole in (work.reason for work in one.gate.blocks):
        assert whole in appendix
    assert one.demands[0].said in appendix
    assert one.negotiation is not None
    assert one.negotiation.say[0].text in appendix


def test_a_reason_to_go_all_the_same_stands_whole_in_the_appendix() -> None:
    because = "They leave on Friday and will not be back before the end of the season. " * 5
    _, appendix = markdown(brief_page(brief(our_walk_away=None, ready_because=because))).split("## Appendix")

    assert because.strip() in appendix


def test_a_brief_that_is_not_cut_says_what_blocks_once() -> None:
    assert "What blocks the call" not in markdown(brief_page(BRIEFS["not ready"]))


def test_a_crowded_page_one_is_set_smaller_and_a_usual_one_is_not() -> None:
    assert density(brief_page(BRIEFS["ready"])) == 1.0
    small = density(brief_page(crowded()))
    assert 0.6 < small < 0.8
    assert f'<div class="front" style="--size: {small}">' in html(brief_page(crowded()))


def test_a_page_without_an_appendix_is_all_front() -> None:
    page = brief_page(BRIEFS["ready"])

    assert not any(isinstance(block, Section) and block.kind == "sheet" for block in front_of(page))
