from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, small_workspace, write
from hypothesis import given
from hypothesis import strategies as st

from dripper.workspace.files import Loaded, load, load_folder
from dripper.workspace.folder import Folder

INSIGHTS = "campaigns/acme/insights.toml"


def read_with(root: Path, texts: Mapping[str, str]) -> Loaded:
    return load_folder(Folder(root.resolve(), texts))


def codes(loaded: Loaded) -> list[str]:
    return [f"{problem.file}:{problem.span.line} {problem.code}" for problem in loaded.problems]


def test_an_unsaved_text_counts_instead_of_the_file(tmp_path: Path) -> None:
    loaded = read_with(small_workspace(tmp_path), {INSIGHTS: CAMPAIGN.replace('every = "2 weeks"', "every = 3")})
    assert codes(loaded) == [f"{INSIGHTS}:4 D503"]
    assert codes(load(tmp_path)) == []


def test_a_file_that_was_never_saved_is_read(tmp_path: Path) -> None:
    loaded = read_with(small_workspace(tmp_path), {"campaigns/acme/news.toml": CAMPAIGN})
    assert loaded.workspace is not None
    assert sorted(loaded.workspace.campaigns) == ["acme/insights", "acme/news"]


def test_an_unsaved_contact_list_is_read(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    write(tmp_path, INSIGHTS, 'contacts = "people.csv"\n' + CAMPAIGN)
    people = "campaigns/acme/people.csv"
    assert codes(load(tmp_path)) == [f"{INSIGHTS}:1 D504"]
    loaded = read_with(tmp_path, {people: "email,name\ncleo@acme.example,Cleo Blum\n"})
    assert loaded.workspace is not None
    assert [each.name for each in loaded.workspace.recipients["acme/insights"]] == ["Cleo Blum"]
    assert codes(read_with(tmp_path, {people: "email\ncleo\n"})) == [f"{people}:2 D602"]


def test_unsaved_metrics_are_read(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    loaded = read_with(tmp_path, {"campaigns/acme/metrics.csv": "metric,date,value\nrate,2026-01-01,7\n"})
    assert loaded.workspace is not None
    assert str(loaded.workspace.series["acme"]["rate"].latest) == "7"


def test_an_unsaved_shell_is_read(tmp_path: Path) -> None:
    loaded = read_with(small_workspace(tmp_path), {"templates/plain.txt.j2": "{{ text }}"})
    assert loaded.shell_files == {"plain": "templates/plain.txt.j2"}


def test_unsaved_settings_are_read(tmp_path: Path) -> None:
    small_workspace(tmp_path)
    loaded = read_with(tmp_path, {"dripper.toml": "[workspace"})
    assert loaded.workspace is None
    assert codes(loaded) == ["dripper.toml:1 D501"]


@pytest.mark.parametrize("text", ["x" * 1_000_001, "é" * 600_000], ids=["characters", "bytes"])
def test_an_unsaved_text_may_be_no_larger_than_a_file(tmp_path: Path, text: str) -> None:
    assert codes(read_with(small_workspace(tmp_path), {INSIGHTS: f"# {text}\n"})) == [f"{INSIGHTS}:1 D512"]


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    folder = Folder(small_workspace(tmp_path).resolve())
    first = load_folder(folder)
    folder.unsaved = {INSIGHTS: CAMPAIGN}
    second = load_folder(folder)
    account = "campaigns/acme/account.toml"
    assert second.documents[account] is first.documents[account]
    assert second.documents[INSIGHTS] is not first.documents[INSIGHTS]


def test_a_file_that_changed_on_the_disk_is_read_again(tmp_path: Path) -> None:
    folder = Folder(small_workspace(tmp_path).resolve())
    load_folder(folder)
    write(tmp_path, INSIGHTS, CAMPAIGN.replace("2 weeks", "2 moons"))
    assert codes(load_folder(folder)) == [f"{INSIGHTS}:4 D513"]
    (tmp_path / INSIGHTS).unlink()
    assert INSIGHTS not in load_folder(folder).documents


TEXTS = {
    INSIGHTS: [CAMPAIGN, CAMPAIGN.replace('"2 weeks"', "2"), "every =", 'id = "acme/news"\n' + CAMPAIGN],
    "campaigns/acme/account.toml": ['name = "Acme"', "name = 1", 'name = "Acme"\n[[contact]]\nemail = "a@b.example"'],
    "campaigns/acme/news.toml": [CAMPAIGN, 'contacts = "people.csv"\n' + CAMPAIGN],
    "campaigns/acme/people.csv": ["email\nana@acme.example\n", "email\nana\n", ""],
    "campaigns/acme/metrics.csv": ["metric,date,value\nrate,2026-01-01,7\n", "metric,date\n"],
    "templates/plain.txt.j2": ["{{ text }}", "{{"],
    "dripper.toml": ['[workspace]\nname = "N"', "[workspace", "[workspace]\nname = 1"],
}
one_text = st.sampled_from(sorted(TEXTS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(TEXTS[name])))


@given(steps=st.lists(st.lists(one_text, max_size=4).map(dict), max_size=4))
def test_reading_again_is_the_same_as_reading_anew(
    steps: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = small_workspace(tmp_path_factory.mktemp("again")).resolve()
    folder = Folder(root)
    for texts in steps:
        folder.unsaved = texts
        again, anew = load_folder(folder), load_folder(Folder(root, texts))
        assert codes(again) == codes(anew)
        assert again.workspace == anew.workspace
        assert again.left_out == anew.left_out
