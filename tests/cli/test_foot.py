"""The line at the foot of the terminal: what it says, and what stands there when other things are printed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from fakes.office import Office, workspace
from fakes.smtp_server import Rude

from dripper.cli.foot import Foot
from dripper.drip.delivery import State
from dripper.pages.progress import progress_line


def screen(written: str) -> list[str]:
    """Return the lines that a terminal shows."""
    lines, column = [""], 0
    for letter in written:
        if letter == "\n":
            lines.append("")
            column = 0
        elif letter == "\r":
            column = 0
        elif letter == "\b":
            column -= 1
        else:
            lines[-1] = lines[-1][:column] + letter + lines[-1][column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]


@pytest.mark.parametrize(
    ("counts", "a_second", "left", "line"),
    [
        pytest.param({}, 0, None, "0 sent", id="nothing is known yet"),
        pytest.param({State.SENT: 1204}, 41.4, 8800, "1,204 sent, 41 a second, 8,800 left", id="on the way"),
        pytest.param({State.SENT: 3}, 0.05, 2, "3 sent, 3 a minute, 2 left", id="slowly"),
        pytest.param({State.SENT: 3, State.HELD: 2}, 0, 0, "3 sent, 0 left, 2 held", id="something needs a person"),
        pytest.param(
            {State.UNKNOWN: 1, State.DEFERRED: 4}, 0, 4, "0 sent, 4 left, 4 deferred, 1 unknown", id="trouble"
        ),
    ],
)
def test_what_it_says(counts: dict[State, int], a_second: float, left: int | None, line: str) -> None:
    assert progress_line(Counter(counts), a_second=a_second, left=left, width=100) == line


def test_it_never_wraps() -> None:
    assert progress_line({State.SENT: 1204}, a_second=41, left=8800, width=20) == "1,204 sent, 41 a s…"


def test_it_tells_the_speed_of_late_and_what_is_left() -> None:
    stream, asked = StringIO(), []
    foot = Foot(stream, lambda: asked.append(1) or 100)
    foot.draw(0)
    for second in range(1, 21):
        for _ in range(2 if second < 10 else 4):
            foot.count(State.SENT)
        foot.draw(second)

    # It asked at 0, 5, 10, 15 and 20 seconds.
    assert (len(asked), screen(stream.getvalue())) == (5, ["62 sent, 4 a second, 100 left"])


def test_between_two_questions_it_counts_down_and_never_below_nothing() -> None:
    stream = StringIO()
    foot = Foot(stream, lambda: 2, most=3)
    foot.draw(0)
    foot.count(State.SENT)
    foot.draw(1)
    assert screen(stream.getvalue()) == ["1 sent, 1 a second, 1 left"]
    foot.count(State.SENT)
    foot.count(State.SENT)
    foot.draw(2)
    assert screen(stream.getvalue())[-1].endswith(", 0 left")


def test_what_is_printed_stands_above_it_and_nothing_of_it_stays() -> None:
    stream = StringIO()
    foot = Foot(stream, lambda: 12345)
    foot.draw(0)
    with foot.away():
        stream.write("short\n")
    assert screen(stream.getvalue()) == ["short", "0 sent, 12,345 left"]
    foot.close()

    assert screen(stream.getvalue()) == ["short", ""]


def test_a_store_that_does_not_answer_costs_the_line_only_the_number() -> None:
    from dripper.errors import StoreError

    def left() -> int:
        raise StoreError("the store is away")

    stream = StringIO()
    Foot(stream, left).draw(0)

    assert screen(stream.getvalue()) == ["0 sent"]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_send_draws_it_on_a_terminal_only(tmp_path: Path, is_terminal: bool) -> None:
    with Rude(delay_s=0.1) as server:
        office = Office(workspace(tmp_path, server.port, contacts=3), now="2026-11-20T09:30:00+01:00")
        office.schedule()
        office.wiring.store.close()
        ours, theirs = pty.openpty() if is_terminal else os.pipe()
        words = [sys.executable, "-m", "dripper", "--now", "2026-12-01T09:30:00+01:00", "send"]
        done = subprocess.run(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, text=True)
        os.set_blocking(ours, False)
        said = b""
        with suppress(BlockingIOError):
            said = os.read(ours, 10_000)
        os.close(theirs)
        os.close(ours)

    assert done.returncode == 0, done.stdout + said.decode()
    assert [line[17:22] for line in done.stdout.splitlines()[1:4]] == ["sent "] * 3
    assert screen(said.decode()) == [""]
    assert (" left" in said.decode()) is is_terminal
