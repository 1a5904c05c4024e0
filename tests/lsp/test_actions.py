from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes.editor import applied, edits_of
from fakes.workspaces import CAMPAIGN
from lsprotocol.types import CodeAction, CodeActionContext

from dripper.lsp.actions import FIX_ALL, actions
from dripper.lsp.buffers import Buffer
from dripper.lsp.desk import Desk

LINKED = CAMPAIGN.replace("out.", "out: https://acme.example/a")
OpenAt = Callable[..., tuple[Desk, Buffer, int]]
Offered = Callable[..., tuple[str, dict[str, CodeAction]]]


@pytest.fixture
def offered(open_at: OpenAt) -> Offered:
    """Return a text, and what is offered where `|` stands in it, by its title."""

    def at(text: str, *name: str, only: list[str] | None = None) -> tuple[str, dict[str, CodeAction]]:
        desk, buffer, offset = open_at(text, *name)
        context = CodeActionContext(diagnostics=[], only=only)  # type: ignore[arg-type]
        found = actions(desk, buffer, buffer.sheet.range(offset, offset), context)
        assert len({action.title for action in found}) == len(found)
        return buffer.sheet.text, {action.title: action for action in found}

    return at


def codes(open_at: OpenAt, text: str, *name: str) -> list[str]:
    desk, buffer, _ = open_at(text, *name)
    return [problem.code for problem in desk.problems(buffer) or ()]


def allowed(offered: Offered, text: str, *name: str, rule: str = "link") -> str:
    text, found = offered(text, *name)
    return applied(text, edits_of(found[f"Allow {rule} here, because …"]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(LINKED.replace("https", "htt|ps"), "campaigns/acme/insights.toml", id="a campaign"),
        pytest.param(
            LINKED.replace('text = "Shoes', 'text = """\nShoes').replace(
                'https://acme.example/a"', 'htt|ps://a.example"""'
            ),
            "campaigns/acme/insights.toml",
            id="a text of several lines",
        ),
        pytest.param("Subject: Shoes\n\nOne line: htt|ps://a.example halves that.\n", "note.md", id="a draft"),
        pytest.param("One line: htt|ps://a.example halves that.\n", "note.txt", id="a draft without a subject"),
        pytest.param("Subject: Shoes\n\nOne line: htt|ps://a.example halves that.\n", "note.eml", id="a mail"),
    ],
)
def test_an_exception_stands_where_it_counts_and_waits_for_its_reason(
    offered: Offered, open_at: OpenAt, text: str, name: str
) -> None:
    after = allowed(offered, text, name)
    assert codes(open_at, after, name) == ["D801"]
    reasoned = after.replace("because ", "because the page is theirs ", 1)
    assert codes(open_at, reasoned, name) == []


def test_an_exception_is_written_above_the_line_of_the_key(offered: Offered) -> None:
    after = allowed(offered, LINKED.replace("https", "htt|ps"))
    assert '\n# dripper: allow link because \ntext = "Shoes' in after


def test_a_second_exception_joins_the_one_above(offered: Offered, open_at: OpenAt) -> None:
    there = LINKED.replace('text = "Shoes', '# dripper: allow hashtag because so\ntext = "#sho|es', 1)
    assert "# dripper: allow hashtag, link because so" in allowed(
        offered, there.replace("|", "").replace("https", "htt|ps")
    )


def test_a_line_keeps_its_indent_and_its_end(offered: Offered) -> None:
    text = LINKED.replace('text = "Shoes', '  text = "Shoes').replace("https", "htt|ps").replace("\n", "\r\n")
    assert '\r\n  # dripper: allow link because \r\n  text = "Shoes' in allowed(offered, text)


@pytest.mark.parametrize(
    "text",
    [
        CAMPAIGN.replace("every", "evr|y"),
        "every = |",
        CAMPAIGN.replace('gift = "A', '# dripper: allow li|nk\ngift = "A'),
    ],
)
def test_what_nothing_allows_is_not_offered(offered: Offered, text: str) -> None:
    _, found = offered(text)
    assert found
    assert not [title for title in found if title.startswith("Allow")]


def test_a_rule_is_explained_on_demand(offered: Offered) -> None:
    _, found = offered(LINKED.replace("https", "htt|ps"))
    command = found["Explain D301 link"].command
    assert command is not None
    assert (command.command, command.arguments) == ("dripper.explain", ["D301"])


UNUSED = CAMPAIGN.replace('text = "Shoes', '# dripper: allow link because |it was there\ntext = "Shoes')


def test_a_safe_fix_leaves_a_clean_text(offered: Offered, open_at: OpenAt) -> None:
    text, found = offered(UNUSED)
    (fix,) = [action for action in found.values() if action.is_preferred]
    assert applied(text, edits_of(fix)) == CAMPAIGN
    assert codes(open_at, CAMPAIGN) == []


def test_every_safe_fix_is_made_at_once(offered: Offered) -> None:
    text = UNUSED.replace("|", "").replace('text = "Most', '# dripper: allow link because so\ntext = "Most')
    _, found = offered(f"|{text}", only=[FIX_ALL])
    (fix,) = found.values()
    assert applied(text, edits_of(fix)) == CAMPAIGN


def test_only_what_is_asked_for_is_offered(offered: Offered) -> None:
    assert [action.kind for action in offered(UNUSED, only=["source"])[1].values()] == [FIX_ALL]
    assert offered(UNUSED, only=["refactor"])[1] == {}
    assert FIX_ALL not in {action.kind for action in offered(UNUSED, only=["quickfix"])[1].values()}


def test_where_no_problem_is_nothing_is_offered(offered: Offered) -> None:
    assert offered(f"|{LINKED}")[1] == {}


def test_an_edit_names_the_version_that_it_is_for(offered: Offered) -> None:
    _, found = offered(LINKED.replace("https", "htt|ps"))
    edit = found["Allow link here, because …"].edit
    assert edit is not None
    assert edit.document_changes is not None
    assert edit.document_changes[0].text_document.version == 1  # type: ignore[union-attr]
