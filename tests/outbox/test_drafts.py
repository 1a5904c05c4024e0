import asyncio
from pathlib import Path

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.outbox.drafts import Drafts
from dripper.outbox.wire import Envelope

MAIL = (
    b"Date: Tue, 01 Dec 2026 09:30:00 +0100\r\nMessage-ID: <%b@north.example>\r\n"
    b"To: ana@acme.example\r\nSubject: Hi\r\n\r\nText\r\n"
)


def written(folder: Path, *, message_id: bytes = b"1", to: str = "ana@acme.example") -> Answer:
    async def hand_over() -> Answer:
        drafts = Drafts(folder)
        async with drafts.connection() as connection:
            answer = await connection.transfer(
                Envelope(sender="dana@north.example", recipient=to, content=MAIL % message_id)
            )
        await drafts.close()
        return answer

    return asyncio.run(hand_over())


def test_a_message_becomes_a_file_with_its_very_bytes(tmp_path: Path) -> None:
    answer = written(tmp_path / "drafts")

    (file,) = (tmp_path / "drafts").iterdir()
    assert file.read_bytes() == MAIL % b"1"
    assert file.name.startswith("2026-12-01-ana@acme.example-")
    assert (answer.code, answer.text) == (250, f"2.0.0 written to drafts/{file.name}")


def test_a_second_attempt_lands_on_the_same_file(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_two_messages_are_two_files(tmp_path: Path) -> None:
    written(tmp_path, message_id=b"1")
    written(tmp_path, message_id=b"2")
    assert len(list(tmp_path.iterdir())) == 2


def test_an_address_cannot_leave_the_folder(tmp_path: Path) -> None:
    written(tmp_path / "drafts", to="../../x@acme.example")
    assert [file.parent.name for file in tmp_path.rglob("*.eml")] == ["drafts"]


def test_a_folder_that_cannot_be_made_is_no_outcome_but_a_reason_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file", encoding="utf-8")
    answer = written(tmp_path / "drafts")
    assert (answer.phase, answer.silence) == (Phase.BODY, Silence.LOST)
