"""`dripper review` as a user runs it: at a terminal, and without one."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from fakes.command import dripper
from fakes.conversation import CTRL_C, converse
from fakes.workspaces import edit

REPOSITORY = Path(__file__).parents[2]
NOW = ("--now", "2026-12-01T09:00:00+01:00")
MINATO = "campaigns/minato/account.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    (tmp_path / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())
    return tmp_path


def test_at_a_terminal_it_asks_and_ctrl_c_loses_nothing(root: Path) -> None:
    before = (root / MINATO).read_text(encoding="utf-8")
    typed = ["c", "c", "", "2026-11-12", "Ordered the banners like pens", CTRL_C]
    code, seen = converse(*NOW, "review", "minato", cwd=root, typed=typed)

    assert code == 2
    assert "1 label and 1 piece of evidence are written." in seen
    assert "Traceback" not in seen
    after = (root / MINATO).read_text(encoding="utf-8")
    added = '\n\n[[evidence]]\non = 2026-11-12\nof = "collaboration"\nside = "them"\nsays = "client"\n'
    added += 'what = "Ordered the banners like pens"'
    assert added in after
    assert after.replace(added, "") == before.replace('bucket = "partner"', 'bucket = "client"')


def test_its_questions_fit_the_terminal_and_an_answer_without_a_sentence_is_told(root: Path) -> None:
    before = (root / MINATO).read_bytes()
    code, seen = converse(*NOW, "review", "minato", cwd=root, typed=["", "p", "", "", "", "q"], columns=60)

    assert (code, (root / MINATO).read_bytes()) == (0, before)
    assert "  nothing written: no sentence\n" in seen
    assert max(map(len, seen.splitlines())) <= 60
    assert "Enter leaves it:" in " ".join(seen.split())


def test_without_a_terminal_it_prints_the_questions_and_writes_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.toml")}
    piped, asked = (dripper(*NOW, "review", *how, cwd=root, typed="p\np\n") for how in ((), ("--no-input",)))

    assert (piped.returncode, piped.stderr) == (0, "")
    assert piped.stdout == asked.stdout
    assert piped.stdout.startswith("Minato Paper (minato): called partner, evidence says client: false security\n")
    assert before == {path: path.read_bytes() for path in root.rglob("*.toml")}


def test_the_questions_are_data_too(root: Path) -> None:
    found = json.loads(dripper(*NOW, "review", "--limit", "1", "--json", cwd=root).stdout)

    assert (found["version"], [each["account"] for each in found["accounts"]]) == (1, ["minato"])
    assert found["accounts"][0]["questions"][0]["of"] == "collaboration"


def test_an_unknown_account_is_refused_with_the_nearest(root: Path) -> None:
    done = dripper("review", "minatto", cwd=root)

    assert (done.returncode, "did you mean 'minato'?" in done.stderr) == (2, True)


def test_a_faulty_file_is_told_beside_the_questions(root: Path) -> None:
    edit(root, 'of = "importance"', 'of = "importanse"', MINATO)
    done = dripper(*NOW, "review", cwd=root)

    assert done.returncode == 1
    assert "minato" not in done.stdout
    assert f"{MINATO}:" in done.stderr


def test_where_nothing_is_to_be_asked_it_says_so(root: Path) -> None:
    done = dripper(*NOW, "review", "--skip", "9", cwd=root)

    assert (done.returncode, done.stdout.strip()) == (
        0,
        "Nothing to ask: what every account is called is known, and so is why.",
    )
