from datetime import date
from pathlib import Path

import pytest

from dripper.errors import UsageError
from dripper.jobs.init import init
from dripper.jobs.new import interview_of, new_account, new_campaign, new_negotiation
from dripper.workspace.files import Loaded, load
from dripper.workspace.model.workspace import Workspace

TODAY = date(2026, 11, 23)
CONTRACT = 'contract = { value = "240000 EUR", renews = 2027-04-01 }\n'
METRIC = '\n[[metric]]\nid = "repeat_rate"\nunit = "%"\nagreed = true\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init(tmp_path, name="North", timezone="Europe/Berlin", today=TODAY)
    return tmp_path


def workspace_of(root: Path) -> Workspace:
    workspace = load(root).workspace
    assert workspace is not None
    return workspace


def test_an_account_is_named_after_its_folder_and_has_the_zone_of_the_workspace(root: Path) -> None:
    new_account(root, "lumen-garden", workspace=workspace_of(root))

    account = workspace_of(root).accounts["lumen-garden"]
    assert (account.name, account.timezone, account.contacts) == ("Lumen garden", "Europe/Berlin", ())


def test_a_campaign_in_an_account_writes_to_its_people(root: Path) -> None:
    new_campaign(root, "acme/more", workspace=workspace_of(root), today=TODAY)

    loaded: Loaded = load(root)
    assert loaded.problems == ()
    assert loaded.workspace is not None
    assert [recipient.first_name for recipient in loaded.workspace.recipients["acme/more"]] == ["Ana"]


def test_a_campaign_at_the_top_writes_to_all_accounts(root: Path) -> None:
    new_campaign(root, "trends", workspace=workspace_of(root), today=TODAY)
    assert workspace_of(root).campaigns["trends"].accounts == ("acme",)


def started(root: Path, name: str = "acme/renewal") -> Path:
    """Start a negotiation of which only the target was asked, and taken as it was proposed."""
    workspace = workspace_of(root)
    interview = interview_of(root, name, workspace=workspace, today=TODAY, owner="Dana")
    for question, guess in interview.questions():
        if question.name == "our_target":
            interview.take(question, "", guess)
    return new_negotiation(root, name, interview, workspace=workspace)


def test_a_negotiation_is_filled_in_from_contract_and_metrics(root: Path) -> None:
    account = root / "campaigns" / "acme" / "account.toml"
    account.write_text(f'name = "Acme"\n{CONTRACT}{METRIC}', encoding="utf-8")
    (root / "campaigns" / "acme" / "metrics.csv").write_text(
        "metric,date,value\nrepeat_rate,2026-10-31,25.1\n", encoding="utf-8"
    )

    path = started(root)

    negotiation = workspace_of(root).negotiations["acme/renewal"]
    assert (negotiation.title, negotiation.on) == ("Renewal 2027", date(2027, 2, 4))
    assert (str(negotiation.our_target), negotiation.guesses) == ("240000 EUR", ("our_target",))
    assert "repeat_rate: Repeat rate, 25.1 %" in path.read_text(encoding="utf-8")


def test_a_negotiation_names_no_value_that_is_dated_after_today(root: Path) -> None:
    account = root / "campaigns" / "acme" / "account.toml"
    later = METRIC.replace("repeat_rate", "returns")
    account.write_text(f'name = "Acme"\n{CONTRACT}{METRIC}{later}', encoding="utf-8")
    rows = ["repeat_rate,2026-11-23,25.1", "repeat_rate,2026-11-24,26.3", "returns,2026-11-30,9.9"]
    (root / "campaigns" / "acme" / "metrics.csv").write_text(
        "\n".join(["metric,date,value", *rows, ""]), encoding="utf-8"
    )

    text = started(root).read_text(encoding="utf-8")

    assert "repeat_rate: Repeat rate, 25.1 %" in text
    assert "26.3" not in text
    assert "9.9" not in text


def test_a_negotiation_of_an_account_without_a_contract_is_eight_weeks_away_and_guesses_nothing(root: Path) -> None:
    started(root)

    negotiation = workspace_of(root).negotiations["acme/renewal"]
    assert (negotiation.on, negotiation.our_target, negotiation.guesses) == (date(2027, 1, 18), None, ())


def test_a_file_that_exists_is_left_as_it_is(root: Path) -> None:
    with pytest.raises(UsageError, match=r"acme/insights\.toml exists"):
        new_campaign(root, "acme/insights", workspace=workspace_of(root), today=TODAY)


@pytest.mark.parametrize("name", ["../x", "Acme", "a/b/c", "", "a//b", "acme/", "a b", "a\n"])
def test_a_name_that_is_no_plain_name_is_refused_with_an_example(root: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        new_campaign(root, name, workspace=workspace_of(root), today=TODAY)
    assert "acme/insights" in refused.value.cure


def test_an_unknown_account_is_told_how_to_start(root: Path) -> None:
    with pytest.raises(UsageError) as refused:
        started(root, "globex/renewal")
    assert "dripper new account globex" in refused.value.cure
