from pathlib import Path

from fakes.conversation import CTRL_C, converse
from fakes.workspaces import small_workspace


def test_what_is_typed_is_answered_and_seen(tmp_path: Path) -> None:
    small_workspace(tmp_path)

    code, screen = converse("new", "negotiation", "acme/renewal", cwd=tmp_path, typed=["Our talk", CTRL_C])
    assert code == 2
    assert "1. What is it called?" in screen
    assert "Our talk" in screen


def test_a_command_that_asks_nothing_ends_by_itself(tmp_path: Path) -> None:
    code, screen = converse("--version", cwd=tmp_path, typed=[])

    assert code == 0
    assert screen.startswith("dripper, version ")
