"""What a fix may touch: by examples, and for any campaign that consists of known pieces."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.jobs.fix import fix
from dripper.jobs.lint import Request
from dripper.lint.fix import Edit, applied, fixed
from dripper.lint.fix_toml import keeps_toml
from dripper.lint.report.shown import Shown
from dripper.problem import Problem, Severity, Span

SETTINGS = """\
[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = { host = "smtp.north.example" }
"""
ACCOUNT = 'name = "Acme"\n[[contact]]\nname = "Ana Weber"\nemail = "ana@acme.example"\n'
HEAD = 'every = "2 weeks"  # in order to!!\nstart = 2026-12-01\nshifts = "in order to!!"\n'
CAMPAIGN = "campaigns/acme/case.toml"


def problem(line: str, words: str, replacement: str, number: int = 1) -> Shown:
    start = line.index(words) + 1
    span = Span(line=number, column=start, end_line=number, end_column=start + len(words))
    return Shown(
        Problem(
            file="x",
            span=span,
            code="D104",
            name="wordy-phrase",
            severity=Severity.ADVICE,
            message="",
            cure="",
            replacement=replacement,
        ),
        line,
    )


def anything(_text: str, _edits: object) -> bool:
    return True


def test_of_two_fixes_that_overlap_the_first_is_done() -> None:
    line = "one two three four"
    found = [problem(line, "two three", "2"), problem(line, "one two", "1"), problem(line, "four", "4")]

    assert fixed(line, found, anything) == ("1 three 4", 2)


def test_a_line_that_changed_since_it_was_linted_is_left_alone() -> None:
    assert fixed("a\nnone two", [problem("one two", "one", "1", number=2)], anything) == ("a\nnone two", 0)


def test_a_fix_that_would_spoil_the_file_is_left_out_and_the_others_are_done() -> None:
    line = 'text = "one two"'
    found = [problem(line, "one", 'a "1"'), problem(line, "two", "2")]

    assert fixed(line, found, keeps_toml) == ('text = "one 2"', 1)


@pytest.mark.parametrize(
    ("text", "words", "instead", "kept"),
    [
        ('a = "one two"', "one", "1", True),
        ('a = "one two"', "one", '"', False),
        ('a = "one two"', "one", "\\", False),
        ('a = "one two"', "one", "x\\n", False),
        ("a = 'one two'", "one", "x\\n", True),
        ("a = 'one two'", "one", "it's", False),
        ('a = """\none\ntwo"""', "one\n", "1\n", True),
        ('one = "one two"', "one", "1", False),
        ('a = "x" # one', "# one", "", True),
        ("a = 1.0 # one\nb = nan", "one", "1", True),
        ('a = ["x", "one"]', "one", "1", True),
        ("a = { b = 'one' }", "one", "1", True),
        ('a = "\\u006fne"', "006", "007", False),
        ('a = "one"', '"one"', '"1"', False),
        ("a = 12", "12", "13", False),
    ],
)
def test_an_edit_may_change_the_words_of_a_string_or_a_comment_alone(
    text: str, words: str, instead: str, kept: bool
) -> None:
    start = text.index(words)

    assert keeps_toml(text, [Edit(start, start + len(words), instead)]) is kept


def test_edits_are_applied_in_their_order() -> None:
    assert applied("abcdef", [Edit(0, 1, "A"), Edit(1, 2, ""), Edit(5, 6, "FF")]) == "AcdeFF"


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: as it is written, what it says, and what it says once fixed."""

    written: str
    says: str
    fixed: str
    is_for: tuple[str, ...] = ('"', "'", '"""', "'''")


BASIC = ('"', '"""')
PIECES = [
    Piece("Carts fill late.", "Carts fill late.", "Carts fill late."),
    Piece("Körbe 👩‍👩‍👧 e\u0301.", "Körbe 👩‍👩‍👧 e\u0301.", "Körbe 👩‍👩‍👧 e\u0301."),
    Piece("They rose in order to stay.", "They rose in order to stay.", "They rose to stay."),
    Piece("In order to stay they rose.", "In order to stay they rose.", "To stay they rose."),
    Piece("They rose!!", "They rose!!", "They rose!"),
    Piece("They r\u200bose.", "They r\u200bose.", "They rose."),
    Piece("They rose in or\u200bder to stay.", "They rose in or\u200bder to stay.", "They rose to stay."),
    Piece("They rose in\\u0020order to stay.", "They rose in order to stay.", "They rose in order to stay.", BASIC),
    Piece("They rose\\u0021!", "They rose!!", "They rose!!", BASIC),
    Piece('So \\"said\\" it.', 'So "said" it.', 'So "said" it.', BASIC),
    Piece("So\ttabbed.", "So\ttabbed.", "So\ttabbed."),
    Piece("{{ contact.first_name }} rose.", "{{ contact.first_name }} rose.", "{{ contact.first_name }} rose."),
    *(Piece(it, it, it, BASIC) for it in ("{{ 'They rose in order to stay.' }}", "{{ 'They rose!!' }}")),
    Piece("{{ 'They rose' }}!!", "{{ 'They rose' }}!!", "{{ 'They rose' }}!", BASIC),
    Piece(
        "{% if true %}They rose in order to stay.{% endif %}",
        "{% if true %}They rose in order to stay.{% endif %}",
        "{% if true %}They rose to stay.{% endif %}",
    ),
    Piece("They stay,\nand rise!!", "They stay,\nand rise!!", "They stay,\nand rise!", ('"""', "'''")),
    Piece(
        "They \\\n   rose in \\\n order to stay.",
        "They rose in order to stay.",
        "They rose in order to stay.",
        BASIC[1:],
    ),
]


@st.composite
def strings(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a TOML string as it is written, what it says, and how it is written once fixed."""
    quotes = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    fitting = [piece for piece in PIECES if quotes in piece.is_for]
    pieces = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=4))
    written = " ".join(piece.written for piece in pieces)
    after = " ".join(piece.fixed if piece.written == piece.says else piece.written for piece in pieces)
    return f"{quotes}{written}{quotes}", " ".join(piece.says for piece in pieces), f"{quotes}{after}{quotes}"


REMARKS = st.sampled_from(["", "  # in order to!!", "\t# dripper: see in order to"])
FOLDERS = count()


def campaign(texts: list[str], remark: str, *, is_crlf: bool, is_marked: bool, is_ended: bool) -> bytes:
    blocks = [f'[[message]]\nid = "m{n}"\nsubject = "Carts"\ntext = {text}{remark}' for n, text in enumerate(texts)]
    content = HEAD + "\n\n".join(blocks) + "\n" * is_ended
    return ("\ufeff" * is_marked + (content.replace("\n", "\r\n") if is_crlf else content)).encode()


@given(st.lists(strings(), min_size=1, max_size=3), REMARKS, st.booleans(), st.booleans(), st.booleans())
def test_after_a_fix_only_the_words_at_fault_are_others(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str, str]],
    remark: str,
    is_crlf: bool,
    is_marked: bool,
    is_ended: bool,
) -> None:
    written, says, after = ([text[column] for text in texts] for column in range(3))
    before, wanted = (
        campaign(each, remark, is_crlf=is_crlf, is_marked=is_marked, is_ended=is_ended) for each in (written, after)
    )
    root = tmp_path_factory.getbasetemp() / f"fix-{next(FOLDERS)}"
    files = {"dripper.toml": SETTINGS.encode(), "campaigns/acme/account.toml": ACCOUNT.encode(), CAMPAIGN: before}
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    done = {file.name: file.after for file in fix(Request(), root).files}

    assert says == [message["text"] for message in tomllib.loads(before.decode("utf-8-sig"))["message"]]
    assert done.get(CAMPAIGN, before) == wanted
