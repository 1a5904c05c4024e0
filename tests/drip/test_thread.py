"""Threads, read from final bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from dripper.drip.compose import Composed, compose
from dripper.drip.proof import Proof
from dripper.drip.thread import Thread
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox


def sent(number: int, *, subject: str = "Carts", thread: Thread | None = None) -> Composed:
    proof = Proof(
        name="Ana", email="a@b.example", subject=subject, greeting="", text="T", signature="", footer="", body="T\n"
    )
    return compose(
        proof,
        mailbox=Mailbox(from_=Sender("Dana <dana@north.example>")),
        message_id=f"<{number:040d}@north.example>",
        date=datetime(2026, 12, number, 8, 30, tzinfo=UTC),
        thread=thread,
    )


def names(*numbers: int) -> tuple[str, ...]:
    return tuple(f"<{number:040d}@north.example>" for number in numbers)


def test_before_anything_went_out_there_is_no_thread() -> None:
    assert Thread.of([]) is None


def test_a_follow_up_answers_what_went_out_before_it() -> None:
    first = sent(1, subject="Grüße " * 30)
    thread = Thread.of([first.data])
    assert thread == Thread(message_ids=names(1), subject="Grüße " * 30)
    second = sent(2, thread=thread)
    third = Thread.of([first.data, second.data])
    assert third == Thread(message_ids=names(1, 2), subject="Grüße " * 30)
    assert Thread.of([first.data, second.data, sent(3, thread=third).data]) == Thread(
        message_ids=names(1, 2, 3), subject="Grüße " * 30
    )


def test_a_subject_that_begins_like_an_answer_is_kept_where_it_began_the_thread() -> None:
    first = sent(1, subject="Re: your question on Tuesday")
    thread = Thread.of([first.data])
    assert thread is not None
    assert thread.answer == "Re: Re: your question on Tuesday"
    again = Thread.of([first.data, sent(2, thread=thread).data])
    assert again is not None
    assert again.answer == thread.answer


def test_of_an_answer_whose_first_message_is_lost_the_thread_goes_on() -> None:
    first = sent(1)
    second = sent(2, thread=Thread.of([first.data]))
    assert Thread.of([second.data]) == Thread(message_ids=names(1, 2), subject="Carts")


def test_twenty_eight_messages_are_all_named_on_short_lines() -> None:
    archive: list[bytes] = []
    for number in range(1, 29):
        archive.append(sent(number, thread=Thread.of(archive)).data)
    head = archive[-1].partition(b"\r\n\r\n")[0]
    assert b"=?" not in head
    assert max(map(len, head.split(b"\r\n"))) <= 76
    thread = Thread.of(archive[-1:])
    assert thread is not None
    assert thread.message_ids == names(*range(1, 29))


def test_the_signature_on_top_changes_nothing() -> None:
    first = sent(1).data
    assert Thread.of([b"DKIM-Signature: v=1; a=rsa-sha256;\r\n b=abc\r\n" + first]) == Thread.of([first])
