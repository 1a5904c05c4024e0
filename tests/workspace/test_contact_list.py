from __future__ import annotations

import pytest
from fakes.effort import spent
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.contact_list import Listed, read_contact_list
from dripper.workspace.entries import MOST_TOLD


def read(text: str) -> tuple[tuple[Listed, ...], list[str]]:
    listed, problems = read_contact_list(text, file="list.csv")
    return listed, [
        f"{problem.span.line}:{problem.span.column} {problem.code} {problem.message}" for problem in problems
    ]


@pytest.mark.parametrize("title", ["email", "E-Mail", "e_mail", "Mail", "Email Address", "E-Mail-Adresse", " EMAIL "])
def test_an_address_is_found_under_the_names_that_people_use(title: str) -> None:
    listed, problems = read(f"{title},x\nana@acme.example,1\n")

    assert problems == []
    assert [person.contact.email for person in listed] == ["ana@acme.example"]


def test_a_list_of_a_spreadsheet_is_read() -> None:
    listed, problems = read(
        "Vorname;Nachname;E-Mail;Firma;Funktion;Land;Zeitzone;Shop-URL;\r\n"
        'Ana;Weber;ana@acme.example;"Acme; Söhne";VP;de;Europe/Berlin;acme.example;\r\n;;;;;;;;\r\n'
    )

    assert problems == []
    (person,) = listed
    assert person.account == "Acme; Söhne"
    assert (person.contact.first_name, person.contact.last_name, person.contact.role) == ("Ana", "Weber", "VP")
    assert (person.contact.country, person.contact.timezone) == ("DE", "Europe/Berlin")
    assert person.contact.extra == {"shop_url": "acme.example"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param(",Ana,", "2:1 D515 the e-mail address is missing", id="no address"),
        pytest.param("ana,Ana,", '2:1 D602 "ana" is no e-mail address', id="no address either"),
        pytest.param("a@b.example,A,Mars/Base", '2:15 D515 "Mars/Base" is no time zone', id="no zone"),
        pytest.param("a@b.example,A,,more", "2:16 D515 the row has more cells than the 3 columns", id="a cell more"),
        pytest.param('"a\r\nBcc: x"@b.example,A,', "2:1 D515 this row cannot be told into cells", id="behind a quote"),
        pytest.param('a@b.example,"A\nB",', "2:13 D603 the control character U+000A stands in the cell", id="newline"),
        pytest.param("a@b.example,A\x00,", "2:13 D603 the control character U+0000", id="NUL"),
        pytest.param('a@b.example,"A', "2:1 D515 a quote opens here and is never closed", id="an open quote"),
    ],
)
def test_a_bad_row_is_told_and_left_out(row: str, problem: str) -> None:
    listed, problems = read(f"email,name,timezone\n{row}\n")

    assert listed == ()
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_the_rows_round_a_bad_one_are_kept() -> None:
    listed, problems = read("email\na@b.example\nbad\nc@d.example\n")

    assert [person.contact.email for person in listed] == ["a@b.example", "c@d.example"]
    assert len(problems) == 1


def test_an_address_twice_is_told_and_the_first_stays() -> None:
    listed, problems = read("email,name\na@b.example,First\nA@B.example,Second\n")

    assert [person.contact.name for person in listed] == ["First"]
    assert problems == ["3:1 D506 A@B.example stands already in line 2"]


@pytest.mark.parametrize("text", ["", "name\nAna\n", "a@b.example\n"])
def test_a_list_without_a_column_of_addresses_is_told(text: str) -> None:
    listed, problems = read(text)

    assert listed == ()
    assert problems == ["1:1 D515 the first line must name the columns, and one of them must be email"]


@given(st.text(alphabet='email@.example,;"\n\r\x00é', max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    listed, problems = read_contact_list("email,name\n" + text, file="list.csv")

    assert len(listed) + len(problems) <= text.count("\n") + text.count("\r") + 3
    assert all(problem.span.line >= 2 for problem in problems)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param(f"{'a' * 70}@b.example,A", "3:1 D602", id="a local part of 70 characters"),
        pytest.param("ana@localhost,A", "3:1 D602", id="no domain of the internet"),
        pytest.param("\"=cmd|'/C calc'!A0\",A", "3:1 D602", id="a formula for an address"),
        pytest.param("a@b.example,=cmd|' /C calc'!A0", "3:13 D515 \"=cmd|' /C calc'!A0\" is a formula", id="a formula"),
        pytest.param("a@b.example,@SUM(1)", '3:13 D515 "@SUM(1)" is a formula', id="another"),
        pytest.param("a@b.example,-2+3|x", '3:13 D515 "-2+3|x" is a formula', id="with a minus"),
        pytest.param("ANA@Acme.example,A", "3:1 D506 ANA@Acme.example stands already in line 2", id="in other letters"),
        pytest.param("a@b..example,A", "3:1 D602", id="two dots"),
        pytest.param("a b@c.example,A", "3:1 D602", id="a blank"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_at_its_place_and_the_others_stay(row: str, problem: str) -> None:
    listed, problems = read(f"email,name\nana@acme.example,Ana\n{row}\nben@acme.example,Ben\n")

    assert [person.contact.name for person in listed] == ["Ana", "Ben"]
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param("fay@b.example,XX,", '3:15 D515 "XX" is no country of ISO 3166-1', id="country"),
        pytest.param("fay@b.example,de,Bayem", "3:18 D515 the holidays of DE-Bayem are not known", id="region"),
        pytest.param("fay@b.example,IS,1", "3:18 D515 the holidays of IS-1 are not known", id="no regions"),
    ],
)
def test_a_place_without_known_holidays_is_told_and_the_others_stay(row: str, problem: str) -> None:
    listed, problems = read(f"email,country,region\nana@b.example,de,BY\n{row}\nben@b.example,US\ncem@b.example,,X\n")

    assert [person.contact.email for person in listed] == ["ana@b.example", "ben@b.example", "cem@b.example"]
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


@pytest.mark.parametrize("cell", ["+49 170 1234567", "-", "--", "@ana", "+1", "-5 %", "a=b"])
def test_what_only_begins_like_a_formula_is_none(cell: str) -> None:
    listed, problems = read(f"email,phone\nana@acme.example,{cell}\n")

    assert problems == []
    assert [person.contact.extra for person in listed] == [{"phone": cell}]


@pytest.mark.parametrize("domain", ["bücher.example", "xn--bcher-kva.example", "shop.agency", "例え.example"])
def test_domains_of_all_countries_are_right(domain: str) -> None:
    listed, problems = read(f"email\nana@{domain}\n")

    assert problems == []
    assert [person.contact.email for person in listed] == [f"ana@{domain}"]


def test_of_very_many_bad_rows_the_first_are_told_and_the_rest_counted() -> None:
    rows = [f"bad{number}" for number in range(MOST_TOLD + 3)]
    listed, problems = read("email\n" + "\n".join(rows) + "\nana@acme.example\n")

    assert len(listed) == 1
    assert len(problems) == MOST_TOLD + 1
    assert problems[-1].startswith(f"{MOST_TOLD + 2}:1 D515 3 more rows cannot be used, the first of them for: ")


def test_many_wrong_zones_do_not_take_long() -> None:
    def zones(count: int) -> str:
        return "email,timezone\n" + "".join(f"a{number}@b.example,Zone {number}\n" for number in range(count))

    few, many = zones(2 * MOST_TOLD), zones(20 * MOST_TOLD)
    assert spent(lambda: read(many)) < 4 * spent(lambda: read(few))
