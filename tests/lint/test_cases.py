"""Runs the cases of rules/*.md: a draft (`text`), a campaign (`toml`) or mailboxes (`settings`), with all problems.

A case is a heading, prose, the text and a `problems` block: `line:column CODE message` for each problem, or `none`.
Only the rules of the same family run (D2 for D203), and those that nothing switches off; exceptions need them all.
`UPDATE_CASES=1 pytest tests/lint/test_cases.py` writes what came out into the blocks, for a person to read.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from dripper.lint.report.shown import Shown
from dripper.lint.ruleset import RULES

FOLDER = Path(__file__).parent / "rules"
BLOCK = re.compile(r"^```(text|toml|settings|problems)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

FIXTURES = {"text": "lint_draft", "toml": "lint_campaign", "settings": "lint_settings"}


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    kind: str
    text: str
    problems: str


def cases_of(file: Path) -> list[Case]:
    sections = file.read_text(encoding="utf-8").split("\n## ")[1:]
    return [case_of(file.stem, section) for section in sections]


def case_of(rule: str, section: str) -> Case:
    (kind, text), (_, problems) = BLOCK.findall(section)
    return Case(rule, section.partition("\n")[0], kind, text, problems)


CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in cases_of(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_a_case_has_exactly_its_problems(case: Case, request: pytest.FixtureRequest) -> None:
    lint = request.getfixturevalue(FIXTURES[case.kind])
    shift = 2 if case.kind == "toml" and "every =" not in case.text else 4 if case.kind == "settings" else 0

    found = [listed(shown, shift) for shown in lint(case.text, select=family(case.rule))]

    came_out = "\n".join(found or ["none"]) + "\n"
    if os.environ.get("UPDATE_CASES"):
        update(case, came_out)
    assert came_out == case.problems


def family(stem: str) -> tuple[str, ...]:
    code = stem.partition("-")[0].upper()
    return () if code.startswith("D8") else (code[:2], code)


def update(case: Case, came_out: str) -> None:
    file = FOLDER / f"{case.rule}.md"
    block = f"```{case.kind}\n{case.text}```\n"
    before, middle, after = file.read_text(encoding="utf-8").partition(block)
    new = after.replace(f"```problems\n{case.problems}", f"```problems\n{came_out}", 1)
    file.write_text(before + middle + new, encoding="utf-8")


def listed(shown: Shown, shift: int) -> str:
    problem = shown.problem
    contact = f" [{problem.contact}]" if problem.contact else ""
    return f"{problem.span.line - shift}:{problem.span.column} {problem.code} {problem.message}{contact}"


CHECKED = [rule for rule in RULES if not rule.by_reader]


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.code)
def test_every_rule_has_a_fault_and_a_near_miss(rule) -> None:  # type: ignore[no-untyped-def]
    file = FOLDER / f"{rule.code.lower()}-{rule.name}.md"
    cases = cases_of(file)

    assert any(f" {rule.code} " in case.problems for case in cases)
    assert any(f" {rule.code} " not in case.problems for case in cases)


def test_every_file_is_of_a_rule() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} <= {f"{rule.code.lower()}-{rule.name}" for rule in RULES}
