from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.workspaces import edit, small_workspace, write

from dripper.errors import ProblemsError
from dripper.jobs.lint import Request, lint
from dripper.jobs.schedule import drafts_of
from dripper.jobs.shells import html_problems
from dripper.workspace.files import load


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_workspace(tmp_path)
    edit(tmp_path, 'at = "09:30"', 'at = "09:30"\nhtml = true')
    return tmp_path


@pytest.mark.parametrize(
    ("shell", "problem"),
    [
        pytest.param("<p>\n{{ txet }}", "templates/plain.html.j2:2:1 D505 there is no txet", id="a missing name"),
        pytest.param("{% if footer %}", "templates/plain.html.j2:1:1 D501 the template cannot be read", id="no end"),
        pytest.param("<p>{{ greeting }}", "templates/plain.html.j2:1:1 D513 the shell leaves the text", id="no text"),
    ],
)
def test_a_broken_html_shell_is_linted_and_keeps_its_campaign_from_being_scheduled(
    root: Path, shell: str, problem: str
) -> None:
    write(root, "templates/plain.html.j2", shell)
    with pytest.raises(ProblemsError) as refused:
        drafts_of(load(root), ["acme/insights"])
    (found,) = refused.value.problems
    assert str(found).startswith(problem)
    assert found.cure

    for paths in ((), ("acme/insights",), ("templates/plain.html.j2",)):
        told = [str(shown.problem) for shown in lint(Request(paths=paths), root)]
        assert told == ([str(found)] if paths != ("acme/insights",) else [])


def test_a_broken_html_shell_is_shown_with_its_line(root: Path) -> None:
    write(root, "templates/plain.html.j2", "<p>\n  {{ txet }}\n{{ text }}")

    (shown,) = lint(Request(), root)

    assert (shown.problem.span.line, shown.problem.span.column, shown.line) == (2, 3, "  {{ txet }}")


def test_a_shell_of_a_mailbox_that_is_not_there_is_passed_over(root: Path) -> None:
    write(root, "templates/plain.html.j2", "{{ txet }}")
    edit(root, "html = true", 'html = true\nmailbox = "mira"')

    assert [shown.problem.file for shown in lint(Request(), root)] == ["campaigns/acme/insights.toml"]


def test_who_asks_for_no_html_is_not_kept(root: Path) -> None:
    write(root, "templates/plain.html.j2", "{{ txet }}")
    edit(root, "html = true", "html = false")
    assert [draft.campaign.id for draft in drafts_of(load(root), [])] == ["acme/insights"]


def test_the_packaged_shell_has_no_problem_with_or_without_a_footer(root: Path) -> None:
    workspace = load(root).workspace
    assert workspace is not None
    (campaign,) = workspace.campaigns.values()
    dana = workspace.settings.mailboxes["dana"]
    for mailbox in (dana, replace(dana, footer="North Agency, 1 Mill Road")):
        settings = replace(workspace.settings, mailboxes={"dana": mailbox})
        assert list(html_problems(replace(workspace, settings=settings), campaign)) == []


def test_a_shell_without_html_is_told_where_the_campaign_asks_for_it(root: Path) -> None:
    write(root, "templates/own.txt.j2", "{{ greeting }}\n{{ text }}")
    edit(root, "html = true", 'html = true\nshell = "own"')
    loaded = load(root)
    (problem,) = loaded.problems
    assert (problem.message, problem.span.line) == ('the shell "own" has no HTML', 7)
    write(root, "templates/own.html.j2", "{{ text }}")
    assert load(root).problems == ()
