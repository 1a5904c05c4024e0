import re
import shlex
import subprocess
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.workspaces import sample_workspace

README = (Path(__file__).resolve().parent.parent.parent / "README.md").read_text(encoding="utf-8")
HOW_TO = README.partition("\n## How to\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```sh\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
LINES = [line.partition("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
COPY = "dripper store copy --to postgresql+psycopg://dana@db.example/dripper"
# Two ask a person, one needs a server of one's own, one changes what the machine starts, the others never end.
ENDLESS = {"dripper run", "dripper lint --watch"}
NOT_RUN = {"dripper login dana", "dripper schedule globex/insights", COPY, "dripper autostart", *ENDLESS}
# The homework of a negotiation that has just been started is not done.
ENDS_WITH_1 = {"dripper prep globex --check"}
# The day on which the reader begins; where an example names a time, the following ones are at that time, too.
FIRST = "2026-11-30T08:00+01:00"
PEOPLE = '\n[[contact]]\nname = "Kim Roe"\nemail = "kim@globex.example"\n'


def after(line: str, agency: Path) -> None:
    """Do what the text between the commands tells the reader to do."""
    if line.startswith("dripper init"):
        (agency / "export.csv").write_text("name;email\nAna Ruiz;ana@shop.example\n", encoding="utf-8")
        mention = "date,author,followers,text\n2026-11-02,@kim,120,Globex answers\n"
        (agency / "mentions.csv").write_text(mention, encoding="utf-8")
    if line == "dripper new negotiation globex/renewal":
        (options,) = re.findall(r"^```toml\n(\[\[option.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
        file = agency / "campaigns" / "globex" / "renewal.negotiation.toml"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{options}", encoding="utf-8")
    if line == "dripper new account globex":
        folder = agency / "campaigns" / "globex"
        account = folder / "account.toml"
        account.write_text(account.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")
        rows = "".join(f"repeat_rate,2026-{month:02}-01,{20 + month / 2}\n" for month in range(1, 11))
        (folder / "metrics.csv").write_text(f"metric,date,value\n{rows}", encoding="utf-8")


def assigned(line: str, folder: Path) -> dict[str, str]:
    """Return what the shell gives a name to, where the line does that."""
    name, is_given, _ = line.partition("=$(")
    if not is_given:
        return {}
    done = subprocess.run(["sh", "-c", f'{line}; printf %s "${name}"'], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name: done.stdout}


def filled(line: str, given: dict[str, str]) -> str:
    for name, value in given.items():
        line = line.replace(f'"${name}"', shlex.quote(value))
    return line


def rehearsal() -> list[str]:
    (block,) = [block for block in BLOCKS if "schedule --yes" in block]
    return [line.partition("  #")[0].strip() for line in block.splitlines()]


@pytest.mark.parametrize("today", ["2026-11-23", "2026-12-24", "2027-03-09", "2031-06-30"])
def test_the_rehearsal_delivers_the_season_of_a_new_workspace_whatever_the_day_is(tmp_path: Path, today: str) -> None:
    dripper("--now", today, "init", "fresh", cwd=tmp_path)
    fresh = tmp_path / "fresh"
    given: dict[str, str] = {}
    told = []
    for line in rehearsal():
        given |= assigned(line, fresh)
        program, *arguments = shlex.split(filled(line, given))
        if program == "dripper":
            done = dripper(*arguments, cwd=fresh)
            assert done.returncode == 0, line + "\n" + done.stdout + done.stderr
            told.append(done.stdout + done.stderr)

    assert len(told) == 3
    assert "3 sent." in told[1]
    assert re.search(r"^acme/insights +3 +3 +0", told[2], re.MULTILINE)
    assert len([*(fresh / "drafts").glob("*.eml")]) == 3


def test_the_sample_workspace_is_rehearsed_with_what_is_said_of_its_mailbox(tmp_path: Path) -> None:
    sample = sample_workspace(tmp_path)
    (change,) = re.findall(r"put `(.*?)` and `(.*?)` in the place of its `smtp`, and name `(.*?)` above", HOW_TO)
    settings = (sample / "dripper.toml").read_text(encoding="utf-8")
    mended = re.sub(r"^smtp = .*$", "\n".join(change[:2]), settings, flags=re.MULTILINE)
    (sample / "dripper.toml").write_text(mended, encoding="utf-8")
    given: dict[str, str] = {}
    for line in (each.replace("campaigns/acme/insights.toml", change[2]) for each in rehearsal()):
        given |= assigned(line, sample)
        program, *arguments = shlex.split(filled(line, given))
        done = dripper(*arguments, cwd=sample) if program == "dripper" else None
        assert done is None or done.returncode == 0, line

    assert len([*(sample / "drafts").glob("*.eml")]) == 42


def test_nothing_is_rehearsed_through_the_mailbox_of_the_sample_workspace(tmp_path: Path) -> None:
    sample = sample_workspace(tmp_path)
    scheduled = dripper("--now", "2026-12-01", "schedule", "--yes", cwd=sample)
    run = dripper("--now", "2026-12-01", "run", "--until", "2026-12-02", cwd=sample)

    assert "mailbox mira is no mailbox for a rehearsal, so nothing leaves through it" in scheduled.stderr
    assert "Nothing was sent." in run.stdout + run.stderr


def test_a_rehearsal_that_begins_too_late_is_told_from_when_it_works(tmp_path: Path) -> None:
    dripper("--now", "2026-11-23", "init", ".", cwd=tmp_path)
    late = dripper("--now", "2026-12-01T08:00+01:00", "schedule", "--yes", cwd=tmp_path)
    (cure,) = re.findall(r"`dripper (--now .*?)`", late.stderr)
    in_time = dripper(*cure.split(), "--yes", cwd=tmp_path)

    assert late.returncode == 2
    assert "was to begin on Tue 24 Nov 2026" in late.stderr
    assert cure == "--now 2026-11-23 schedule"
    assert in_time.returncode == 0, in_time.stderr


def test_every_example_ends_as_it_should(tmp_path: Path) -> None:
    agency = tmp_path / "agency"
    now = FIRST
    given: dict[str, str] = {}
    for line in LINES:
        given |= assigned(line, agency)
        program, *arguments = shlex.split(filled(line, given))
        if program != "dripper" or line in NOT_RUN:
            continue
        if arguments[:1] == ["--now"]:
            _, now, *arguments = arguments
        done = dripper("--now", now, *arguments, cwd=agency if agency.is_dir() else tmp_path)
        assert done.returncode == (1 if line in ENDS_WITH_1 else 0), line + "\n" + done.stdout + done.stderr
        after(line, agency)


@pytest.mark.parametrize("line", sorted(NOT_RUN | ENDS_WITH_1))
def test_every_exception_is_an_example(line: str) -> None:
    assert line in LINES


def test_the_whole_campaign_that_is_shown_is_one(tmp_path: Path) -> None:
    dripper("init", ".", cwd=tmp_path)
    shown = re.findall(r"^```toml\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
    (campaign,) = [block for block in shown if "[[message]]" in block]
    (tmp_path / "campaigns" / "acme" / "shown.toml").write_text(campaign, encoding="utf-8")
    linted = dripper("lint", cwd=tmp_path)
    assert (linted.returncode, linted.stderr) == (0, ""), linted.stdout
