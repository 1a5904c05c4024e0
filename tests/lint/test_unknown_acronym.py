"""Which acronyms the reader of a message knows: by the account's glossary, its metrics, and the reader's role."""

from __future__ import annotations

import pytest

from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

HEADER = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From buyer to analyst"\n'
CONTACT = '[[contact]]\nname = "Ana Weber"\nemail = "ana@{0}.example"\nrole = "{1}"\n'
ACME, GLOBEX = "campaigns/acme/account.toml", "campaigns/globex/account.toml"


def account(name: str, keys: str = "", role: str = "VP Digital", tables: str = "") -> str:
    return f'name = "{name}"\n{keys}\n{CONTACT.format(name.lower(), role)}{tables}'


def told(write, *, text: str = "The SKU of a boot is its name.", who: str = "", **files: str) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    message = f'\n[[message]]\nsubject = "Boots"\ntext = "{text}"\ngift = "A name"\n'
    root = write({"campaigns/all.toml": f"{who}\n{HEADER}{message}", **files})
    problems = lint_workspace(load(root), select=("unknown-acronym",))
    return [(problem.message, problem.cure) for problem in problems if problem.code == "D406"]


@pytest.mark.parametrize(
    "keys",
    ['glossary = ["SKU"]', 'glossary = ["stock keeping unit (SKU)"]', 'glossary = ["sku"]'],
    ids=["as it is", "explained", "small"],
)
def test_a_word_of_the_glossary_is_known(write, keys: str) -> None:  # type: ignore[no-untyped-def]
    assert told(write, who='accounts = ["acme"]', **{ACME: account("Acme", keys)}) == []


def test_a_metric_is_known(write) -> None:  # type: ignore[no-untyped-def]
    metric = '[[metric]]\nid = "sku_count"\nname = "SKU count"\n'

    assert told(write, who='accounts = ["acme"]', **{ACME: account("Acme", tables=metric)}) == []


def test_the_readers_own_role_is_known(write) -> None:  # type: ignore[no-untyped-def]
    text = "{{ contact.first_name }}, the SKU of a boot is its name."

    assert told(write, text=text, who='accounts = ["acme"]', **{ACME: account("Acme", role="SKU Planner")}) == []


def test_who_does_not_know_it_is_named_although_another_account_does(write) -> None:  # type: ignore[no-untyped-def]
    files = {ACME: account("Acme", 'glossary = ["SKU"]'), GLOBEX: account("Globex")}

    assert told(write, who='accounts = ["acme", "globex"]', **files) == [
        (
            "the acronym SKU is not in the glossary of Globex",
            f'write it out, as in "return on ad spend (ROAS)", or add it to glossary in {GLOBEX}',
        )
    ]


def test_only_the_readers_of_these_very_words_count(write) -> None:  # type: ignore[no-untyped-def]
    text = "{% if account.name == 'Acme' %}The SKU of a boot is its name.{% else %}A boot has a name.{% endif %}"
    files = {ACME: account("Acme", 'glossary = ["SKU"]'), GLOBEX: account("Globex")}

    assert told(write, text=text, who='accounts = ["acme", "globex"]', **files) == []


def test_several_accounts_are_counted(write) -> None:  # type: ignore[no-untyped-def]
    files = {ACME: account("Acme"), GLOBEX: account("Globex")}

    assert [message for message, _ in told(write, who='accounts = ["acme", "globex"]', **files)] == [
        "the acronym SKU is not in the glossary of Acme and 1 more"
    ]


def test_a_list_without_accounts_has_no_glossary(write) -> None:  # type: ignore[no-untyped-def]
    people = "email,name\nana@acme.example,Ana Weber\n"

    assert told(write, who='contacts = "people.csv"', **{"campaigns/people.csv": people}) == [
        ("the acronym SKU is not explained", 'write it out, as in "return on ad spend (ROAS)"')
    ]


def test_without_a_reader_nothing_is_told_yet(write) -> None:  # type: ignore[no-untyped-def]
    assert told(write, who='accounts = ["acme"]', **{ACME: 'name = "Acme"\n'}) == []
