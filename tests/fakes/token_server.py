"""A token endpoint for tests (RFC 6749 §6), on the loopback: it answers as it is told, and notes what it was asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import parse_qs

from fakes.smtp_server import HOST

# What it may do instead of answering.
HANG = "never answer"


class TokenServer:
    """Runs in a thread of its own while the `with` block lasts.

    `answers` are a status with a JSON value, text or `HANG`; they are used up one by one, and the last one stays.
    """

    def __init__(self, *answers: tuple[int, Any], tls: SSLContext | None = None) -> None:
        self._answers = list(answers)
        self.asked: list[dict[str, str]] = []
        self.types: list[str] = []
        self._over = Event()
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "http"
        if tls is not None:
            self._scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="TokenServer", daemon=True)

    @property
    def url(self) -> str:
        return f"{self._scheme}://{HOST}:{self._server.server_address[1]}/token"

    def then(self, *answers: tuple[int, Any]) -> None:
        """Answer so from now on."""
        self._answers = list(answers)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _next(self) -> tuple[int, Any]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
                server.asked.append({name: values[0] for name, values in parse_qs(body, strict_parsing=True).items()})
                server.types.append(self.headers["Content-Type"])
                status, said = server._next()
                if said == HANG:
                    server._over.wait(30)
                    return
                self._answer(status, said)

            def _answer(self, status: int, said: Any) -> None:
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", said)
                content = (said if isinstance(said, str) else json.dumps(said)).encode()
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def granted(access_token: str, **more: Any) -> tuple[int, Mapping[str, Any]]:
    """Return the answer that gives a token for an hour (RFC 6749 §5.1)."""
    return 200, {"access_token": access_token, "token_type": "Bearer", "expires_in": 3600, **more}
