from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes.parquet import write_parquet

SETTINGS = """\
[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "dana@north.example"
via = "drafts"
"""
LAKE = '[metrics]\nsource = "data/*.parquet"\n'


def _metrics(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dripper", "-C", str(root), "--now", "2026-11-23T09:00", "metrics", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "campaigns/acme").mkdir(parents=True)
    (tmp_path / "campaigns/acme/account.toml").write_text('name = "Acme"\n', encoding="utf-8")
    (tmp_path / "dripper.toml").write_text(SETTINGS + LAKE, encoding="utf-8")
    days = [date(2026, 10, 31) - timedelta(days=30 * back) for back in range(30)]
    rows = [(account, "orders", on, float(on.month)) for account in ("acme", "globex") for on in days]
    write_parquet(tmp_path / "data/a.parquet", [*rows, ("acme", "orders", date(2026, 11, 1), None)])
    return tmp_path


def test_an_account_of_the_lake_is_read_and_its_bad_row_told(root: Path) -> None:
    done = _metrics(root, "acme", "--json")

    (metric,) = json.loads(done.stdout)["metrics"]
    assert (metric["metric"], metric["n"], done.returncode) == ("orders", 30, 1)
    assert "1 row of this metric could not be read." in metric["notes"]
    assert "data/a.parquet:61:1 D515 row 61: the value is missing" in done.stderr


def test_an_account_without_a_folder_is_read_too(root: Path) -> None:
    done = _metrics(root, "globex", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["metrics"][0]["n"] == 30


def test_an_account_that_nobody_knows_is_none(root: Path) -> None:
    done = _metrics(root, "glob")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dripper: no account 'glob'")


def test_rows_of_a_csv_that_name_no_metric_are_told(root: Path) -> None:
    rows = "metric,date,value\norders2,2026-10-31,1\n,2026-10-31,2\n"
    (root / "campaigns/acme/metrics.csv").write_text(rows, encoding="utf-8")
    done = _metrics(root)

    assert "campaigns/acme/metrics.csv:3:1 D515 the metric is missing" in done.stderr
    assert done.returncode == 1
