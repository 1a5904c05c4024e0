from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes.workspaces import CAMPAIGN
from lsprotocol.types import MarkupContent, Range

from dripper.lint.ruleset import RULES
from dripper.lsp.buffers import Buffer
from dripper.lsp.desk import Desk
from dripper.lsp.explained import rule_markdown
from dripper.lsp.hints import hints
from dripper.lsp.hover import hover

Shown = Callable[..., str]
PERSONAL = CAMPAIGN.replace("Most of your carts", "{{ contact.name }}, most of your carts")
ACCOUNT = """
name = "Acme"
[[contact]]
name = "Bo Li"
email = "bo@acme.example"
[[contact]]
name = "Bartholomew Featherstonehaugh"
email = "bart@acme.example"
"""


@pytest.fixture
def shown(open_at: Callable[..., tuple[Desk, Buffer, int]]) -> Shown:
    """Return what is shown of the place where `|` stands."""

    def of(text: str, *name: str, **others: str) -> str:
        answer = hover(*open_at(text, *name, **others))
        if answer is None:
            return ""
        assert isinstance(answer.contents, MarkupContent)
        return answer.contents.value

    return of


@pytest.fixture
def lengths(open_at: Callable[..., tuple[Desk, Buffer, int]]) -> Callable[..., list[tuple[str, str]]]:
    """Return the hints of a text, each with the characters that it stands behind."""

    def of(text: str, *name: str, **others: str) -> list[tuple[str, str]]:
        desk, buffer, _ = open_at(text, *name, **others)
        sheet = buffer.sheet
        everything: Range = sheet.range(0, len(sheet.text))
        places = [(sheet.offset(hint.position), str(hint.label)) for hint in hints(desk, buffer, everything)]
        return [(sheet.text[place - 5 : place], label) for place, label in places]

    return of


def test_a_problem_is_shown_with_its_cure_and_its_rule(shown: Shown) -> None:
    page = shown(CAMPAIGN.replace("out.", "out, by htt|ps://acme.example/a."))
    assert page.startswith("**a link: https://acme.example/a**")
    assert "leave the link out; names belong into a glossary" in page
    assert "### D301 link" in page
    assert "**Why**" in page
    assert "**Fires**\n\n```text" in page


def test_beside_the_words_of_a_problem_it_is_not_shown(shown: Shown) -> None:
    assert "D301" not in shown(CAMPAIGN.replace("out.", "out, b|y https://acme.example/a."))


@pytest.mark.parametrize("place", ["te|xt = ", 'text = "|', 'text = "{{ cont|act'])
def test_a_text_shows_who_gets_the_longest(shown: Shown, place: str) -> None:
    text = PERSONAL.replace(place.replace("|", ""), place, 1)
    page = shown(text, **{"campaigns/acme/account.toml": ACCOUNT})
    assert "`137/140` characters for Bartholomew Featherstonehaugh, who gets the longest" in page


def test_a_text_that_is_the_same_for_all_names_nobody(shown: Shown) -> None:
    assert "`106/140` characters" in shown(CAMPAIGN.replace("Shoes", "Sho|es"))
    assert " for " not in shown(CAMPAIGN.replace("Shoes", "Sho|es")).partition("\n")[0]


def test_a_key_is_explained(shown: Shown) -> None:
    page = shown("mail|box = 1")
    assert 'mailbox = "…"' in page
    assert "Empty: the only mailbox of the workspace." in page


def test_the_header_of_a_table_is_explained(shown: Shown) -> None:
    assert "The unit that is linted and sent" in shown("every = 1\n[[mess|age]]\nid = 1")


def test_a_file_that_is_broken_still_explains_its_keys(shown: Shown) -> None:
    assert "Spread over so many minutes" in shown('x = "open\nspr|ead_minutes = 3\n')


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_explained_in_markdown(rule: object) -> None:
    text = rule_markdown(rule)  # type: ignore[arg-type]
    assert text.startswith("### D")
    assert text.count("```") % 2 == 0


def test_the_length_stands_behind_each_text(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    assert lengths(CAMPAIGN) == [('ake."', "106/140"), ('out."', "106/140")]


def test_the_length_is_that_of_the_longest_contact(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    found = lengths(PERSONAL, **{"campaigns/acme/account.toml": ACCOUNT})
    assert found[0] == ('ake."', "137/140")


def test_the_limit_is_that_of_the_campaign(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    assert lengths("lint = { chars = 90 }\n" + CAMPAIGN)[0][1] == "106/90"


def test_a_draft_has_a_length_too(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    text = "Subject: One\n\nA note of\ntwo lines.\n<!-- dripper: allow link because so -->\n"
    assert lengths(text, "note.md") == [("ines.", "20/140")]


def test_a_draft_has_the_limit_of_the_workspace_round_it(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    assert lengths("Five.", "note.txt", **{"dripper.toml": "[lint]\nchars = 90\n"}) == [("Five.", "5/90")]


@pytest.mark.parametrize("text", ["", "text = ", "[[message]]\ntext = 3", "[[message]]\ntext = '{{ contact.'"])
def test_a_half_written_campaign_has_no_length_or_some(
    lengths: Callable[..., list[tuple[str, str]]], text: str
) -> None:
    assert len(lengths(text)) <= 1


def test_characters_count_as_the_rule_counts_them(lengths: Callable[..., list[tuple[str, str]]]) -> None:
    assert lengths("\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301", "note.txt")[0][1] == "3/140"
