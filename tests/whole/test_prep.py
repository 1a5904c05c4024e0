"""`dripper prep` and `dripper metrics` as a user runs them: on the sample, on a bare CSV, and on bad input."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from fakes.command import dripper
from statsmodels.datasets import nile

REPOSITORY = Path(__file__).parents[2]
NOW = ("--now", "2026-12-01T09:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copytree(REPOSITORY / "campaigns", tmp_path / "campaigns")
    (tmp_path / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())
    return tmp_path


@pytest.fixture
def nile_csv(tmp_path: Path) -> Path:
    rows = nile.load_pandas().data.to_numpy()
    file = tmp_path / "nile.csv"
    file.write_text("date,value\n" + "".join(f"{int(year)}-01-01,{volume:g}\n" for year, volume in rows))
    return file


def test_a_bare_csv_needs_no_workspace(nile_csv: Path) -> None:
    done = dripper("metrics", "--file", "nile.csv", "--json", "--horizon", "2", cwd=nile_csv.parent)

    assert (done.returncode, done.stderr) == (0, "")
    metric = json.loads(done.stdout)["metrics"][0]
    assert (metric["metric"], metric["n"], metric["verdict"]) == ("nile", 100, "step-down")
    assert [step["on"] for step in metric["steps"]] == ["1899-01-01"]
    assert [each["on"] for each in metric["projection"]] == ["1971-01-01", "1972-01-01"]


def test_a_row_that_cannot_be_read_is_told_with_its_line_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("date,value\n2025-01-01,1\n2025-02-01,lots\n")

    done = dripper("metrics", "--file", "m.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "m.csv:3:12 D515" in done.stderr
    assert "1 row of this metric could not be read." in done.stdout


def test_a_bare_csv_without_a_header_is_told_as_lint_tells_it(tmp_path: Path) -> None:
    (tmp_path / "nohead.csv").write_text("".join(f"2023-{month:02}-28,{month}\n" for month in range(1, 13)))

    done = dripper("metrics", "--file", "nohead.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nohead.csv:1:1 D515 the first line must name the columns" in done.stderr


def test_a_done_homework_is_ready_and_an_undone_one_is_not(root: Path) -> None:
    done, undone = (
        dripper(*NOW, "prep", "brook", "renewal", "--check", cwd=root),
        dripper(*NOW, "prep", "minato", "--check", cwd=root),
    )

    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Ready")
    assert (undone.returncode, undone.stdout.splitlines()[0]) == (1, "Reschedule")
    assert "We have no walk-away point." in undone.stdout


def test_the_brief_is_the_same_bytes_each_time_in_every_format(root: Path) -> None:
    for kind in ("md", "html", "pdf", "docx", "json"):
        for run in ("one", "two"):
            done = dripper(*NOW, "prep", "brook", "-o", f"{run}.{kind}", cwd=root, anew=run == "two")
            assert done.returncode == 0, done.stderr
        assert (root / f"one.{kind}").read_bytes() == (root / f"two.{kind}").read_bytes()


def test_the_page_stands_alone(root: Path) -> None:
    page = dripper(*NOW, "prep", "brook", "--format", "html", cwd=root).stdout

    assert page.startswith("<!doctype html>")
    assert "src=" not in page
    assert page.count("<svg") > 3


def test_values_alone_give_a_page(root: Path) -> None:
    (root / "campaigns" / "bare").mkdir()
    (root / "campaigns" / "bare" / "metrics.csv").write_text("metric,date,value\norders,2026-10-31,5\n")

    done = dripper(*NOW, "prep", "bare", cwd=root)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "# bare: where we stand")
    assert "No negotiation is written down." in done.stdout


def test_a_file_that_cannot_be_read_is_not_hidden_by_a_brief(root: Path) -> None:
    with (root / "campaigns" / "brook" / "account.toml").open("a") as file:
        file.write("\n[[fact]]\nnonsense = 1\n")

    done = dripper(*NOW, "prep", "brook", cwd=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "account.toml" in done.stderr


def test_values_without_their_goals_are_not_shown_in_silence(root: Path) -> None:
    with (root / "campaigns" / "brook" / "account.toml").open("a") as file:
        file.write("\n[[fact]]\nnonsense = 1\n")

    done = dripper(*NOW, "metrics", "brook", cwd=root)
    assert (done.returncode, "returns_rate" in done.stdout) == (1, True)
    assert "campaigns/brook/account.toml:" in done.stderr


REFUSED = {
    "unknown account": (("prep", "brok"), "did you mean 'brook'?"),
    "unknown negotiation": (("prep", "brook", "renewl"), "did you mean 'renewal'?"),
    "no such format": (("prep", "brook", "--format", "odt"), "'md', 'html', 'pdf', 'docx', 'json'"),
    "a name of no format": (("prep", "brook", "-o", "brief.xyz"), "end it in .html"),
    "a name without an end": (("prep", "brook", "-o", "brief"), "end it in .html"),
    "two formats": (("prep", "brook", "--json", "--format", "md"), "contradicts"),
    "a page of a check": (("prep", "brook", "--check", "-o", "check.html"), "leave out --check"),
    "check and share": (("prep", "brook", "--check", "--share"), "give one"),
    "share with nobody": (("prep", "brok", "--share"), "did you mean 'brook'?"),
    "no folder": (("prep", "brook", "-o", "nowhere/brief.html"), "cannot write"),
    "no file": (("metrics", "--file", "none.csv"), "no file none.csv"),
    "account and file": (("metrics", "brook", "--file", "x.csv"), "not both"),
}


@pytest.mark.parametrize(("command", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_names_the_cure(root: Path, command: tuple[str, ...], said: str) -> None:
    done = dripper(*command, cwd=root)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_name_of_the_file_decides_how_the_brief_is_written(root: Path) -> None:
    starts = {"html": b"<!doctype html>", "pdf": b"%PDF-1.7", "docx": b"PK", "json": b"{", "md": b"# "}
    for kind, start in starts.items():
        assert dripper(*NOW, "prep", "brook", "-o", f"b.{kind}", cwd=root).returncode == 0
        assert (root / f"b.{kind}").read_bytes().startswith(start)

    assert dripper(*NOW, "prep", "brook", "--format", "json", "-o", "b.xyz", cwd=root).returncode == 0
    assert json.loads((root / "b.xyz").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize("columns", [60, 100])
def test_a_check_fits_the_terminal_and_labels_what_is_to_be_sent(root: Path, columns: int) -> None:
    done = dripper(*NOW, "prep", "minato", "--check", cwd=root, extra={"COLUMNS": str(columns)})

    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "\n\nTo send:\n  Our talk of " in done.stdout


def test_a_dash_is_stdout(root: Path) -> None:
    printed, plain = (dripper(*NOW, "prep", "brook", *to, cwd=root) for to in (("-o", "-"), ()))

    assert (printed.returncode, printed.stdout) == (0, plain.stdout)
    assert not (root / "-").exists()


def test_a_check_is_written_where_it_is_asked_for(root: Path) -> None:
    text = dripper(*NOW, "prep", "minato", "--check", "-o", "check.md", cwd=root)
    data = dripper(*NOW, "prep", "minato", "--check", "--json", cwd=root)

    assert (text.returncode, text.stdout) == (data.returncode, "") == (1, "")
    assert (root / "check.md").read_text(encoding="utf-8").startswith("Reschedule\n")
    check = json.loads(data.stdout)
    assert (check["version"], check["ready"]) == (1, False)


def test_json_is_a_format_of_the_brief_as_of_all_that_prints_facts(root: Path) -> None:
    short, long = (dripper(*NOW, "prep", "brook", *how, cwd=root) for how in (("--json",), ("--format", "json")))

    assert short.stdout == long.stdout
    assert json.loads(short.stdout)["version"] == 1


@pytest.mark.parametrize(("kind", "module"), [("pdf", "typst"), ("docx", "docx"), ("docx", "typst")])
def test_without_its_package_a_format_names_the_command_that_installs_it(
    root: Path, kind: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "missing").mkdir()
    (root / "missing" / f"{module}.py").write_text(f"raise ModuleNotFoundError({module!r})\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(root / "missing"), prepend=":")

    done = dripper(*NOW, "prep", "brook", "-o", f"b.{kind}", cwd=root)
    assert done.returncode == 2
    assert f"python -m pip install 'dripper[{kind}]'" in done.stderr
    assert not (root / f"b.{kind}").exists()


def test_a_workspace_may_have_a_template_of_its_own(root: Path) -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "brief.typ").write_text("#set document(title: [T])\n#nothing\n", encoding="utf-8")

    done = dripper(*NOW, "prep", "brook", "-o", "b.pdf", cwd=root)
    assert done.returncode == 2
    assert "unknown variable: nothing" in done.stderr


def test_a_pdf_may_go_into_a_pipe(root: Path) -> None:
    command = [sys.executable, "-m", "dripper", *NOW, "prep", "brook", "--format", "pdf"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)

    assert done.stdout.startswith(b"%PDF")


def _later(day: int) -> tuple[str, str]:
    return ("--now", f"2026-12-{day:02}T09:00:00+01:00")


def test_the_next_brief_says_what_changed_since_the_one_that_was_written(root: Path) -> None:
    first = dripper(*NOW, "prep", "brook", "-o", "one.md", cwd=root)
    assert first.returncode == 0
    assert "Since the last brief" not in (root / "one.md").read_text(encoding="utf-8")
    file = root / "campaigns" / "brook" / "renewal.negotiation.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("264000 EUR", "266000 EUR"), encoding="utf-8")

    done = dripper(*_later(3), "prep", "brook", cwd=root)
    assert "The last brief was of 1 Dec 2026." in done.stdout
    assert "- Our target: 266,000 EUR, before 264,000 EUR." in done.stdout


def test_a_brief_that_is_only_printed_is_not_the_last_one(root: Path) -> None:
    dripper(*NOW, "prep", "brook", cwd=root)

    assert "Since the last brief" not in dripper(*_later(3), "prep", "brook", cwd=root).stdout


def test_without_the_store_nothing_is_kept_and_nothing_of_it_is_shown(root: Path) -> None:
    dripper(*NOW, "prep", "brook", "-o", "one.md", cwd=root)
    alone = dripper(*_later(3), "prep", "brook", "--no-store", "-o", "two.md", cwd=root)

    assert alone.returncode == 0
    text = (root / "two.md").read_text(encoding="utf-8")
    assert "Since the last brief" not in text
    assert "Gifts given" not in text
    assert "The last brief was of 1 Dec 2026." in dripper(*_later(4), "prep", "brook", cwd=root).stdout


def test_a_kept_brief_that_was_spoiled_is_as_none(root: Path) -> None:
    dripper(*NOW, "prep", "brook", "-o", "one.md", cwd=root)
    (kept,) = (root / ".dripper").glob("*briefs/brook.json")
    kept.write_text('{"version": 1, "briefs": [{"today"', encoding="utf-8")

    done = dripper(*_later(3), "prep", "brook", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Since the last brief" not in done.stdout


def test_a_kept_brief_names_nobody(root: Path) -> None:
    dripper(*NOW, "prep", "brook", "-o", "one.md", cwd=root)
    (kept,) = (root / ".dripper").glob("*briefs/brook.json")

    assert "judith.aumann" not in kept.read_text(encoding="utf-8")
    assert set(json.loads(kept.read_text(encoding="utf-8"))["briefs"][0]) == {
        *("today", "negotiation", "verdict", "gate", "metrics", "angles", "numbers", "questions", "facts", "demands")
    }


def test_the_language_check_of_the_sentences_stands_in_the_brief(root: Path) -> None:
    assert "Checked, 2 entries: no bare threat" in dripper(*NOW, "prep", "brook", cwd=root).stdout
    with (root / "campaigns" / "brook" / "renewal.negotiation.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[say]]\ntext = "We are disappointed."\n')

    assert "| D701 | line " in dripper(*NOW, "prep", "brook", cwd=root).stdout
