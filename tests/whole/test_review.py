"""`dripper review` as a user runs it: at a terminal, and without one."""

import json
import os
import pty
import sys
from pathlib import Path
from select import select
from shutil import copytree
from time import monotonic

import pytest
from fakes.command import dripper
from fakes.workspaces import edit

REPOSITORY = Path(__file__).parents[2]
NOW = ("--now", "2026-12-01T09:00:00+01:00")
MINATO = "campaigns/minato/account.toml"
LONGEST_S = 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    (tmp_path / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())
    return tmp_path


def _at_a_terminal(root: Path, *script: tuple[str, str]) -> tuple[int, str]:
    """Run the review at a terminal: wait for each text of the script, then type what belongs to it."""
    child, terminal = pty.fork()
    if not child:
        os.chdir(root)
        os.execv(sys.executable, [sys.executable, "-m", "dripper", *NOW, "review", "minato"])
    seen, since, end = "", 0, monotonic() + LONGEST_S
    for awaited, typed in (*script, ("\0", "")):
        while awaited not in seen[since:] and monotonic() < end and (more := _read(terminal)) is not None:
            seen += more
        since = len(seen)
        if typed and awaited in seen:
            os.write(terminal, typed.encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen


def _read(terminal: int) -> str | None:
    """Return what the terminal shows, empty for a while without anything, `None` at its end."""
    if not select([terminal], [], [], 0.5)[0]:
        return ""
    try:
        return os.read(terminal, 65536).decode(errors="replace") or None
    except OSError:
        return None


def test_at_a_terminal_it_asks_and_ctrl_c_loses_nothing(root: Path) -> None:
    before = (root / MINATO).read_text(encoding="utf-8")
    code, seen = _at_a_terminal(
        root,
        ("Enter leaves it: ", "c\n"),
        ("nothing new: ", "c\n"),
        ("Enter is them: ", "\n"),
        ("Enter is today", "2026-11-12\n"),
        ("in one sentence? ", "Ordered the banners like pens\n"),
        ("nothing new: ", "\x03"),
    )

    assert code == 2
    assert "1 label and 1 piece of evidence are written." in seen
    assert "Traceback" not in seen
    after = (root / MINATO).read_text(encoding="utf-8")
    added = '\n\n[[evidence]]\non = 2026-11-12\nof = "collaboration"\nside = "them"\nsays = "client"\n'
    added += 'what = "Ordered the banners like pens"'
    assert added in after
    assert after.replace(added, "") == before.replace('bucket = "partner"', 'bucket = "client"')


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
