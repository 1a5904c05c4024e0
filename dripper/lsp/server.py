"""The server: what a client asks for, each answered from the open texts as they were when it asked."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from dripper import __version__
from dripper.lsp.actions import EXPLAIN, KINDS, actions
from dripper.lsp.buffers import Buffers
from dripper.lsp.clerk import Clerk
from dripper.lsp.completion import TRIGGERS, completions
from dripper.lsp.explained import rule_text
from dripper.lsp.hints import hints
from dripper.lsp.hover import hover
from dripper.lsp.protocol import Host, Protocol
from dripper.lsp.publisher import Publisher

if TYPE_CHECKING:
    from dripper.lsp.buffers import Buffer
    from dripper.lsp.desk import Desk

T = TypeVar("T")

# The files that an open text may depend on, and that other programs may change.
_WATCHED = "**/*.{toml,csv,j2}"


class Server(Host):
    """One client's server; `today` is asked for the dates that are offered, and which values are dated later."""

    protocol: Protocol

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("dripper", __version__, protocol_cls=Protocol)
        self.buffers = Buffers()
        self.publisher = Publisher(self.buffers, self.ask, self.text_document_publish_diagnostics, self.refresh_hints)
        self.today = today
        # A large list takes long to check; what helps to write must not wait for that.
        self._checker = Clerk(today)
        self._helper = Clerk(today)

    async def ask(self, uri: str, question: Callable[[Desk, Buffer], T], *, helping: bool = False) -> T | None:
        """Return the answer to a question about an open text; `None` where it is not open, or dripper is at fault.

        A question that is `helping` needs no problems and is not queued behind those that do.
        """
        now = self.buffers.now
        buffer = now.get(uri)
        if buffer is None:
            return None
        try:
            return await (self._helper if helping else self._checker).answer(now, buffer, question)
        except Exception as error:  # noqa: BLE001 - the last resort: an editor must go on whatever a file says
            self.report_server_error(error, type(error))
            return None

    def refresh_hints(self) -> None:
        """Ask the client to ask for the lengths again, where it can be asked."""
        workspace = self.client_capabilities.workspace
        if workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say where it failed, and nothing of what was sent or what the files say."""
        frames = extract_tb(error.__traceback__)
        place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        whose = "a message that cannot be read" if source is JsonRpcException else "a fault of dripper itself"
        message = f"dripper lsp: {whose} ({type(error).__name__}{place})"
        print(message, file=sys.stderr)  # noqa: T201 - stderr is the log
        with suppress(Exception):
            self.window_log_message(types.LogMessageParams(type=types.MessageType.Error, message=message))

    def stop(self) -> None:
        """End without waiting for what nobody will read."""
        self._checker.stop()
        self._helper.stop()


class Log(logging.Handler):
    """Writes to stderr that something failed, without what it was about: a traceback may quote the files."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line of an error."""
        kind = record.exc_info[0] if record.exc_info else None
        if record.levelno >= logging.ERROR and kind is not BrokenPipeError:
            print(f"dripper lsp: {record.name} failed ({kind.__name__ if kind else 'error'})", file=sys.stderr)  # noqa: T201


def serve(today: Callable[[], date]) -> int:
    """Serve the client on stdin and stdout until it goes; return 0 where it said so before, else 1."""
    logging.getLogger().addHandler(Log())
    # What pygls has to say comes by `report_server_error`.
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    # Whatever else writes to stdout would be taken for the protocol.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        server = make_server(today)
        with suppress(BrokenPipeError):
            server.start_io(sys.stdin.buffer, out)
        server.stop()
        return 0 if server.protocol.is_shut_down else 1


def make_server(today: Callable[[], date]) -> Server:
    """Return a server with all its features."""
    server = Server(today)
    _answer_questions(server)
    _offer_actions(server)
    _watch(server)
    return server


def _answer_questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        return await server.ask(
            params.text_document.uri,
            lambda desk, buffer: hover(desk, buffer, buffer.sheet.offset(params.position)),
        )

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def on_inlay_hint(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        return await server.ask(
            params.text_document.uri, lambda desk, buffer: hints(desk, buffer, params.range), helping=True
        )

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    async def on_completion(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        snippets, today = _knows_snippets(server.client_capabilities), server.today()
        return await server.ask(
            params.text_document.uri,
            lambda desk, buffer: completions(
                desk, buffer, buffer.sheet.offset(params.position), today, snippets=snippets
            ),
            helping=True,
        )


def _offer_actions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=KINDS))
    async def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        return await server.ask(
            params.text_document.uri,
            lambda desk, buffer: actions(desk, buffer, params.range, params.context),
        )

    @server.command(EXPLAIN)
    def on_explain(code: str) -> str | None:
        text = rule_text(code)
        if text is not None:
            server.window_show_message(types.ShowMessageParams(type=types.MessageType.Info, message=text))
        return text


def _watch(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    def on_initialized(_params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=_WATCHED)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration(id="files", method=method, register_options=options)
            server.client_register_capability(types.RegistrationParams(registrations=[registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def on_files_changed(_params: types.DidChangeWatchedFilesParams) -> None:
        server.buffers.disturb()
        server.publisher.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def on_save(_params: types.DidSaveTextDocumentParams) -> None:
        server.buffers.disturb()
        server.publisher.refresh()


def _knows_snippets(capabilities: types.ClientCapabilities) -> bool:
    document = capabilities.text_document
    item = document.completion.completion_item if document and document.completion else None
    return bool(item and item.snippet_support)
