"""`dripper signals` as a user runs it: imports that can be repeated, bad rows, joins, and what lint says of it."""

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import edit, sample_workspace, small_workspace, write

EXPORT = "Created at;User;Followers;Tweet;Link\n2026-10-01T10:00:00Z;@zed;12.3k;Acme is fine;https://x.example/1\n"
FILE = "campaigns/signals.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def test_the_sample_shows_each_account_s_voices_by_reach(tmp_path: Path) -> None:
    sample_workspace(tmp_path)

    done = dripper("signals", "brook", "--json", cwd=tmp_path)
    data = json.loads(done.stdout)
    reaches = [each["reach"] for each in data["signals"]]
    assert (done.returncode, data["version"]) == (0, 1)
    assert reaches == sorted(reaches, reverse=True)
    assert all(each["accounts"][0]["account"] == "brook" for each in data["signals"])


def test_an_angle_rests_on_a_mention_that_has_a_kind_and_a_side_and_is_never_shared(tmp_path: Path) -> None:
    root = sample_workspace(tmp_path)
    edit(root, "market,us,likely,", "market,us,,9000 EUR", FILE)
    now = ("--now", "2026-12-01T09:00:00+01:00")

    angles = json.loads(dripper(*now, "prep", "brook", "--json", cwd=root).stdout)["angles"]["ours"]
    (angle,) = [each for each in angles if each["source"].startswith("Outdoor Trade Weekly (48,200 followers)")]
    assert (angle["category"], angle["sure"], angle["rock_solid"]) == ("market", "hearsay", False)
    shared = dripper(*now, "prep", "brook", "--share", cwd=root)
    assert shared.returncode == 0
    assert "Trade Weekly" not in shared.stdout


def test_an_import_can_be_repeated(root: Path) -> None:
    write(root, "export.csv", EXPORT)

    first = dripper("signals", "import", "export.csv", cwd=root)
    kept = (root / FILE).read_bytes()
    again = dripper("signals", "import", "export.csv", "--json", cwd=root)
    assert (first.returncode, first.stderr.splitlines()[0]) == (0, f"{FILE}: 1 mention added.")
    assert json.loads(again.stdout) == {"version": 1, "added": 0, "known": 1, "left_out": 0}
    assert (root / FILE).read_bytes() == kept


def test_bad_rows_are_listed_with_line_and_cause_and_the_others_are_taken(root: Path) -> None:
    write(root, "export.csv", EXPORT + "soon;@zed;1;x;\n2026-10-02;;1;x;\n")

    done = dripper("signals", "import", "export.csv", cwd=root)
    assert done.returncode == 1
    assert 'export.csv:3:1 D515 "soon" is no date' in done.stderr
    assert "export.csv:4:12 D515 the author is missing" in done.stderr
    assert "1 mention added" in done.stderr
    assert dripper("signals", cwd=root).stdout.startswith("12,300  @zed, 1 Oct 2026\n")


def test_rows_go_into_the_columns_that_the_file_has_and_what_a_user_wrote_stays(root: Path) -> None:
    own = "text;author;date;my notes\nAcme, hm;Bo;2026-09-01;call him\n"
    write(root, FILE, own)
    write(root, "export.jsonl", '{"date": "2026-10-01", "author": "=zed", "text": "Acme; fine"}\n')

    assert dripper("signals", "import", "export.jsonl", cwd=root).returncode == 0
    assert (root / FILE).read_text(encoding="utf-8") == own + '"Acme; fine"; =zed;2026-10-01;\n'
    assert dripper("signals", "acme", cwd=root).stdout.count("acme by the name Acme in its text") == 2


def test_a_file_of_a_spreadsheet_keeps_its_line_ends_and_its_foreign_bytes(root: Path) -> None:
    own = b"\xef\xbb\xbfdate;author;text\r\n2026-09-01;Bo;Acm\xe9 in old letters\r\n2026-09-02;Bo;Acme"
    (root / FILE).write_bytes(own)
    write(root, "export.csv", EXPORT)

    assert dripper("signals", "import", "export.csv", cwd=root).returncode == 0
    kept = (root / FILE).read_bytes()
    assert kept == own.removeprefix(b"\xef\xbb\xbf") + b"\r\n2026-10-01; @zed;Acme is fine\r\n"


def test_an_empty_file_gets_its_columns(root: Path) -> None:
    write(root, FILE, "")
    write(root, "export.csv", EXPORT)

    assert dripper("signals", "import", "export.csv", cwd=root).returncode == 0
    assert (root / FILE).read_text(encoding="utf-8").startswith("date,author,reach,text,url,")


def test_lint_tells_what_is_wrong_in_the_file(root: Path) -> None:
    write(root, FILE, "date,author,text\n2026-10-01,zed,Acme\n2026-13-01,zed,Acme\n")

    whole, one = dripper("lint", cwd=root), dripper("lint", FILE, cwd=root)
    assert f"{FILE}:3:1" in whole.stdout
    assert (one.returncode, one.stdout.count("D515")) == (1, 1)
    shown = dripper("signals", cwd=root)
    assert (shown.returncode, "zed" in shown.stdout, "D515" in shown.stderr) == (1, True, True)


def test_a_workspace_without_mentions_says_how_to_take_some_in(root: Path) -> None:
    done = dripper("signals", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert "dripper signals import FILE" in done.stderr


REFUSED = {
    "no such account": (("signals", "acne"), 2, "did you mean 'acme'?"),
    "no such file": (("signals", "import", "none.csv"), 2, "none.csv"),
    "no columns": (("signals", "import", "bad.csv"), 1, "missing: date, author, text"),
    "two accounts": (("signals", "acme", "globex"), 2, "unexpected extra argument"),
}


@pytest.mark.parametrize(("command", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told(root: Path, command: tuple[str, ...], code: int, said: str) -> None:
    write(root, "bad.csv", "a,b\n1,2\n")
    done = dripper(*command, cwd=root)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / FILE).exists()


def test_it_fits_into_a_narrow_terminal(root: Path) -> None:
    from dripper.pages.signals import signals_text
    from dripper.prep.signals import joined, voices
    from dripper.wiring.parts import Wiring

    write(root, "export.csv", EXPORT.replace("Acme is fine", "Acme " + "is very fine " * 20))
    dripper("signals", "import", "export.csv", cwd=root)
    workspace = Wiring.of(root).workspace
    found = voices(joined(workspace.signals, workspace.accounts.values()))
    for width in (60, 100):
        assert max(map(len, signals_text(found, width=width).splitlines())) <= width
