from pathlib import Path

import pytest

from dripper.errors import UsageError
from dripper.jobs.init import init
from dripper.jobs.lint import Request, lint
from dripper.wiring import clock_of

DRAFT = "Could you call me on Tuesday about the carts of the night?\n"


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    init(tmp_path, name="Agency", timezone="Europe/Berlin", today=clock_of(None).now().date())
    return tmp_path


def codes(root: Path, *paths: str) -> list[str]:
    return [shown.problem.code for shown in lint(Request(paths=paths), root)]


def test_a_campaign_is_linted_by_its_name(agency: Path) -> None:
    file = agency / "campaigns" / "acme" / "insights.toml"
    file.write_text(file.read_text().replace("every", "evry"))

    assert "D502" in codes(agency, "acme/insights")
    assert codes(agency / "campaigns", "acme/insights") == codes(agency, "acme/insights")


def test_an_unknown_name_says_how_campaigns_are_called(agency: Path) -> None:
    with pytest.raises(UsageError, match=r"no file or campaign acme/insight$") as refused:
        codes(agency, "acme/insight")

    assert "acme/insights" in refused.value.cure


def test_a_draft_that_is_named_twice_is_linted_once(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(DRAFT)

    assert codes(tmp_path, "d.txt", "./d.txt") == codes(tmp_path, "d.txt") == ["D201"]


def test_a_link_that_leads_nowhere_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "d.txt").write_text(DRAFT)

    assert codes(tmp_path, ".") == ["D201"]
    assert codes(tmp_path, "gone.txt") == ["D512"]


def test_a_draft_that_asks_on_purpose_says_so_in_a_comment(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(DRAFT)
    cures = [shown.problem.cure for shown in lint(Request(paths=("d.txt",)), tmp_path)]
    (tmp_path / "d.txt").write_text(DRAFT + "<!-- dripper: allow D201 because they asked us -->\n")

    assert all("<!-- dripper: allow D20" in cure and "ask = true" not in cure for cure in cures)
    assert codes(tmp_path, "d.txt") == []
