"""`dripper accounts`, `charter` and `scorecard` as a user runs them on the sample workspace, and on bad input."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from fakes.command import dripper
from fakes.conversation import converse
from fakes.workspaces import edit

REPOSITORY = Path(__file__).parents[2]
NOW = ("--now", "2026-12-01T09:00:00+01:00")
MINATO = "campaigns/minato/account.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    (tmp_path / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())
    return tmp_path


def test_the_sample_has_a_wrong_label_an_unproven_one_and_a_right_one_in_this_order(root: Path) -> None:
    done = dripper(*NOW, "accounts", "--json", cwd=root)

    assert (done.returncode, done.stderr) == (0, "")
    found = [(each["account"], each["match"], each["evidence"]) for each in json.loads(done.stdout)["accounts"]]
    assert found == [("minato", "wrong", "client"), ("lumen", "unproven", None), ("brook", "right", "partner")]


def test_the_length_of_a_relationship_changes_nothing(root: Path) -> None:
    commands = (("accounts", "--json"), ("accounts", "minato"), ("accounts", "minato", "--json"))
    before = [dripper(*NOW, *command, cwd=root).stdout for command in commands]
    edit(root, "since = 2024-06-01", "since = 1995-01-01", MINATO)

    assert before == [dripper(*NOW, *command, cwd=root).stdout for command in commands]
    assert before[0]


def test_the_lines_fit_the_terminal_and_name_what_comes_next(root: Path) -> None:
    done = dripper(*NOW, "accounts", cwd=root, extra={"COLUMNS": "60"})

    assert max(map(len, done.stdout.splitlines())) <= 60
    assert "called partner, evidence says" in done.stdout
    assert "`dripper accounts minato`" in done.stderr


STARTS = {"m.html": b"<!doctype html>", "m.json": b"{", "m.md": b"# Minato Paper", "m.pdf": b"%PDF", "m.docx": b"PK"}


@pytest.mark.parametrize("command", ["accounts", "charter", "scorecard"])
def test_one_account_has_each_page_in_every_format(root: Path, command: str) -> None:
    for name, start in STARTS.items():
        done = dripper(*NOW, command, "minato", "-o", name, cwd=root)
        assert done.returncode == 0, done.stderr
        assert (root / name).read_bytes().startswith(start)


def test_the_page_of_an_account_says_what_nobody_knows(root: Path) -> None:
    dripper(*NOW, "accounts", "minato", "-o", "m.md", cwd=root)

    assert "Find out who decides" in (root / "m.md").read_text(encoding="utf-8")


def test_values_without_a_file_are_an_account_of_which_nothing_is_known(root: Path) -> None:
    (root / "campaigns/bare").mkdir()
    (root / "campaigns/bare/metrics.csv").write_text("metric,date,value\norders,2026-10-31,5\n")

    done = dripper(*NOW, "accounts", "bare", cwd=root)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "# bare")
    assert "## Not labelled, evidence does not say" in done.stdout


def test_a_faulty_file_is_told_and_the_others_are_shown(root: Path) -> None:
    edit(root, 'of = "importance"', 'of = "importanse"', MINATO)

    done = dripper(*NOW, "accounts", cwd=root)
    assert done.returncode == 1
    assert f"{MINATO}:" in done.stderr
    assert "minato" not in done.stdout
    assert "brook" in done.stdout

    for command in ("accounts", "charter", "scorecard"):
        alone = dripper(*NOW, command, "minato", cwd=root)
        assert (alone.returncode, alone.stdout) == (1, "")
        assert f"{MINATO}:" in alone.stderr


def test_a_faulty_file_with_an_id_of_its_own_is_no_empty_account(root: Path) -> None:
    edit(root, 'name = "Minato Paper"', 'name = "Minato Paper"\nid = "paper"\nbucket = 3', MINATO)
    edit(root, 'bucket = "partner"', "", MINATO)

    alone, every = (dripper(*NOW, "accounts", *which, cwd=root) for which in (("paper",), ()))
    assert (alone.returncode, alone.stdout) == (1, "")
    assert "paper" not in every.stdout


def test_a_circle_of_bosses_is_told_at_its_place_with_the_cure(root: Path) -> None:
    edit(root, 'boss = "Kenji Mori"', 'boss = "Daniel Ito"', MINATO)

    done = dripper(*NOW, "accounts", "minato", cwd=root)
    assert f"{MINATO}:40:8 D513 the bosses go in a circle: Aiko Tanabe, Daniel Ito, Aiko Tanabe" in done.stderr
    assert "name who stands above them" in done.stderr


def test_the_charter_is_agreed_or_an_agenda(root: Path) -> None:
    agreed, agenda = (dripper(*NOW, "charter", name, cwd=root) for name in ("brook", "lumen"))

    assert agreed.stdout.startswith("# Brook & Birch: charter\n")
    assert agenda.stdout.startswith("# Lumen Garden: kick-off call\n")
    assert json.loads(dripper(*NOW, "charter", "lumen", "--json", cwd=root).stdout)["agreed"] is False


def test_the_scorecard_stands_alone_and_is_the_same_bytes_each_time(root: Path) -> None:
    command = (*NOW, "scorecard", "brook", "--format", "html")
    one, two = (dripper(*command, cwd=root, anew=anew).stdout for anew in (True, False))

    assert one == two
    assert one.startswith("<!doctype html>")
    assert one.count("<svg") == 2
    assert "src=" not in one
    assert "Judith" not in one


def test_what_is_no_text_is_not_written_on_a_terminal(root: Path) -> None:
    code, seen = converse("scorecard", "brook", "--format", "pdf", cwd=root, typed=())

    assert (code, "%PDF" in seen) == (2, False)
    assert "write it into a file: -o brook-scorecard.pdf" in seen


def test_a_scorecard_with_nothing_to_show_names_the_next_step(root: Path) -> None:
    done = dripper(*NOW, "scorecard", "lumen", cwd=root)

    assert (done.returncode, "Nothing has been agreed yet." in done.stdout) == (0, True)
    assert "`dripper charter lumen`" in done.stderr


def test_rows_that_cannot_be_read_are_told_beside_the_scorecard(root: Path) -> None:
    with (root / "campaigns/brook/metrics.csv").open("a") as file:
        file.write("returns_rate,2026-11-30,lots\n")

    assert "Some rows of Returns rate could not be read" in dripper(*NOW, "scorecard", "brook", cwd=root).stderr


def test_a_goal_that_is_the_baseline_is_kept_from_the_client_and_told_to_us(root: Path) -> None:
    account = root / "campaigns/brook/account.toml"
    account.write_text(account.read_text().replace("goal = 23.0", "goal = 31.2"))

    done = dripper(*NOW, "scorecard", "brook", cwd=root)
    assert re.search(r"\| Returns rate \| 31.2% \| [\d.]+% \| – \| – \|", done.stdout)
    assert "The goal of Returns rate is left out" in done.stderr
    assert "account.toml:37:8 D513" in dripper("lint", "campaigns/brook", cwd=root).stdout


REFUSED = {
    "unknown account": (("accounts", "minatto"), "did you mean 'minato'?"),
    "unknown for a scorecard": (("scorecard", "brok"), "did you mean 'brook'?"),
    "unknown for a charter": (("charter", "brok"), "did you mean 'brook'?"),
    "a page of all": (("accounts", "-o", "all.html"), "name an ACCOUNT"),
    "no such format": (("charter", "brook", "--format", "rtf"), "is not one of"),
    "a name of no format": (("scorecard", "brook", "-o", "card.xyz"), "end it in .html"),
    "two formats": (("charter", "brook", "--json", "--format", "md"), "contradicts"),
    "no folder": (("charter", "brook", "-o", "nowhere/charter.html"), "cannot write"),
}


@pytest.mark.parametrize(("command", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_names_the_cure(root: Path, command: tuple[str, ...], said: str) -> None:
    done = dripper(*command, cwd=root)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workspace_without_accounts_says_how_to_start_one(tmp_path: Path) -> None:
    (tmp_path / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())

    done = dripper("accounts", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "No accounts yet: `dripper new account NAME` starts one.\n")
