from __future__ import annotations

import asyncio

from lsprotocol.types import (
    Diagnostic,
    Position,
    PublishDiagnosticsParams,
    Range,
    TextDocumentContentChangeWholeDocument,
    TextDocumentItem,
)

from dripper.lsp.buffers import Buffers
from dripper.lsp.publisher import Publisher

A, B = "file:///a.txt", "file:///b.txt"


class Desk:
    """Says of every text what stands in A at the moment of the question; an answer waits for `gate`."""

    def __init__(self) -> None:
        self.buffers = Buffers()
        self.asked: list[str] = []
        self.told: list[tuple[str, int | None, list[str]]] = []
        self.begun = asyncio.Event()
        self.settled = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.publisher = Publisher(self.buffers, self.ask, self.publish, self.settled.set)

    async def ask(self, uri: str, _look: object) -> list[Diagnostic] | None:
        self.asked.append(uri)
        self.begun.set()
        text = self.buffers.now[A].sheet.text if A in self.buffers.now else ""
        await self.gate.wait()
        where = Range(Position(0, 0), Position(0, 1))
        return [Diagnostic(range=where, message=text)] if text else []

    def publish(self, params: PublishDiagnosticsParams) -> None:
        self.told.append((params.uri, params.version, [each.message for each in params.diagnostics]))

    def open(self, uri: str, text: str) -> None:
        self.buffers.open(TextDocumentItem(uri=uri, language_id="plaintext", version=1, text=text))
        self.publisher.touch(uri)

    def type(self, uri: str, version: int, text: str) -> None:
        self.buffers.change(uri, version, [TextDocumentContentChangeWholeDocument(text=text)])
        self.publisher.touch(uri)

    async def rest(self) -> None:
        self.settled.clear()
        await asyncio.wait_for(self.settled.wait(), 20)

    def last(self, uri: str) -> tuple[int | None, list[str]]:
        return next((version, found) for named, version, found in reversed(self.told) if named == uri)


def test_the_text_that_is_written_comes_first_and_the_others_follow() -> None:
    async def story() -> None:
        desk = Desk()
        desk.open(B, "b")
        desk.open(A, "one")
        await desk.rest()
        assert desk.asked[0] == A
        assert (desk.last(A), desk.last(B)) == ((1, ["one"]), (1, ["one"]))

    asyncio.run(story())


def test_letters_typed_without_a_rest_are_looked_at_once() -> None:
    async def story() -> None:
        desk = Desk()
        desk.open(A, "one")
        for version in range(2, 12):
            desk.type(A, version, "x" * version)
        await desk.rest()
        assert desk.asked == [A]
        assert desk.told == [(A, 11, ["x" * 11])]

    asyncio.run(story())


def test_whoever_never_rests_is_told_nevertheless() -> None:
    async def story() -> None:
        desk = Desk()
        desk.open(A, "one")
        version = 1
        while not desk.told and version < 400:
            version += 1
            desk.type(A, version, "x" * version)
            await asyncio.sleep(0.01)
        assert desk.told

    asyncio.run(story())


def test_an_answer_that_was_overtaken_is_not_the_last_one() -> None:
    async def story() -> None:
        desk = Desk()
        desk.open(B, "b")
        desk.open(A, "one")
        await desk.rest()
        desk.gate.clear()
        desk.asked.clear()
        desk.begun.clear()
        desk.publisher.refresh()
        await desk.begun.wait()
        assert desk.asked == [B]
        desk.type(A, 2, "two")
        desk.gate.set()
        await desk.rest()
        assert (desk.last(A), desk.last(B)) == ((2, ["two"]), (1, ["two"]))

    asyncio.run(story())


def test_a_text_that_is_closed_loses_its_problems() -> None:
    async def story() -> None:
        desk = Desk()
        desk.open(A, "one")
        desk.open(B, "b")
        await desk.rest()
        desk.buffers.close(A)
        desk.publisher.drop(A)
        await desk.rest()
        assert (desk.last(A), desk.last(B)) == ((None, []), (1, []))

    asyncio.run(story())
