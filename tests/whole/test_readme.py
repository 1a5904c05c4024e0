import re
import shlex
from pathlib import Path

import pytest
from fakes.command import dripper

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


def test_every_example_ends_as_it_should(tmp_path: Path) -> None:
    agency = tmp_path / "agency"
    now = FIRST
    for line in LINES:
        program, *arguments = shlex.split(line)
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
