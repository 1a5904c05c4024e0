"""The protocol with texts of our own: pygls ends lines where neither TOML nor the protocol does, as at a form feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from collections.abc import Generator

    from dripper.lsp.buffers import Buffers
    from dripper.lsp.publisher import Publisher


class Host(LanguageServer):
    """A server with open texts, and problems to tell of them."""

    buffers: Buffers
    publisher: Publisher


class Protocol(LanguageServerProtocol):
    """Hands every change of an open text to the server."""

    _server: Host

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has said that it will go."""
        return self._shutdown

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Answer the client's first message, and count columns as was agreed on from here on."""
        result = yield from super().lsp_initialize(params)
        self._server.buffers.encoding = str(result.capabilities.position_encoding or types.PositionEncodingKind.Utf16)
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take in an opened text."""
        self._server.buffers.open(params.text_document)
        self._server.publisher.touch(params.text_document.uri)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take in what was typed."""
        document = params.text_document
        self._server.buffers.change(document.uri, document.version, params.content_changes)
        self._server.publisher.touch(document.uri)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a text."""
        self._server.buffers.close(params.text_document.uri)
        self._server.publisher.drop(params.text_document.uri)
