import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.problem import Lines, Passage, Problem, Severity, Span


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        pytest.param("abc", 0, (1, 1), id="the first character"),
        pytest.param("abc", 3, (1, 4), id="the end of the text"),
        pytest.param("a\nb", 2, (2, 1), id="after LF"),
        pytest.param("a\r\nb", 3, (2, 1), id="after CRLF, one line end"),
        pytest.param("a\rb", 2, (2, 1), id="after a bare CR"),
        pytest.param("a\u2028b", 2, (1, 3), id="U+2028 ends no line"),
        pytest.param("😀b", 1, (1, 2), id="an emoji is one column"),
        pytest.param("", 0, (1, 1), id="an empty text"),
        pytest.param("abc", 99, (1, 4), id="beyond the end"),
    ],
)
def test_an_offset_becomes_a_line_and_a_column(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Lines(text).position(offset) == position


@given(st.text(alphabet="ab\r\n\u2028é"), st.integers(0, 50), st.integers(0, 50))
def test_a_span_lies_in_its_text(text: str, start: int, length: int) -> None:
    span = Lines(text).span(start, start + length)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert (span.line, span.column) <= (span.end_line, span.end_column)


def test_a_passage_of_a_file_points_into_it() -> None:
    passage = Passage.of_file("one\ntwo")

    assert passage.locate(4, 7) == Span(line=2, column=1, end_line=2, end_column=4)


@pytest.mark.parametrize("text", ["", "one", "one\n", "a\r\nb\rc\n\nd\u2028e"])
def test_a_line_and_column_lead_back_to_the_offset(text: str) -> None:
    lines = Lines(text)

    assert [lines.offset(*lines.position(offset)) for offset in range(len(text) + 1)] == list(range(len(text) + 1))


@pytest.mark.parametrize(("line", "column"), [(9, 1), (2, 9)])
def test_what_lies_behind_the_end_of_a_text_is_its_end(line: int, column: int) -> None:
    assert Lines("one\ntwo").offset(line, column) == 7


def test_a_problem_reads_as_file_line_column_code_message() -> None:
    problem = Problem(
        file="a.toml",
        span=Span(line=3, column=5, end_line=3, end_column=9),
        code="D101",
        name="too-long",
        severity=Severity.ERROR,
        message="7 characters too long",
        cure="cut a clause",
    )

    assert str(problem) == "a.toml:3:5 D101 7 characters too long"


@pytest.mark.parametrize(
    ("severity", "threshold", "reaches"),
    [
        (Severity.ERROR, Severity.ERROR, True),
        (Severity.WARNING, Severity.ERROR, False),
        (Severity.ERROR, Severity.ADVICE, True),
        (Severity.ADVICE, Severity.WARNING, False),
    ],
)
def test_a_severity_reaches_those_below_it(severity: Severity, threshold: Severity, reaches: bool) -> None:
    assert severity.reaches(threshold) is reaches
