from __future__ import annotations

from pathlib import Path

import pytest

from dripper.jobs.lint import Request, lint
from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

HEADER = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From buyer to analyst"\n'


def message(text: str, extra: str = "") -> str:
    return f'\n[[message]]\nsubject = "Carts"\ntext = "{text}"\ngift = "When to send"\n{extra}'


def found(root: Path) -> list[tuple[int, str, str | None]]:
    problems = lint_workspace(load(root))
    return [(problem.span.line, problem.code, problem.contact) for problem in problems]


def test_what_is_wrong_for_every_contact_is_told_once(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": HEADER + message("{{ contact.name }}, carts at acme.com are left late.")})

    assert found(root) == [(7, "D301", "ana.weber@acme.example")]


def test_what_is_wrong_for_one_contact_names_that_one(write) -> None:  # type: ignore[no-untyped-def]
    text = "{% if contact.role == 'Buyer' %}Seen at acme.com.{% else %}Carts are left late.{% endif %}"
    root = write({"campaigns/acme/a.toml": HEADER + message(text)})

    assert found(root) == [(7, "D301", "bart@acme.example")]


def test_what_is_the_same_for_all_names_nobody(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": HEADER + message("Carts at acme.com are left late.")})

    assert found(root) == [(7, "D301", None)]


def test_every_variant_of_a_subject_is_checked(write) -> None:  # type: ignore[no-untyped-def]
    people = "".join(f'\n[[contact]]\nname = "P {n}"\nemail = "p{n}@acme.example"\n' for n in range(30))
    text = HEADER + message("Carts are left late.").replace(
        'subject = "Carts"', 'subjects = [\n "A #one",\n "B #two",\n]'
    )
    root = write({"campaigns/acme/account.toml": f'name = "Acme"\n{people}', "campaigns/acme/a.toml": text})

    assert [(line, code) for line, code, _ in found(root)] == [(7, "D302"), (8, "D302")]


def test_without_contacts_the_words_of_the_file_are_checked(write) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {
            "campaigns/acme/account.toml": 'name = "Acme"\n',
            "campaigns/acme/a.toml": HEADER + message("{{ contact.first_name }}, acme.com is slow."),
        }
    )

    assert found(root) == [(1, "D514", None), (7, "D301", None)]


def test_a_campaign_with_a_faulty_key_is_checked_all_the_same(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": "nonsense = 1\n" + HEADER + message("Acme.com is slow.")})

    assert [code for _, code, _ in found(root)] == ["D502", "D301"]


def test_a_template_that_is_broken_for_all_is_told_once(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": HEADER + message("{{ contact.first_name | uper }}")})

    assert found(root) == [(7, "D501", "ana.weber@acme.example")]


def test_a_message_that_asks_on_purpose_counts_against_the_budget_and_may_not_link(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": HEADER + message("Could you look at acme.com?", "ask = true\n")})

    assert [code for _, code, _ in found(root)] == ["D301", "D208"]


@pytest.mark.parametrize(
    ("before", "behind", "codes"),
    [
        ("# dripper: allow link because so\n", "", []),
        ("", " # dripper: allow link because so", []),
        ("# dripper: allow D3 because so\n", "", []),
        ("# dripper: allow link because so\n\n", "", ["D301", "D802"]),
        ("# dripper: allow hashtag because so\n", "", ["D301", "D802"]),
        ("# dripper: allow link\n", "", ["D801"]),
    ],
)
def test_an_exception_counts_at_its_key(write, before: str, behind: str, codes: list[str]) -> None:  # type: ignore[no-untyped-def]
    text = message("See the carts at acme.com.").replace("See the carts", "Carts")
    text = text.replace("text =", f"{before}text =").replace('acme.com."', f'acme.com."{behind}')
    root = write({"campaigns/acme/a.toml": HEADER + text})

    assert sorted(code for _, code, _ in found(root)) == codes


def test_an_exception_may_stand_behind_a_text_of_several_lines(write) -> None:  # type: ignore[no-untyped-def]
    text = message("x").replace('"x"', '"""\nCarts are left\nat acme.com.""" # dripper: allow link because so')
    root = write({"campaigns/acme/a.toml": HEADER + text})

    assert found(root) == []


def test_an_exception_for_a_rule_that_does_not_run_is_left_alone(write) -> None:  # type: ignore[no-untyped-def]
    text = HEADER + "# dripper: allow link because so\n" + message("Carts are left late.")
    root = write({"campaigns/acme/a.toml": text})

    assert [shown.problem.code for shown in lint(Request(ignore=("link",)), root)] == []
    assert [shown.problem.code for shown in lint(Request(), root)] == ["D802"]


def test_many_contacts_are_linted_in_reasonable_time(write) -> None:  # type: ignore[no-untyped-def]
    import time

    people = "email,name\n" + "".join(f"p{number}@acme.example,{'Pat ' * (number % 7)}Ash\n" for number in range(2000))
    text = 'contacts = "list.csv"\n' + HEADER + message("{{ contact.name }}, carts are left late." + "x" * 130)
    root = write({"campaigns/acme/a.toml": text, "campaigns/acme/list.csv": people})
    loaded = load(root)
    began = time.perf_counter()
    problems = lint_workspace(loaded)

    assert [problem.code for problem in problems] == ["D101"]
    assert problems[0].contact == "p6@acme.example"
    assert time.perf_counter() - began < 10
