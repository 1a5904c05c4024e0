"""A campaign with one fault: all of its other faults are told in the same run, and none that follows from the fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

FILE = "campaigns/season.toml"
SETTINGS = """\
[workspace]
name = "North"
timezone = "Europe/Berlin"
[calendar]
days = ["wed", "thu"]
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = { host = "smtp.north.example" }
[mailbox.kim]
from = "Kim Ode <kim@north.example>"
smtp = { host = "smtp.north.example" }
[lint]
asks = "1 in 2"
"""
ACCOUNT = """\
name = "{name}"
bucket = "client"
[[contact]]
name = "Ana Weber"
email = "ana@{name}.example"
role = "{role}"
"""
HEAD = """\
id = "season"
name = "Season"
mailbox = "dana"
{who}
greeting = "Hi {{{{ contact.first_name }}}},"
shifts = "From buyer to analyst"
every = "2 weeks"
{when}
prepares = "performance"
on = ["thu"]
at = "09:30"
spread_minutes = 20
priority = 5
thread = false
on_reply = "contact"
shell = "plain"
vars = {{ chart = "the size chart" }}
lint = {{ chars = 160, ignore = ["D302"] }}
"""
MESSAGES = """\
[[message]]
id = "carts"
subject = "Your carts, {{ contact.first_name }}"
text = "61% of your carts #shop are left after nine. Could you look at {{ vars.chart }}? It lies at north.example."  \
# dripper: allow link because they asked for it
gift = "When to send the reminder"
source = "Acme shop log, October 2026"
only = { role = "VP Digital" }
ask = true
[[message]]
subjects = ["Sizes and what they cost", "What a size guide saves"]
text = "Shoes that come back are mostly too small, and one line on the size chart halves that. Two shops in the \
north found it out when they tried it in autumn."
gift = "A cheap cut in returns"
shifts = "From buyer to planner"
when = "{{ contact.role }}"
"""
SOUND = [
    HEAD.format(who='accounts = ["acme", "globex"]', when='before = "acme/renewal"\nlead_days = 14') + MESSAGES,
    HEAD.format(who='buckets = ["client"]', when="start = 2026-12-03") + MESSAGES,
    HEAD.format(who='contacts = "list.csv"', when="start = 2026-12-03") + MESSAGES,
]
WRONG = ["5", "-1", "true", '"…"', "[5]", "[]", "{ colour = 5 }", "2026-01-01", '["…"]']
BY_KEY = {"every": '"often"', "at": '"noon"', "on": '["lun"]', "prepares": '"luck"', "on_reply": '"stop"'}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workspace")
    write(root, "dripper.toml", SETTINGS)
    write(root, "campaigns/acme/account.toml", ACCOUNT.format(name="acme", role="VP Digital"))
    write(root, "campaigns/acme/renewal.negotiation.toml", 'title = "Renewal"\non = 2027-02-10\n')
    write(root, "campaigns/globex/account.toml", ACCOUNT.format(name="globex", role="Buyer"))
    write(root, "campaigns/list.csv", "email,name,role\nana@list.example,Ana Weber,VP Digital\n")
    return root


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def problems(root: Path, text: str) -> list[tuple[int, str, str]]:
    write(root, FILE, text)
    found = lint_workspace(load(root))
    assert {problem.file for problem in found} <= {FILE}
    return [(problem.span.line, problem.code, problem.message) for problem in found]


def lines_of(text: str) -> list[tuple[int, str, str]]:
    """The lines that set a key: number, key, value."""
    parts = [(number, *line.partition(" = ")) for number, line in enumerate(text.splitlines(), start=1)]
    return [(number, key, value) for number, key, equals, value in parts if equals]


def with_line(text: str, number: int, line: str | None) -> str:
    lines = text.splitlines()
    lines[number - 1 : number] = [] if line is None else [line]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("sound", SOUND, ids=["accounts", "buckets", "list"])
def test_the_sound_campaign_has_no_problem(root: Path, sound: str) -> None:
    assert problems(root, sound) == []


@given(data=st.data())
def test_a_wrong_value_is_told_and_nothing_that_follows_from_it(root: Path, data: st.DataObject) -> None:
    sound = data.draw(st.sampled_from(SOUND))
    number, key, value = data.draw(st.sampled_from(lines_of(sound)))
    kind = {'"': str, "[": list, "{": dict}.get(value[0], int)
    fitting = {str: ('"',), list: ("[]", '["'), dict: ("{ ",)}.get(kind, (value[0],))
    wrong = [each for each in WRONG if not each.startswith(fitting)]
    if kind is int:
        wrong = ['"…"', "[5]", "{ colour = 5 }"]
    broken = data.draw(st.sampled_from([*wrong, BY_KEY[key]] if key in BY_KEY else wrong))

    found = problems(root, with_line(sound, number, f"{key} = {broken}"))

    assert {line for line, _, _ in found} == {number}, found


@given(data=st.data())
def test_a_misspelled_key_is_told_and_nothing_that_follows_from_it(root: Path, data: st.DataObject) -> None:
    sound = data.draw(st.sampled_from(SOUND))
    number, key, value = data.draw(st.sampled_from(lines_of(sound)))

    found = problems(root, with_line(sound, number, f"{key}{key[-1]} = {value}"))

    assert [(line, code) for line, code, _ in found] == [(number, "D502")], found


@given(data=st.data())
def test_a_key_at_the_foot_of_the_file_is_told_and_nothing_that_follows_from_it(
    root: Path, data: st.DataObject
) -> None:
    sound = data.draw(st.sampled_from(SOUND))
    head = [each for each in lines_of(sound) if each[0] < sound[: sound.index("[[")].count("\n") + 1]
    number, key, value = data.draw(st.sampled_from([each for each in head if each[1] not in ("id", "shifts")]))
    moved = with_line(sound, number, None) + f"{key} = {value}\n"

    found = problems(root, moved)

    assert [(line, code) for line, code, _ in found] == [(moved.count("\n"), "D502")], found


@pytest.mark.parametrize("key", ["every", "text"])
def test_a_missing_key_is_told_and_nothing_that_follows_from_it(root: Path, key: str) -> None:
    number = next(number for number, each, _ in lines_of(SOUND[0]) if each == key)

    ((_, code, message),) = problems(root, with_line(SOUND[0], number, None))

    assert (code, f'"{key}"' in message) == ("D514", True)


OTHERS = (
    SOUND[0]
    .replace('"acme", "globex"', '"acme", "glbex"')
    .replace('"dana"', '"dna"')
    .replace('"acme/renewal"', '"acme/renewl"')
    .replace('"plain"', '"plane"')
    .replace("contact.first_name", "contact.frist_name")
    .replace("Shoes that come back", "Shoes {{ contact.size }} that come back")
    .replace('gift = "A cheap cut in returns"\n', "")
)
FAULTS = ["D401", "D504", "D504", "D504", "D504", "D505", "D505", "D505"]


def test_all_faults_of_a_campaign_are_told_at_once(root: Path) -> None:
    assert sorted(code for _, code, _ in problems(root, OTHERS)) == FAULTS


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param('priority = "high"', "D503", id="wrong type"),
        pytest.param("priority = -1", "D513", id="wrong value"),
        pytest.param("prority = 5", "D502", id="unknown key"),
    ],
)
def test_a_fault_of_one_key_hides_no_other_fault(root: Path, line: str, code: str) -> None:
    found = problems(root, OTHERS.replace("priority = 5", line))

    assert sorted(each for _, each, _ in found) == sorted([*FAULTS, code])


def test_a_fault_in_the_settings_hides_no_fault_of_a_campaign(root: Path) -> None:
    write(root, FILE, OTHERS)
    write(root, "dripper.toml", SETTINGS.replace('["wed", "thu"]', '"wed"'))
    loaded = load(root)
    write(root, "dripper.toml", SETTINGS)

    assert sorted(problem.code for problem in lint_workspace(loaded)) == sorted([*FAULTS, "D503"])
    assert loaded.workspace is None


def test_a_fault_in_the_settings_of_lint_leaves_the_prose_for_later(root: Path) -> None:
    write(root, FILE, SOUND[0].replace('chars = 160, ignore = ["D302"]', "") + "")
    write(root, "dripper.toml", SETTINGS + 'chars = "160"\nignore = ["D302"]\n')
    loaded = load(root)
    write(root, "dripper.toml", SETTINGS)

    assert [problem.code for problem in lint_workspace(loaded)] == ["D503"]


@pytest.mark.parametrize("sound", SOUND, ids=["accounts", "buckets", "list"])
@pytest.mark.parametrize("fault", ["colour = 5", "contract = 5", "name = ", "bucket = 5"])
def test_a_fault_of_an_account_is_told_and_nothing_that_follows_from_it(root: Path, sound: str, fault: str) -> None:
    write(root, FILE, sound)
    account = ACCOUNT.format(name="acme", role="VP Digital")
    write(root, "campaigns/acme/account.toml", f"{fault}\n{account}".replace('bucket = "client"\n', ""))
    loaded = load(root)
    write(root, "campaigns/acme/account.toml", account)

    assert [(problem.file, problem.span.line) for problem in lint_workspace(loaded)] == [
        ("campaigns/acme/account.toml", 1)
    ]
    assert loaded.awaited["season"] == ("campaigns/acme/account.toml",)


def test_a_campaign_with_a_fault_is_in_no_workspace_that_may_be_sent(root: Path) -> None:
    write(root, FILE, SOUND[0].replace("priority = 5", 'priority = "high"'))
    loaded = load(root)

    assert loaded.workspace is not None
    assert loaded.left_out is not None
    assert not loaded.workspace.campaigns
    assert not loaded.workspace.recipients
    assert set(loaded.left_out.campaigns) == set(loaded.left_out.recipients) == {"season"}
