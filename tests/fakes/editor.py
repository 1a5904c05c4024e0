"""An editor for tests: a real client that starts the real server as a process and talks with it over stdio."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

T = TypeVar("T")
_PATIENCE_S = 30


class Editor:
    """Opens files, types and asks; each call waits for the server's answer."""

    def __init__(self, root: Path, *, encodings: Iterable[str] = (), snippets: bool = False) -> None:
        self.root = root
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.shown: list[str] = []
        self.watched: list[types.RegistrationParams] = []
        self.refreshed = 0
        self._loop = asyncio.new_event_loop()
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}
        self._encodings = [types.PositionEncodingKind(each) for each in encodings] or None
        self._snippets = snippets
        self.client = LanguageClient("editor", "1")
        self._listen()

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "dripper", "lsp"]
        self.wait(self.client.start_io(*command, cwd=self.root, env=dict(os.environ)))
        self.ready = self.wait(self.client.initialize_async(self._greeting()))
        self.client.initialized(types.InitializedParams())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.returncode is None:
            self.shut_down()
        self.wait(self.client.stop())
        # Lets the transports of the process close before their loop does.
        self.wait(asyncio.sleep(0.01))
        self._loop.close()

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self.client._server is not None
        return self.client._server

    def turn_to(self, root: Path) -> None:
        """Close everything, forget what was told, and work in another folder from here on."""
        for uri in list(self._versions):
            self.close(uri)
        self.root = root
        self.told.clear()
        self.logged.clear()

    def shut_down(self) -> tuple[int, str]:
        """Say goodbye as an editor does, and return the exit code and what the server wrote on stderr."""
        self.wait(self.client.shutdown_async(None))
        self.client.exit(None)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """Wait for the process to end."""
        assert self.process.stderr is not None
        said = self.wait(self.process.stderr.read())
        return self.wait(self.process.wait()), said.decode()

    def wait(self, what: Awaitable[T]) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(what, _PATIENCE_S))

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None, language: str = "toml") -> list[types.Diagnostic]:
        """Open a file, with another text than that on the disk where one is given, and return its problems."""
        text = (self.root / name).read_bytes().decode() if text is None else text
        self.open_quietly(self.uri(name), text, language)
        return self.problems(name)

    def open_quietly(self, uri: str, text: str, language: str = "toml") -> None:
        item = types.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
        self._versions[uri] = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def type(self, name: str, text: str, where: types.Range | None = None) -> list[types.Diagnostic]:
        """Replace a part of an open text, or all of it, and return its problems."""
        self.type_quietly(name, text, where)
        return self.problems(name)

    def type_quietly(self, name: str, text: str, where: types.Range | None = None) -> None:
        change: Any = types.TextDocumentContentChangeWholeDocument(text=text)
        if where is not None:
            change = types.TextDocumentContentChangePartial(range=where, text=text)
        self._versions[self.uri(name)] += 1
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=self._versions[self.uri(name)])
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[change])
        )

    def save(self, name: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(text_document=self._named(name)))

    def close(self, name: str) -> None:
        del self._versions[self.uri(name)]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=self._named(name)))

    def problems(self, name: str) -> list[types.Diagnostic]:
        """Return the problems of an open text as it stands now."""
        uri = self.uri(name)
        return self.when(uri, lambda told: told.version == self._versions[uri])

    def when(self, uri: str, is_it: Any) -> list[types.Diagnostic]:
        """Wait until what was told of `uri` is what is waited for."""

        async def seen() -> list[types.Diagnostic]:
            while uri not in self.told or not is_it(self.told[uri]):
                self._news.clear()
                await self._news.wait()
            return list(self.told[uri].diagnostics)

        return self.wait(seen())

    def hover(self, name: str, line: int, character: int) -> str:
        where = types.HoverParams(text_document=self._named(name), position=types.Position(line, character))
        answer = self.wait(self.client.text_document_hover_async(where))
        if answer is None:
            return ""
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    def hints(self, name: str, first: int = 0, last: int = 10_000) -> list[tuple[int, int, str]]:
        where = types.Range(types.Position(first, 0), types.Position(last, 0))
        params = types.InlayHintParams(text_document=self._named(name), range=where)
        found = self.wait(self.client.text_document_inlay_hint_async(params)) or []
        return [(hint.position.line, hint.position.character, str(hint.label)) for hint in found]

    def completions(self, name: str, line: int, character: int) -> list[types.CompletionItem]:
        where = types.CompletionParams(text_document=self._named(name), position=types.Position(line, character))
        found = self.wait(self.client.text_document_completion_async(where)) or []
        return list(found.items if isinstance(found, types.CompletionList) else found)

    def actions(self, name: str, where: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=only)  # type: ignore[arg-type]
        params = types.CodeActionParams(text_document=self._named(name), range=where, context=context)
        found = self.wait(self.client.text_document_code_action_async(params)) or []
        return [action for action in found if isinstance(action, types.CodeAction)]

    def _named(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri(name))

    def _greeting(self) -> types.InitializeParams:
        item = types.ClientCompletionItemOptions(snippet_support=self._snippets)
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=self._encodings),
            text_document=types.TextDocumentClientCapabilities(
                completion=types.CompletionClientCapabilities(completion_item=item)
            ),
            workspace=types.WorkspaceClientCapabilities(
                did_change_watched_files=watching,
                inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
            ),
        )
        return types.InitializeParams(capabilities=capabilities, root_uri=self.root.as_uri(), process_id=os.getpid())

    def _listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def on_problems(params: types.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = params
            self._news.set()

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        def on_log(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def on_show(params: types.ShowMessageParams) -> None:
            self.shown.append(params.message)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def on_register(params: types.RegistrationParams) -> None:
            self.watched.append(params)

        @self.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
        def on_refresh(_params: None) -> None:
            self.refreshed += 1


def applied(text: str, edits: Iterable[types.TextEdit]) -> str:
    """Return an ASCII text with the edits of an action made in it."""
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        return sum(len(line) + 1 for line in lines[: position.line]) + position.character

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def edits_of(action: types.CodeAction) -> list[types.TextEdit]:
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
