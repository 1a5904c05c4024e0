"""`dripper packages` as a user runs it: on the sample, on a bare file, and on bad input."""

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import sample_workspace

HEAD = 'title = "Renewal"\non = 2027-02-10\n'


def option(issue: str, name: str, ours: object, theirs: object) -> str:
    return f'[[option]]\nissue = "{issue}"\nis = "{name}"\nours = {ours}\ntheirs = {theirs}\n'


FEE = option("fee", "low", 10, 45) + option("fee", "high", 50, 10)
TERM = option("term", "one year", 0, 20) + option("term", "two years", 25, 12)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sample_workspace(tmp_path)


def test_a_bare_file_needs_no_workspace_and_no_more_than_options(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_text(HEAD + FEE + TERM, encoding="utf-8")

    done = dripper("packages", "talk.toml", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert list(document)[:8] == [
        "version",
        "count",
        "frontier",
        "nash",
        "kalai",
        "kalai_smorodinsky",
        "max_sum",
        "equal_offers",
    ]
    assert (document["version"], document["count"], document["ties"]["frontier"]) == (1, 4, 4)
    assert document["nash"] == [
        {"options": {"fee": "low", "term": "two years"}, "ours": 35, "theirs": 57, "nash_product": 35 * 57}
    ]


def test_a_negotiation_of_the_workspace_is_named_as_elsewhere(root: Path) -> None:
    named, alone = (dripper("packages", name, cwd=root) for name in ("brook/renewal", "brook"))

    assert (named.returncode, named.stderr) == (0, "")
    assert named.stdout == alone.stdout
    for part in ("What theory calls fair", "Equal offers", "Trades", "Concession plan", "Nash: the greatest product"):
        assert part in named.stdout


@pytest.mark.parametrize("columns", [60, 100])
def test_the_page_fits_the_terminal(root: Path, columns: int) -> None:
    done = dripper("packages", "brook/renewal", cwd=root, extra={"COLUMNS": str(columns)})

    assert max(map(len, done.stdout.splitlines())) <= columns


def test_an_empty_zone_is_said_so_with_issues_to_add(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_text(HEAD + "our_walk_away_points = 90\n" + FEE + TERM, encoding="utf-8")

    done = dripper("packages", "talk.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert "None, in the nearest package we lack 15" in done.stdout
    assert "Add an issue that costs one side little" in done.stdout


BAD = {
    "an option twice": (FEE + option("Fee", "LOW", 1, 2), 'talk.toml:15:6 D506 the option "LOW" of "Fee" stands'),
    "points of one side missing": (
        '[[option]]\nissue = "fee"\nis = "low"\nours = 1\n' + FEE,
        'talk.toml:3:1 D514 "theirs" is missing in [[option]]',
    ),
    "no number": (FEE + option("term", "x", "nan", 1), "talk.toml:16:8 D513"),
    "too large a number": (FEE + option("term", "x", 1, "1e308"), "talk.toml:17:10 D513"),
    "points as text": (FEE + option("term", "x", '"ten"', 1), "talk.toml:16:8 D503"),
    "no option": ("", "talk.toml:1:1 D514 no [[option]] stands in this file"),
    "no TOML": ("[[option", "talk.toml:3:"),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD)
def test_bad_input_is_told_at_its_place_with_the_cure(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "talk.toml").write_text(HEAD + text, encoding="utf-8")

    done = dripper("packages", "talk.toml", "--json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert problem in done.stderr
    assert done.stderr.splitlines()[1].startswith("  ")
    assert "Traceback" not in done.stderr


def test_an_issue_with_one_option_is_told_and_counted(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_text(HEAD + FEE + option("fe", "middle", 20, 30), encoding="utf-8")

    done = dripper("packages", "talk.toml", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["count"] == 2
    assert 'talk.toml:14:9 D513 the issue "fe" has one option, so nothing is to be settled' in done.stderr
    assert 'did you mean "fee"?' in done.stderr


def test_a_negotiation_that_is_no_toml_is_told_at_its_place(root: Path) -> None:
    (root / "campaigns" / "brook" / "renewal.negotiation.toml").write_text("title = ", encoding="utf-8")

    done = dripper("packages", "brook/renewal", cwd=root)
    assert done.returncode == 1
    assert "campaigns/brook/renewal.negotiation.toml:1:" in done.stderr


REFUSED = {
    "an unknown negotiation": ("brook/renewl", "did you mean 'brook/renewal'?"),
    "an unknown account": ("nobody", "no negotiation 'nobody'"),
    "a file that is not there": ("talk.toml", "there is no such file"),
}


@pytest.mark.parametrize(("name", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_there_is_told(root: Path, name: str, said: str) -> None:
    done = dripper("packages", name, cwd=root)

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
