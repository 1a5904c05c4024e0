from pathlib import Path

import pytest

from dripper.errors import UsageError
from dripper.jobs.init import init
from dripper.jobs.lint import Request, lint
from dripper.outbox.store.engine import Store
from dripper.wiring.clock import clock_of

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


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("acme/insihgts", "did you mean acme/insights?"),
        ("acme", "name one of acme/insights, or the folder campaigns/acme"),
        ("acme/", "name one of acme/insights, or the folder campaigns/acme"),
        ("letter.txt", "name a campaign as in acme/insights, a file, a folder, or - for stdin"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(agency: Path, name: str, cure: str) -> None:
    with pytest.raises(UsageError) as refused:
        codes(agency, name)

    assert refused.value.cure == cure


def test_an_empty_name_is_not_the_folder(agency: Path) -> None:
    with pytest.raises(UsageError, match="there is no file or campaign ''"):
        codes(agency, "")


@pytest.mark.parametrize("name", ["loop.txt", "loop.eml", "loop.toml", "loop.csv", "campaigns/acme/loop.toml"])
@pytest.mark.parametrize("lines", [False, True])
def test_a_link_that_leads_to_itself_is_told(agency: Path, name: str, lines: bool) -> None:
    (agency / name).symlink_to(Path(name).name)
    try:
        found = [shown.problem.code for shown in lint(Request(paths=(name,), lines=lines), agency)]
    except UsageError as refused:
        found = [str(refused)]

    assert found in (
        ["D512"],
        [f"no campaign names {name}, so it was not linted"],
        [f"{name} is no file of the workspace in {agency}"],
    )


def test_a_draft_has_no_history_to_be_compared_with(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(DRAFT)

    def store_of(_root: Path) -> Store:
        raise AssertionError

    with pytest.raises(UsageError, match="--history is for campaigns"):
        list(lint(Request(paths=("d.txt",), store_of=store_of), tmp_path))


def test_an_ending_may_stand_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "MAIL.EML").write_text(f"Subject: a\nX-Link: https://x.example\n\n{DRAFT}")

    assert codes(tmp_path, "MAIL.EML") == codes(tmp_path, ".") == ["D201"]


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


@pytest.mark.parametrize(
    ("name", "why", "cure"),
    [
        ("list.csv", "no campaign names list.csv, so it was not linted", 'contacts = "list.csv"'),
        ("campaigns/acme/list.csv", "no campaign names campaigns/acme/list.csv", 'contacts = "list.csv"'),
        ("templates/own.txt.j2", "no campaign uses templates/own.txt.j2", 'shell = "NAME"'),
        ("templates/plain.html.j2", "no campaign uses templates/plain.html.j2", "html = true"),
        ("own.txt.j2", "no campaign uses own.txt.j2", "templates/"),
    ],
)
def test_what_no_campaign_names_is_not_called_free_of_problems(agency: Path, name: str, why: str, cure: str) -> None:
    (agency / name).parent.mkdir(exist_ok=True)
    (agency / name).write_text("email\nnobody\n")

    with pytest.raises(UsageError, match=why) as refused:
        codes(agency, name)

    assert cure in refused.value.cure


def test_what_a_campaign_names_is_linted(agency: Path) -> None:
    file = agency / "campaigns" / "acme" / "insights.toml"
    file.write_text('contacts = "list.csv"\nhtml = true\n' + file.read_text())
    texts = {
        "campaigns/acme/list.csv": "email,name\nben@acme.example,Ben Maier\n",
        "campaigns/acme/metrics.csv": "metric,date,value\n",
        "templates/plain.txt.j2": "{{ greeting }}\n{{ text }}\n",
        "templates/plain.html.j2": "{{ text }}",
    }
    for name, text in texts.items():
        (agency / name).parent.mkdir(exist_ok=True)
        (agency / name).write_text(text)

        assert codes(agency, name) == []

    (agency / "campaigns/acme/list.csv").write_text("email,name\nnobody,Ben\n")
    assert codes(agency, "campaigns/acme/list.csv") == ["D602"]
