from pathlib import Path

import pytest

from dripper.workspace.files import load
from fakes.workspaces import edit, sample_workspace, small_workspace


def test_the_small_workspace_has_no_problem(tmp_path: Path) -> None:
    loaded = load(small_workspace(tmp_path))
    assert loaded.problems == ()
    assert loaded.workspace is not None
    assert [to.email for to in loaded.workspace.recipients["acme/insights"]] == ["ana@acme.example", "ben@acme.example"]


def test_the_sample_has_no_problem(tmp_path: Path) -> None:
    loaded = load(sample_workspace(tmp_path))
    assert loaded.problems == ()
    assert loaded.workspace is not None
    assert {*loaded.workspace.accounts} == {"brook", "lumen", "minato"}


def test_an_edit_needs_the_text_to_be_there(tmp_path: Path) -> None:
    root = small_workspace(tmp_path)
    edit(root, '"2 weeks"', '"3 weeks"')
    assert 'every = "3 weeks"' in (root / "campaigns/acme/insights.toml").read_text(encoding="utf-8")
    with pytest.raises(AssertionError):
        edit(root, '"2 weeks"', '"3 weeks"')
