from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dripper.errors import ProblemsError
from dripper.jobs.lint import Request, lint
from dripper.jobs.schedule import drafts_of
from dripper.workspace.files import load

NAME = "campaigns/acme/renewal.negotiation.toml"
HEAD = 'title = "Renewal"\non = 2027-02-10\n'
CAMPAIGN = """\
before = "renewal"
every = "2 weeks"
shifts = "From buyer to analyst"

[[message]]
subject = "Late carts"
text = "Frankly, most of your abandoned carts start after 9 pm."
gift = "When to send the reminder"
"""


def say(text: str, extra: str = "") -> str:
    return f'\n[[say]]\ntext = "{text}"\n{extra}'


def found(root: Path, *paths: str, **request: object) -> list[tuple[int, int, str]]:
    shown = lint(Request(paths=paths, **request), root)  # type: ignore[arg-type]
    return [(each.problem.span.line, each.problem.span.column, each.problem.code) for each in shown]


@pytest.mark.parametrize("paths", [(), (NAME,), ("acme/renewal",), ("campaigns/acme",)])
def test_what_will_be_said_is_checked_wherever_lint_comes_by(write, paths: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {
            NAME: HEAD
            + say("At 24% returns it is fair.", 'source = "Returns log"\n')
            + say("This is \\u0075nacceptable.")
        }
    )

    assert found(root, *paths) == [(9, 17, "D701")]


def test_a_claim_with_its_source_is_none_without_proof(write) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + say("Your sales have grown.", 'source = "Shop log"\n') + say("The fee is too low.")})

    assert found(root) == [(9, 20, "D703")]


def test_a_figure_needs_its_source(write) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + say("At 24% returns it is fair.") + say("By 24% less.", 'source = "Returns log"\n')})
    (shown,) = lint(Request(), root)

    assert (shown.problem.span.line, shown.problem.span.column, shown.problem.code) == (5, 12, "D403")
    assert shown.problem.cure.startswith('add source = "…" to the sentence')


def test_an_answer_that_is_written_out_is_checked_and_one_of_a_metric_is_not(write) -> None:  # type: ignore[no-untyped-def]
    demands = '\n[[demand]]\nsaid = "We are furious"\nanswer = "returns_rate"\n'
    demands += '\n[[demand]]\nsaid = "It is too dear"\nanswer = "This is unacceptable."\n'
    demands += '\n[[demand]]\nsaid = "It is too dear"\nanswer = "Returns fell by 7 points."\nsource = "Returns log"\n'
    rows = "metric,date,value\nreturns_rate,2026-10-31,24\n"
    root = write({NAME: HEAD + demands, "campaigns/acme/metrics.csv": rows})

    assert found(root) == [(10, 19, "D701")]


def test_the_cure_of_a_threat_is_the_alternative_of_the_file(write) -> None:  # type: ignore[no-untyped-def]
    ours = 'our_alternative = { what = "Move the team to Globex", worth = "390000 EUR", checked_on = 2026-11-01 }\n'
    root = write({NAME: HEAD + ours + say("Otherwise we walk away.")})
    (shown,) = lint(Request(), root)

    assert shown.problem.code == "D702"
    assert shown.problem.cure.endswith(": Move the team to Globex, 390000 EUR, checked on 2026-11-01")


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ("# dripper: allow feeling-word because they said so first", []),
        ("# dripper: allow D7 because they said so first", []),
        ("# dripper: allow feeling-word", ["D801"]),
        ("# dripper: allow bare-threat because they said so first", ["D701", "D802"]),
    ],
)
def test_an_exception_works_there_too(write, before: str, codes: list[str]) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + say("We are furious.").replace("text", f"{before}\ntext")})

    assert sorted(code for _, _, code in found(root)) == codes


def test_the_settings_of_lint_count_there_too(write) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + say("We are furious. The fee is too low.")})
    settings = root / "dripper.toml"
    settings.write_text(settings.read_text() + '\n[lint]\nignore = ["D703"]\nseverity = { feeling-word = "advice" }\n')
    (shown,) = lint(Request(), root)

    assert (shown.problem.code, shown.problem.severity) == ("D701", "advice")


def test_a_file_with_a_fault_is_read_as_far_as_it_goes(write) -> None:  # type: ignore[no-untyped-def]
    faulty = HEAD + "nonsense = 1\n" + say("We are furious.") + "\n[[say]]\ntext = 5\n"
    root = write({NAME: faulty})

    assert [code for _, _, code in found(root)] == ["D502", "D701", "D503"]


@pytest.mark.parametrize("value", ["say = 3", "say = [3]", 'say = ["furious"]', 'say = [{ source = "x" }]'])
def test_what_is_no_sentence_is_only_a_fault_of_the_file(write, value: str) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + value + "\n"})

    assert {code for _, _, code in found(root)} <= {"D503", "D514"}
    assert found(root)


def test_a_draft_is_read_so_only_where_it_is_for_a_negotiation(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We are furious at #acme.\n")

    assert found(tmp_path, "a.txt") == [(1, 19, "D302")]
    assert found(tmp_path, "a.txt", negotiation=True) == [(1, 8, "D701"), (1, 19, "D302")]


@pytest.mark.parametrize(("select", "codes"), [("D7", ["D701"]), ("feeling-word", ["D701"]), ("D", ["D302"])])
def test_to_select_a_rule_for_negotiations_is_to_say_so(tmp_path: Path, select: str, codes: list[str]) -> None:
    (tmp_path / "a.txt").write_text("We are furious at #acme.\n")

    assert [code for _, _, code in found(tmp_path, "a.txt", select=(select,))] == codes


def test_each_line_may_be_a_sentence_for_a_negotiation(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("At 24% returns it is fair.\n\nWe will walk away.\n")

    assert found(tmp_path, "a.txt", lines=True, negotiation=True) == [(3, 9, "D702")]


def test_the_messages_of_a_campaign_may_be_for_a_negotiation(write) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD, "campaigns/acme/a.toml": CAMPAIGN})

    assert "D701" not in [code for _, _, code in found(root)]
    assert (7, 9, "D701") in found(root, negotiation=True)


@pytest.mark.parametrize("names", [(), ("acme/a",)])
def test_what_will_be_said_keeps_nothing_from_being_sent(write, names: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    root = write({NAME: HEAD + say("We are furious.") + "# dripper: allow link\n", "campaigns/acme/a.toml": CAMPAIGN})

    assert [draft.campaign.id for draft in drafts_of(load(root), names)] == ["acme/a"]

    (root / NAME).write_text(HEAD.replace("2027-02-10", '"soon"'))
    with pytest.raises(ProblemsError):
        drafts_of(load(root), names)


def test_the_command_reads_stdin_for_a_negotiation(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dripper", "-C", str(tmp_path), "lint", "--for", "negotiation", "--json", "-"]
    done = subprocess.run(command, input="It is the final offer.", capture_output=True, text=True)

    assert done.returncode == 1
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["D702"]
