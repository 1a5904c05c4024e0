from pathlib import Path

from fakes.histories import STEPS, lived
from fakes.office import Office
from fakes.smtp_server import Rude


def test_a_history_is_lived_through_step_by_step(tmp_path: Path) -> None:
    seen: list[int] = []

    def check(office: Office, server: Rude) -> None:
        seen.append(len(server.taken))

    send = next(step for step in STEPS if step.__name__ == "step_week")
    with lived(([(send, 0), (send, 0)], ["250 fine"], ["250 taken"]), tmp_path, check) as office:
        assert office.counts()["sent"] == seen[-1] >= 3

    assert seen[-1] == 6
