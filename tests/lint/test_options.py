from __future__ import annotations

from dataclasses import replace

import pytest

from dripper.lint.options import Options, unknown_rule
from dripper.lint.ruleset import RULES, find_rule
from dripper.problem import Severity
from dripper.workspace.model.campaign import CampaignLint
from dripper.workspace.model.settings import LintTable

LINK = find_rule("link")
assert LINK is not None
QUIET = replace(LINK, default=False)


def codes(**words: tuple[str, ...]) -> set[str]:
    return {rule.code for rule in Options(**words).active(RULES)}  # type: ignore[arg-type]


def test_what_needs_no_name_and_is_for_any_text_is_on_by_itself() -> None:
    assert codes() == {rule.code for rule in RULES if rule.default and not rule.negotiation}


@pytest.mark.parametrize("select", [(), ("D7",), ("feeling-word",)])
def test_the_rules_for_negotiations_are_on_for_those_alone(select: tuple[str, ...]) -> None:
    here, there = Options(select=select), Options(select=select, negotiation=True)

    assert "D701" not in {rule.code for rule in here.active(RULES)}
    assert "D701" in {rule.code for rule in there.active(RULES)}


def test_select_leaves_only_what_it_names() -> None:
    assert codes(select=("D2", "link")) == {*(code for code in codes() if code.startswith("D2")), "D301"}


def test_what_the_settings_select_runs_beside_the_others() -> None:
    table = LintTable(select=("hard-words",))
    beside = Options.of(table)

    assert {rule.code for rule in beside.active(RULES)} == {*codes(), "D105"}
    assert Options.of_data({"select": ["hard-words"]}).active(RULES) == beside.active(RULES)
    assert {rule.code for rule in beside.also(select=("D101",), ignore=()).active(RULES)} == {"D101"}


def test_ignore_wins_over_select() -> None:
    assert codes(select=("D2",), ignore=("question",)) == codes(select=("D2",)) - {"D201"}


@pytest.mark.parametrize(
    ("select", "on"), [((), False), (("D",), False), (("D3",), False), (("link",), True), (("D301",), True)]
)
def test_a_quiet_rule_runs_only_by_its_own_name(select: tuple[str, ...], on: bool) -> None:
    assert bool(Options(select=select).active([QUIET])) is on


def test_a_campaign_changes_length_and_adds_to_ignore() -> None:
    options = Options.of(LintTable(chars=100, ignore=("link",))).within(CampaignLint(chars=200, ignore=("hashtag",)))

    assert (options.chars, options.ignore) == (200, ("link", "hashtag"))


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ({}, Severity.ERROR),
        ({"link": "advice"}, Severity.ADVICE),
        ({"D3": "warning"}, Severity.WARNING),
        ({"D3": "warning", "D301": "advice"}, Severity.ADVICE),
        ({"link": "loud"}, Severity.ERROR),
    ],
)
def test_the_most_precise_word_sets_the_severity(severity: dict[str, str], expected: Severity) -> None:
    assert LINK is not None
    assert Options(severity=severity).severity_of(LINK) is expected


@pytest.mark.parametrize(
    "table", [None, 3, {}, {"chars": "many"}, {"chars": True}, {"ignore": "link"}, {"severity": 1}]
)
def test_settings_that_do_not_fit_leave_the_defaults(table: object) -> None:
    assert Options.of_data(table) == Options()


def test_settings_of_a_file_count_for_its_drafts() -> None:
    options = Options.of_data({"chars": 90, "ignore": ["link", 3], "severity": {"link": "advice"}})

    assert (options.chars, options.ignore, dict(options.severity)) == (90, ("link",), {"link": "advice"})


@pytest.mark.parametrize(
    ("word", "cure"), [("link", ""), ("D3", ""), ("lnk", "did you mean link?"), ("x", "`dripper rule` lists the rules")]
)
def test_a_rule_that_does_not_exist_is_told(word: str, cure: str) -> None:
    assert unknown_rule(word, RULES) == cure
