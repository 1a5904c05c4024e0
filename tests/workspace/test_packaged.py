from __future__ import annotations

from dripper.workspace.packaged import packaged_shells, sample_root


def test_the_sample_workspace_is_found() -> None:
    assert (sample_root() / "dripper.toml").is_file()


def test_a_shell_that_campaigns_name_by_default_is_packaged() -> None:
    assert "{{ text }}" in packaged_shells(".txt.j2")["plain"]
    assert "{{ text }}" in packaged_shells(".html.j2")["plain"]
