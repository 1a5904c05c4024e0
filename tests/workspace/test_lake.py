from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fakes.parquet import write_parquet

from dripper.errors import SourceError
from dripper.problem import Passage
from dripper.text.render import Template
from dripper.text.values import latest_of
from dripper.workspace.files import Loaded, load
from dripper.workspace.lake import Lake, problems_of
from dripper.workspace.model.settings import Secret

SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "dana@north.example"
via = "drafts"
"""
DAY = date(2026, 1, 31)


def _loaded(root: Path, metrics: str = '[metrics]\nsource = "data/*.parquet"\n') -> Loaded:
    (root / "campaigns/acme").mkdir(parents=True, exist_ok=True)
    (root / "dripper.toml").write_text(SETTINGS + metrics, encoding="utf-8")
    (root / "campaigns/acme/account.toml").write_text('name = "Acme"\n', encoding="utf-8")
    return load(root)


def _lake(root: Path) -> Lake:
    loaded = _loaded(root)
    assert loaded.workspace is not None
    assert isinstance(loaded.workspace.series, Lake)
    return loaded.workspace.series


def test_an_account_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    write_parquet(tmp_path / "data/a.parquet", [("acme", "r", DAY, 1.5)])
    lake = _lake(tmp_path)

    assert (list(lake), "acme" in lake, "globex" in lake) == ([], True, False)
    assert lake["acme"]["r"].latest == Decimal("1.5")


def test_metrics_csv_goes_before_the_source_and_what_stands_in_both_is_told(tmp_path: Path) -> None:
    write_parquet(tmp_path / "data/a.parquet", [("acme", "r", DAY, 1.5), ("acme", "s", DAY, 2.5)])
    (tmp_path / "campaigns/acme").mkdir(parents=True)
    (tmp_path / "campaigns/acme/metrics.csv").write_text("metric,date,value\nr,2026-01-31,9\n", encoding="utf-8")

    lake = _lake(tmp_path)
    assert {metric: one.latest for metric, one in lake["acme"].items()} == {"r": Decimal(9), "s": Decimal("2.5")}
    assert [problem.message for problem in problems_of(lake, "acme")] == [
        "these series stand in another file already: r"
    ]


def test_what_stands_in_metrics_csv_is_had_without_asking_the_source(tmp_path: Path) -> None:
    (tmp_path / "campaigns/acme").mkdir(parents=True)
    (tmp_path / "campaigns/acme/metrics.csv").write_text("metric,date,value\nr,2026-01-31,9\n", encoding="utf-8")
    text = '[metrics]\nurl = "postgresql+psycopg://dana@127.0.0.1:1/x"\nquery = "select 1"\n'
    workspace = _loaded(tmp_path, text).workspace

    assert workspace is not None
    assert latest_of(workspace, "acme")["r"] == 9
    with pytest.raises(SourceError):
        latest_of(workspace, "acme").get("s")


def test_the_bad_rows_of_an_account_are_its_own(tmp_path: Path) -> None:
    write_parquet(tmp_path / "data/a.parquet", [("acme", "r", DAY, None), ("globex", "r", DAY, 1.0)])
    lake = _lake(tmp_path)

    assert (len(problems_of(lake, "acme")), len(problems_of(lake, "globex"))) == (1, 0)


def test_files_that_are_not_there_are_told_where_they_are_named_and_stop_nothing_else(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path)

    (problem,) = loaded.problems
    assert str(problem).endswith("D504 no file is called data/*.parquet")
    assert loaded.workspace is not None
    assert problems_of(loaded.workspace.series, "acme") == (problem,)


def test_a_template_names_a_metric_of_the_source(tmp_path: Path) -> None:
    write_parquet(tmp_path / "data/a.parquet", [("acme", "r", DAY, 1.5)])
    workspace = _loaded(tmp_path).workspace
    assert workspace is not None

    values = {"metrics": latest_of(workspace, "acme")}
    assert Template(Passage.of_file("Now {{ metrics.r }}.")).render(values).text == "Now 1.5."
    assert dict(values["metrics"]) == {"r": Decimal("1.5")}


def test_the_password_is_fetched_for_the_user_of_the_url_and_never_shown(tmp_path: Path) -> None:
    asked: list[tuple[Secret, str]] = []

    def fetch(secret: Secret, user: str) -> str:
        asked.append((secret, user))
        return "hunter2"

    text = '[metrics]\nurl = "postgresql+psycopg://dana%40north@127.0.0.1:1/hunter2"\nquery = "select 1"\n'
    _loaded(tmp_path, text + 'password = { env = "SALES" }\n')
    workspace = load(tmp_path, fetch=fetch).workspace
    assert workspace is not None
    assert asked == []

    with pytest.raises(SourceError) as caught:
        workspace.series.get("acme")
    assert asked == [(Secret(env="SALES"), "dana@north")]
    assert "hunter2" not in f"{caught.value} {caught.value.cure}"


def test_without_its_password_a_database_is_not_asked(tmp_path: Path) -> None:
    text = '[metrics]\nurl = "postgresql+psycopg://dana@127.0.0.1:1/x"\nquery = "select 1"\npassword = { env = "S" }\n'
    workspace = _loaded(tmp_path, text).workspace

    assert workspace is not None
    assert workspace.series.get("acme") is None


FAULTS = {
    "none": ('[metrics]\nquery = "select 1"', "metrics have exactly one source, found none"),
    "both": ('[metrics]\nsource = "a.parquet"\nurl = "sqlite:///a"\nquery = "select 1"', "found source and url"),
    "no Parquet": ('[metrics]\nsource = "data/*.xlsx"', '"data/*.xlsx" names no Parquet files'),
    "no query": ('[metrics]\nurl = "sqlite:///a"', '"url" needs a "query"'),
    "a password": ('[metrics]\nurl = "mysql://a:b@c/d"\nquery = "select 1"', '"url" carries a password'),
    "no user": ('[metrics]\nurl = "mysql://c/d"\nquery = "select 1"\npassword = { env = "P" }', "url names no user"),
    "no address": ('[metrics]\nurl = "figures.db"\nquery = "select 1"', "is no address of a database"),
    "no question": ('[metrics]\nurl = "sqlite:///a"\nquery = "drop table x"', "the query asks for nothing"),
    "two places": (
        '[metrics]\nurl = "mysql://u@c/d"\nquery = "select 1"\npassword = { env = "P", file = "p" }',
        "a password has exactly one place",
    ),
    "a threshold": ("[thresholds]\nfalse_claims = 5", '"false_claims" is a share between 0 and 1'),
    "below 0": ("[thresholds]\ncontract_pct = -1", '"contract_pct" cannot be below 0'),
    "no half-life": ("[thresholds]\nhalf_life_days = 0", '"half_life_days" is above 0'),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_a_setting_that_cannot_be_right_is_told(tmp_path: Path, text: str, message: str) -> None:
    (problem,) = _loaded(tmp_path, text + "\n").problems

    assert message in problem.message
    assert problem.file == "dripper.toml"
