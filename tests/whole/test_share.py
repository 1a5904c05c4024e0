"""`prep --share`: a canary in every text that may not be shared is found in no format, what may be shared in each."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fakes.command import dripper
from pypdf import PdfReader

NOW = ("--now", "2026-12-01T09:00:00+01:00")
SETTINGS = """\
[workspace]
name = "Fieldnote"
timezone = "Europe/Berlin"
country = "DE"
[mailbox.mira]
from = "Mira <mira@fieldnote.example>"
smtp = { host = "smtp.fieldnote.example", user = "mira@fieldnote.example", password = { env = "PASSWORD" } }
"""
ACCOUNT = """\
name = "Open Account"
id = "acme"
bucket = "client"
glossary = ["CANARY"]
contract = { value = "777001 EUR", per = "year" }
[lead]
area = "CANARY"
milestones = [{ what = "CANARY", by = 2026-12-31 }]
[[objective]]
theirs = "Open theirs"
ours = "CANARY"
aligned = "Open aligned"
metrics = ["a", "hidden"]
agreed_on = 2026-01-05
[[objective]]
theirs = "CANARY"
ours = "CANARY"
aligned = "CANARY"
[[metric]]
id = "a"
name = "Open metric"
unit = "pt"
baseline = 10
goal = 20
by = 2027-06-30
worth = "777002 EUR"
we_lead = true
agreed = true
benchmark = { values = [777003], source = "CANARY" }
[[metric]]
id = "hidden"
name = "CANARY"
baseline = 777004
goal = 777005
by = 2027-06-30
[[contact]]
name = "CANARY"
email = "canary@acme.example"
role = "CANARY"
boss = "The CANARY"
judged_on = ["CANARY"]
style = "CANARY"
decides = true
extra = { note = "CANARY" }
[[evidence]]
on = 2026-02-12
of = "trust"
side = "them"
says = "partner"
what = "CANARY"
[[fact]]
on = 2026-10-14
kind = "budget"
for = "them"
what = "CANARY"
worth = "777006 EUR"
source = "CANARY"
sure = "confirmed"
[[fact]]
on = 2026-09-30
kind = "market"
for = "us"
what = "Open fact"
worth = "777007 EUR"
source = "Open source"
sure = "hearsay"
internal = false
[[promise]]
what = "Open promise"
due = 2026-03-01
kept_on = 2026-02-27
[[promise]]
what = "CANARY"
due = 2026-03-01
kept_on = 2026-03-02
[[promise]]
what = "CANARY"
due = 2027-03-01
"""
NEGOTIATION = """\
title = "CANARY"
on = 2027-02-10
our_walk_away = "777008 EUR"
our_alternative = { what = "CANARY", worth = "777009 EUR" }
their_alternative = { what = "CANARY" }
ready_because = "CANARY"
[[demand]]
said = "CANARY"
answer = "CANARY"
[[trade]]
give = "CANARY"
get = "CANARY"
[[question]]
text = "CANARY"
owner = "CANARY"
[[say]]
text = "CANARY"
source = "CANARY"
"""
OPEN = ("Open Account", "Open theirs", "Open aligned", "Open metric", "Open fact", "Open source", "Open promise")
SECRET = re.compile(r"canary|7,?7,?7,?0,?0,?\d|hearsay", re.IGNORECASE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "campaigns" / "acme"
    folder.mkdir(parents=True)
    (tmp_path / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "account.toml").write_text(ACCOUNT, encoding="utf-8")
    (folder / "renewal.negotiation.toml").write_text(NEGOTIATION, encoding="utf-8")
    rows = [f"{name},2026-{month:02}-28,{value}" for name, value in (("a", 12), ("hidden", 777004)) for month in (1, 2)]
    (folder / "metrics.csv").write_text("metric,date,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def _text(kind: str, content: bytes) -> str:
    """Return all that a format holds, also what a reader does not see at once."""
    if kind == "docx":
        with ZipFile(BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if kind == "pdf":
        read = PdfReader(BytesIO(content))
        return " ".join([*(page.extract_text() for page in read.pages), str(read.metadata), content.decode("latin-1")])
    return content.decode()


@pytest.mark.parametrize("kind", ["md", "html", "pdf", "docx", "json"])
@pytest.mark.parametrize("command", [("prep", "acme", "--share"), ("scorecard", "acme")], ids=" ".join)
def test_only_what_may_be_shared_is_in_any_format(root: Path, command: tuple[str, ...], kind: str) -> None:
    done = dripper(*NOW, *command, "-o", f"shared.{kind}", cwd=root)
    assert done.returncode == 0, done.stderr
    text = _text(kind, (root / f"shared.{kind}").read_bytes())

    assert SECRET.search(text) is None
    for seen in OPEN:
        assert seen in text


def test_the_whole_brief_has_what_is_secret(root: Path) -> None:
    found = {*SECRET.findall(dripper(*NOW, "prep", "acme", "--json", cwd=root).stdout)}

    assert {"CANARY", "777004", "777005", "hearsay"} <= found
