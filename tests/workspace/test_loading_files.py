from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.errors import NoWorkspaceError
from dripper.problem import Severity
from dripper.workspace.files import Loaded, find_root, load
from dripper.workspace.packaged import sample_root

SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlin"
[mailbox.dana]
from = "Dana <dana@north.example>"
via = "drafts"
"""
ACCOUNT = 'name = "Acme"\n[[contact]]\nname = "Ana Weber"\nemail = "ana@acme.example"\n'
CAMPAIGN = 'every = "2 weeks"\nstart = 2026-12-01\n{}\n[[message]]\nsubject = "One"\ntext = "Two."\n'
PLAIN = CAMPAIGN.format("")
FILES = {
    "dripper.toml": SETTINGS,
    "campaigns/acme/account.toml": ACCOUNT,
    "campaigns/acme/insights.toml": PLAIN,
    "campaigns/acme/renewal.negotiation.toml": 'title = "R"\non = 2027-02-10\n',
    "campaigns/acme/metrics.csv": "metric,date,value\nrate,2026-01-01,1\n",
}


def written(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def told(loaded: Loaded) -> list[str]:
    return [f"{problem} -> {problem.cure}" for problem in loaded.problems]


def test_a_region_is_looked_for_in_the_country_of_the_workspace(tmp_path: Path) -> None:
    home = SETTINGS.replace('"Europe/Berlin"', '"Europe/Berlin"\ncountry = "DE"')
    account = 'name = "Acme"\nregion = "Bavaria"\n[[contact]]\nname = "Ana"\nregion = "ZZ"\n'
    abroad = f'{account}[[contact]]\nname = "Bo"\ncountry = "FR"\nregion = "XX"\n'
    places = {"campaigns/acme/account.toml": account, "campaigns/bolt/account.toml": abroad}
    loaded = load(written(tmp_path, {"dripper.toml": home, **places}))

    found = [str(problem).partition(" are not")[0].removeprefix("campaigns/") for problem in loaded.problems]
    assert found == [
        "acme/account.toml:2:10 D513 the holidays of DE-Bavaria",
        "acme/account.toml:5:10 D513 the holidays of DE-ZZ",
        "bolt/account.toml:2:10 D513 the holidays of DE-Bavaria",
        "bolt/account.toml:5:10 D513 the holidays of DE-ZZ",
        "bolt/account.toml:9:10 D513 the holidays of FR-XX",
    ]


def test_a_region_without_any_country_is_not_judged(tmp_path: Path) -> None:
    account = 'name = "Acme"\nregion = "Bavaria"\n'
    loaded = load(written(tmp_path, {"dripper.toml": SETTINGS, "campaigns/acme/account.toml": account}))

    assert told(loaded) == []


def test_a_workspace_is_read_whole(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, FILES))

    assert told(loaded) == []
    workspace = loaded.workspace
    assert workspace is not None
    assert workspace.root == str(tmp_path)
    assert list(workspace.accounts) == ["acme"]
    assert list(workspace.campaigns) == ["acme/insights"]
    assert list(workspace.negotiations) == ["acme/renewal"]
    assert workspace.series["acme"]["rate"].latest == 1
    assert [person.key for person in workspace.recipients["acme/insights"]] == ["ana@acme.example"]
    assert "plain" in workspace.shells
    assert {value.file for value in (*workspace.accounts.values(), *workspace.campaigns.values())} < set(
        loaded.documents
    )


def test_the_sample_workspace_has_no_problem() -> None:
    loaded = load(sample_root())

    assert told(loaded) == []
    assert loaded.workspace is not None
    assert len(loaded.workspace.accounts) == 3


SLOW_TO_LOAD = """
import sys
from pathlib import Path
from dripper.workspace.files import load
assert not load(Path(sys.argv[1])).problems
print(sorted({"tree_sitter", "pydantic", "email_validator", "idna", "jinja2"} & set(sys.modules)))
"""


def test_a_workspace_without_problem_is_read_without_what_is_slow_to_load() -> None:
    ran = subprocess.run([sys.executable, "-c", SLOW_TO_LOAD, sample_root()], capture_output=True, text=True)

    assert ran.stdout == "[]\n", ran.stderr


def test_the_root_is_the_nearest_folder_upward(tmp_path: Path) -> None:
    written(tmp_path, FILES)

    assert find_root(tmp_path / "campaigns" / "acme") == tmp_path
    with pytest.raises(NoWorkspaceError):
        find_root(Path("/"))


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        pytest.param({"dripper.toml": "x"}, "dripper.toml:1:2 D501 this is no TOML", id="no settings"),
        pytest.param({"campaigns/acme/account.toml": "name = 1"}, "campaigns/acme/account.toml:1:8 D503", id="account"),
        pytest.param(
            {"campaigns/trends.toml": PLAIN}, "campaigns/trends.toml:1:1 D514 the campaign writes to", id="who"
        ),
        pytest.param(
            {"campaigns/t.toml": CAMPAIGN.format('accounts = ["acne"]')},
            'campaigns/t.toml:3:13 D504 there is no account "acne" -> did you mean "acme"?',
            id="account reference",
        ),
        pytest.param(
            {"campaigns/t.toml": CAMPAIGN.format('buckets = ["client"]')},
            "campaigns/t.toml:3:11 D514 no account is in these buckets",
            id="an empty bucket",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('mailbox = "dan"')},
            'campaigns/acme/t.toml:3:11 D504 dripper.toml has no mailbox "dan" -> did you mean "dana"?',
            id="mailbox reference",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('shell = "plan"')},
            'campaigns/acme/t.toml:3:9 D504 there is no shell "plan" -> did you mean "plain"?',
            id="shell reference",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": PLAIN.replace("start = 2026-12-01", 'before = "renewl"')},
            'campaigns/acme/t.toml:2:10 D504 there is no negotiation "renewl" -> did you mean "acme/renewal"?',
            id="negotiation reference",
        ),
        pytest.param(
            {"dripper.toml": SETTINGS + '[mailbox.jo]\nfrom = "j@n.example"\nvia = "drafts"'},
            "campaigns/acme/insights.toml:1:1 D514 there are several mailboxes (dana, jo)",
            id="which mailbox",
        ),
        pytest.param(
            {"campaigns/beta/account.toml": 'name = "Beta"', "campaigns/beta/t.toml": PLAIN},
            'campaigns/beta/t.toml:1:1 D514 the account "beta" has nobody to write to',
            id="nobody",
        ),
        pytest.param(
            {"campaigns/beta/account.toml": 'name = "B"\nid = "ACME"'},
            'campaigns/beta/account.toml:2:6 D506 the id "ACME" is already that of campaigns/acme/account.toml',
            id="an id twice",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('contacts = "none.csv"')},
            "campaigns/acme/t.toml:3:12 D504 there is no file campaigns/acme/none.csv",
            id="no list",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('contacts = "../../list.csv"')},
            'campaigns/acme/t.toml:3:12 D513 "../../list.csv" does not lie beside the campaign',
            id="a list elsewhere",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('contacts = "/etc/passwd"')},
            'campaigns/acme/t.toml:3:12 D513 "/etc/passwd" does not lie beside the campaign',
            id="a list anywhere",
        ),
        pytest.param(
            {"campaigns/acme/t.toml": CAMPAIGN.format('contacts = "l.csv"'), "campaigns/acme/l.csv": "email\nbad\n"},
            "campaigns/acme/l.csv:2:1 D602",
            id="a bad row of a list",
        ),
        pytest.param({"campaigns/acme/metrics.csv": "date\n"}, "campaigns/acme/metrics.csv:1:1 D515", id="metrics"),
        pytest.param({"campaigns/metrics.csv": "metric,date,value\n"}, "campaigns/metrics.csv:1:1 D515", id="whose"),
        pytest.param(
            {"metrics.csv": "account,metric,date,value\nacme,rate,2026-01-01,1\n"},
            "campaigns/acme/metrics.csv:1:1 D506 these series stand in another file already: rate",
            id="a series twice",
        ),
        pytest.param({"templates/x.txt.j2": b"\xff"}, "templates/x.txt.j2:1:1 D512", id="a shell that is no text"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, files: dict[str, str | bytes], problem: str) -> None:
    loaded = load(written(tmp_path, {**FILES, **files}))

    assert len(told(loaded)) == 1, told(loaded)
    assert told(loaded)[0].startswith(problem)


def test_an_account_that_cannot_be_read_is_no_unknown_account(tmp_path: Path) -> None:
    files = {"campaigns/acme/account.toml": "name = 1", "campaigns/t.toml": CAMPAIGN.format('accounts = ["acme"]')}

    loaded = load(written(tmp_path, {**FILES, **files}))

    assert [problem.file for problem in loaded.problems] == ["campaigns/acme/account.toml"]
    assert loaded.workspace is not None
    assert loaded.workspace.accounts == {}
    assert loaded.workspace.recipients == {"acme/insights": (), "t": ()}


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    files = {
        "dripper.toml": SETTINGS + "colour = 1\n",
        "campaigns/acme/account.toml": ACCOUNT + "colour = 1\n",
        "campaigns/acme/insights.toml": CAMPAIGN.format('colour = 1\nshell = "plan"'),
        "campaigns/acme/metrics.csv": "metric,date,value\nr,x,y\n",
    }

    loaded = load(written(tmp_path, {**FILES, **files}))

    assert [(problem.file.rpartition("/")[2], problem.span.line, problem.code) for problem in loaded.problems] == [
        ("account.toml", 5, "D502"),
        ("insights.toml", 3, "D502"),
        ("insights.toml", 4, "D504"),
        ("metrics.csv", 2, "D515"),
        ("dripper.toml", 8, "D502"),
    ]
    assert loaded.workspace is None


def test_a_file_with_an_error_is_left_out_and_the_others_are_there(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, {**FILES, "campaigns/acme/broken.toml": PLAIN + "colour = 1\n"}))

    assert loaded.workspace is not None
    assert list(loaded.workspace.campaigns) == ["acme/insights"]
    assert "campaigns/acme/broken.toml" in loaded.documents


def test_a_shell_of_the_workspace_comes_before_the_packaged_one(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, {**FILES, "templates/plain.txt.j2": "mine", "templates/own.txt.j2": "own"}))

    assert loaded.workspace is not None
    assert (loaded.workspace.shells["plain"], loaded.workspace.shells["own"]) == ("mine", "own")


def test_a_folder_without_account_may_hold_metrics(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, {**FILES, "campaigns/beta/metrics.csv": "metric,date,value\nr,2026-01-01,1\n"}))

    assert loaded.workspace is not None
    assert list(loaded.workspace.series["beta"]) == ["r"]


def test_one_file_may_hold_the_metrics_of_several_accounts(tmp_path: Path) -> None:
    rows = "account,metric,date,value\nacme,a,2026-01-01,1\nbeta,b,2026-01-01,2\n"

    loaded = load(written(tmp_path, {**FILES, "campaigns/metrics.csv": rows}))

    assert loaded.workspace is not None
    assert {account: list(series) for account, series in loaded.workspace.series.items()} == {
        "acme": ["a", "rate"],
        "beta": ["b"],
    }
    (problem,) = loaded.problems
    assert (problem.code, problem.severity) == ("D504", Severity.WARNING)
    assert problem.message == 'there is no account "beta", so nobody will see its metrics'


def test_two_campaigns_may_share_a_list_whose_faults_are_told_once(tmp_path: Path) -> None:
    campaign = CAMPAIGN.format('contacts = "list.csv"')
    files = {
        "campaigns/a.toml": campaign,
        "campaigns/b.toml": campaign,
        "campaigns/list.csv": "email\na@b.example\nbad",
    }

    loaded = load(written(tmp_path, {**FILES, **files}))

    assert len(loaded.problems) == 1
    assert loaded.workspace is not None
    assert [len(loaded.workspace.recipients[key]) for key in ("a", "b")] == [1, 1]


def test_an_empty_folder_of_campaigns_is_fine(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, {"dripper.toml": SETTINGS}))

    assert loaded.problems == ()
    assert loaded.workspace is not None


@pytest.mark.parametrize("name", sorted(FILES))
@given(content=st.binary(max_size=40) | st.text(alphabet="a=.[]{}\"'\n\x00é1-:,T", max_size=40).map(str.encode))
def test_no_bytes_in_a_file_make_the_loader_fall(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    root = tmp_path_factory.mktemp("any")

    loaded = load(written(root, {**FILES, name: content}))

    assert all(problem.span.line >= 1 and problem.cure for problem in loaded.problems)
    shutil.rmtree(root)
