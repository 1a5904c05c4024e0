"""Greeting and shell, which every message goes through: a fault in one of them is told in its file, and stops all."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import CAMPAIGN, edit, small_workspace, write

from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

SHELL = "templates/plain.txt.j2"
INSIGHTS = "campaigns/acme/insights.toml"
GREETING = 'greeting = "Hi {{ contact.first_name }},"'
# How long the second text of the campaign is.
SECOND = len(CAMPAIGN.split('text = "')[2].partition('"')[0])
WHOLE = "{{ greeting }}\n\n{{ text }}\n\n{{ signature }}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def listed(root: Path) -> list[str]:
    return [f"{problem} [{problem.contact}]" for problem in lint_workspace(load(root))]


@pytest.mark.parametrize(
    ("shell", "found"),
    [
        pytest.param(WHOLE + "{{ footr }}", "6:1 D505 there is no footr", id="a missing name"),
        pytest.param(WHOLE + "{{ contact.first_name }}", "6:1 D505 there is no contact", id="a name of the texts"),
        pytest.param(WHOLE + "{% if footer %}", "6:1 D501 the template cannot be read", id="a tag without its end"),
        pytest.param(
            WHOLE + "{% for a in text %}{% for b in text %}{% for c in text %}.{% endfor %}{% endfor %}{% endfor %}",
            "D516 the template takes too long",
            id="a costly one",
        ),
        pytest.param(
            f"{{{{ greeting }}}}\n{{{{ 9 // (text | length - {SECOND}) }}}}{{{{ text }}}}",
            "2:1 D501",
            id="for one text only",
        ),
        pytest.param("{{ greeting }}", "1:1 D513 the shell leaves the text of the message out", id="without the text"),
    ],
)
def test_a_fault_of_the_shell_is_told_in_its_file(root: Path, shell: str, found: str) -> None:
    write(root, SHELL, shell)

    (problem,) = listed(root)

    assert problem.startswith(f"{SHELL}:")
    assert found in problem


@pytest.mark.parametrize("shell", [WHOLE, WHOLE + "{% if footer %}{{ footer }}{% endif %}"])
def test_a_sound_shell_has_no_problem(root: Path, shell: str) -> None:
    write(root, SHELL, shell)

    assert listed(root) == []


def test_a_shell_is_checked_although_nobody_is_there_to_write_to(root: Path) -> None:
    write(root, SHELL, WHOLE + "{{ footr }}")
    write(root, "campaigns/acme/account.toml", 'name = "Acme"')

    assert f"{SHELL}:6:1 D505 there is no footr [None]" in listed(root)


def test_a_fault_of_a_shell_stops_scheduling_with_its_place(root: Path) -> None:
    write(root, SHELL, WHOLE + "{{ footr }}")

    done = dripper("schedule", "--yes", "acme/insights", cwd=root)

    assert done.returncode == 1
    assert f"{SHELL}:6:1 D505" in done.stderr


def test_a_fault_of_another_shell_stops_nobody(root: Path) -> None:
    write(root, "templates/formal.txt.j2", WHOLE + "{{ footr }}")
    write(root, "campaigns/acme/formal.toml", 'shell = "formal"\n' + CAMPAIGN)

    done = dripper("--now", "2026-11-20T12:00:00+01:00", "schedule", "--yes", "acme/insights", cwd=root)

    assert done.returncode == 0, done.stderr


def test_a_shell_is_linted_by_its_path(root: Path) -> None:
    write(root, SHELL, WHOLE + "{{ footr }}")

    done = dripper("lint", SHELL, cwd=root)

    assert done.returncode == 1
    assert f"{SHELL}:6:1 D505 missing-name there is no footr" in done.stdout


@pytest.mark.parametrize(
    ("greeting", "found"),
    [
        pytest.param("{{ contact.frist_name }}", "1:13 D505 there is no contact.frist_name", id="a missing name"),
        pytest.param("{{ contact.first_name", "1:13 D501 the template cannot be read", id="no end"),
        pytest.param("{{ 10 ** 99 }}", "1:13 D516 the template takes too long", id="a costly one"),
    ],
)
def test_a_fault_of_the_greeting_is_told_at_its_place(root: Path, greeting: str, found: str) -> None:
    write(root, INSIGHTS, CAMPAIGN.lstrip().replace("Hi {{ contact.first_name }},", greeting))

    (problem,) = listed(root)

    assert problem.startswith(f"{INSIGHTS}:{found}")


def test_a_greeting_is_checked_although_nobody_is_there_to_greet(root: Path) -> None:
    write(root, "campaigns/acme/account.toml", 'name = "Acme"')
    edit(root, "Hi {{ contact.first_name }},", "Hi {{ contact.first_name")

    assert any("D501" in each for each in listed(root))


@pytest.mark.parametrize("name", ["", 'name = " "\n', 'first_name = " "\nlast_name = "Weber"\n'])
def test_a_greeting_without_a_first_name_is_a_problem_with_a_cure(root: Path, name: str) -> None:
    write(root, "campaigns/acme/account.toml", f'name = "Acme"\n[[contact]]\n{name}email = "ana@acme.example"\n')
    edit(root, "Carts after nine, {{ contact.first_name }}", "Carts after nine")

    (problem,) = lint_workspace(load(root))

    assert (problem.code, problem.contact) == ("D505", "ana@acme.example")
    assert problem.message == "contact.first_name is empty"
    assert problem.cure == "fill it in, or write {{ contact.first_name or 'there' }}"


def test_the_cure_for_an_empty_first_name_holds(root: Path) -> None:
    write(root, "campaigns/acme/account.toml", 'name = "Acme"\n[[contact]]\nemail = "ana@acme.example"\n')
    edit(root, "Carts after nine, {{ contact.first_name }}", "Carts after nine")
    edit(root, GREETING, "greeting = \"Hi {{ contact.first_name or 'there' }},\"")

    assert listed(root) == []
