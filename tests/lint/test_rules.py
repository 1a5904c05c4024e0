from __future__ import annotations

from pathlib import Path

import pytest

import dripper.lint.rules
from dripper.jobs.lint import Request, lint
from dripper.lint.draft_rules import DRAFT_RULES
from dripper.lint.report.rule import rule_list, rule_page
from dripper.lint.rule import Rule, Section
from dripper.lint.ruleset import RULES, find_rule, nearest_rule
from dripper.workspace.faults import Fault
from dripper.workspace.settings import masked

FOLDER = Path(dripper.lint.rules.__file__).parent
IDS = [rule.code for rule in RULES]
MESSAGE = """
[[message]]
subject = "Your carts after 9 pm"
text = "Most of your abandoned carts start after 9 pm."
gift = "When to send the reminder"
shifts = "From media buyer to retail analyst"
"""
SETTINGS = """
[workspace]
name = "North Agency"
timezone = "Europe/Berlin"

[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
"""
SECTIONS = ["Finds", "Why", "Fires", "Instead", "Source"]


def test_the_tuple_lists_every_module_of_the_folder_in_order() -> None:
    listed = [f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in RULES]

    assert listed == sorted(file.stem for file in FOLDER.glob("d*.py"))


def test_the_rules_for_drafts_are_listed_apart() -> None:
    assert [*DRAFT_RULES] == [rule for rule in RULES if rule.drafts and not rule.negotiation]


def test_no_code_and_no_name_is_used_twice() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_in_a_narrow_terminal_a_page_says_the_same(rule: Rule) -> None:
    whole, folded = list(rule_page(rule)), list(rule_page(rule, width=70))
    finds = folded[folded.index("Finds:") + 1 : folded.index("Why:")]

    assert " ".join(folded).split() == " ".join(whole).split()
    assert all(len(line) <= 70 and line.startswith("  ") for line in finds if line)


def test_an_example_that_is_a_file_keeps_its_lines() -> None:
    rule = find_rule("syntax")
    assert rule is not None
    whole, folded = list(rule_page(rule)), list(rule_page(rule, width=60))

    assert (
        whole[whole.index("Fires:") : whole.index("Source:")]
        == folded[folded.index("Fires:") : folded.index("Source:")]
    )


def test_in_a_narrow_terminal_a_list_hangs_below_what_a_rule_says() -> None:
    listed = list(rule_list(RULES, width=70))

    assert max(map(len, listed)) <= 70
    assert " ".join(listed).split() == " ".join(rule_list(RULES)).split()
    assert all(line.startswith(("D", " " * 38)) for line in listed)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_weight_in_the_settings_is_shown_although_the_rule_sounds_like_a_secret(rule: Rule) -> None:
    line = f'{rule.name} = "eror"'

    assert masked(line) == line


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_explains_itself_in_every_section(rule: Rule) -> None:
    assert list(rule.sections) == SECTIONS
    assert all(section.body for section in rule.sections.values())
    assert rule.summary.endswith(".")


@pytest.mark.parametrize("fault", [rule for rule in RULES if rule.by_reader], ids=lambda rule: rule.code)
def test_what_the_reader_of_the_files_finds_has_the_readers_name(fault: Rule) -> None:
    assert {member.code: member.name_ for member in Fault}[fault.code] == fault.name


# D507 needs a store: what it finds is shown where campaigns are compared.
IN_FILES = [rule for rule in RULES if rule.code != "D507"]


@pytest.mark.parametrize("rule", IN_FILES, ids=lambda rule: rule.code)
def test_what_stands_under_fires_fires_and_what_stands_under_instead_does_not(rule: Rule, write) -> None:  # type: ignore[no-untyped-def]
    assert rule.code in codes(rule, rule.sections["Fires"], write)
    assert rule.code not in codes(rule, rule.sections["Instead"], write)


def codes(rule: Rule, section: Section, write) -> set[str]:  # type: ignore[no-untyped-def]
    """Lint the section's text as the file that it names, within a small workspace."""
    body = section.body + "\n"
    select = () if rule.default else (rule.code,)
    match section.file or ("draft.txt" if rule.drafts else "campaign"):
        case "campaign":
            head = "" if "every =" in body or "start =" in body else 'every = "2 weeks"\nstart = 2026-12-01\n'
            root = write({"campaigns/acme/case.toml": head + body + ("" if "[[message]]" in body else MESSAGE)})
        case "dripper.toml":
            root = write({"dripper.toml": f"{SETTINGS}[mailbox.dana.smtp]\nhost = 'x.example'\n{body}"})
        case "metrics.csv":
            root = write({"campaigns/acme/metrics.csv": body})
        case "contacts.csv":
            campaign = f'contacts = "contacts.csv"\nevery = "2 weeks"\nstart = 2026-12-01\n{MESSAGE}'
            root = write({"campaigns/acme/contacts.csv": body, "campaigns/acme/case.toml": campaign})
        case name:
            root = write({name: body.rstrip("\n").encode().decode("unicode_escape").encode("latin-1")})
            request = Request(paths=(name,), select=select, negotiation=rule.negotiation)
            return {shown.problem.code for shown in lint(request, root)}
    return {shown.problem.code for shown in lint(Request(select=select), root)}


@pytest.mark.parametrize("word", ["D101", "d101", "too-long", "Too-Long"])
def test_a_rule_is_found_by_code_or_name(word: str) -> None:
    found = find_rule(word)

    assert found is not None
    assert found.code == "D101"


def test_a_misspelled_rule_has_a_nearest_one() -> None:
    near = nearest_rule("to-long")

    assert near is not None
    assert near.name == "too-long"
    assert nearest_rule("zzzz") is None
