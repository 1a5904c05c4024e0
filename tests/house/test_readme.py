import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dripper.cli.group import dripper
from dripper.lint.rule import Rule
from dripper.lint.ruleset import RULES

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools" / "readme.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", dripper.list_commands(click.Context(dripper)))
def test_every_command_is_in_the_reference(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", README, re.MULTILINE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_in_the_reference(rule: Rule) -> None:
    assert re.search(rf"^\| `{rule.code}` \| {rule.name} ", README, re.MULTILINE)


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_two_first_commands_stand_before_everything_else(command: str) -> None:
    assert command in README.split("\n## ")[1]


def test_every_command_that_an_example_runs_exists() -> None:
    known = dripper.list_commands(click.Context(dripper))
    blocks = re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    used = re.findall(r"\bdripper(?: -C \S+| --now \S+)* ([a-z]+)", "\n".join(blocks))
    assert used
    assert [name for name in used if name not in known] == []


def test_every_file_that_a_link_names_exists() -> None:
    links = re.findall(r"\]\((?!http|#)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
