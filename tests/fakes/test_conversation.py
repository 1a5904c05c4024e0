import signal
import sys
from pathlib import Path

from fakes.conversation import CTRL_C, converse, converse_with
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


LOSING = """
import signal
signal.signal(signal.SIGINT, lambda *_: signal.signal(signal.SIGINT, signal.default_int_handler))
try:
    input("Yes? ")
except KeyboardInterrupt:
    raise SystemExit(7)
"""


def test_a_ctrl_c_is_heard_where_the_tests_run_in_the_background(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code, _ = converse_with([sys.executable, "-c", "input('Yes? ')"], cwd=tmp_path, typed=[CTRL_C])
    finally:
        signal.signal(signal.SIGINT, before)

    assert code == -signal.SIGINT


def test_a_ctrl_c_that_is_lost_is_pressed_again(tmp_path: Path) -> None:
    code, screen = converse_with([sys.executable, "-c", LOSING], cwd=tmp_path, typed=[CTRL_C], again_s=1)

    assert (code, screen.count("^C")) == (7, 2)
