"""`dripper doctor` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.dns_server import NameServer
from fakes.protected import RIGHT, protected_sink, protected_workspace

GOOD = {"north.example": ["v=spf1 mx -all"], "_dmarc.north.example": ["v=DMARC1; p=none"]}


@pytest.mark.parametrize(
    ("word", "code"), [pytest.param(RIGHT, 0, id="all is well"), pytest.param("wr0ng", 1, id="not")]
)
def test_a_line_a_check_and_the_exit_code(tmp_path: Path, word: str, code: int) -> None:
    root = tmp_path / "agency"
    root.mkdir()
    with NameServer(GOOD) as names, protected_sink(tmp_path) as (sink, authority):
        protected_workspace(root, sink.port, password='{ env = "SMTP_WORD" }')
        extra = {"SMTP_WORD": word, "SSL_CERT_FILE": str(authority)}
        told = dripper("doctor", "--dns", names.address, cwd=root, extra=extra)
        asked = dripper("doctor", "--dns", names.address, "--json", cwd=root, extra=extra)

    shown = json.loads(asked.stdout)
    lines = [line for line in told.stdout.splitlines() if not line.startswith(" ")]
    cures = [line.strip() for line in told.stdout.splitlines() if line.startswith(" ")]
    assert (told.returncode, asked.returncode, shown["problems"], shown["version"]) == (code, code, code, 1)
    assert told.stderr == ("1 problem.\n" if code else "No problems.\n")
    assert [line.split()[0] for line in lines] == [check["verdict"] for check in shown["checks"]]
    assert cures == [check["cure"] for check in shown["checks"] if check["cure"]]
    assert {frozenset(check) for check in shown["checks"]} == {
        frozenset({"subject", "check", "verdict", "text", "cure"})
    }
    assert "wr0ng" not in told.stdout + asked.stdout


def test_a_new_workspace_is_well_and_stays_untouched(tmp_path: Path) -> None:
    assert dripper("init", "agency", cwd=tmp_path).returncode == 0
    before = sorted(tmp_path.rglob("*"))
    done = dripper("doctor", cwd=tmp_path / "agency")

    assert (done.returncode, done.stderr) == (0, "No problems.\n"), done.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_outside_a_workspace_the_way_in_is_named(tmp_path: Path) -> None:
    assert dripper("doctor", cwd=tmp_path).returncode == 2
